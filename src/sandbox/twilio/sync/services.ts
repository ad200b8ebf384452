import type {HttpResponse} from '../../../lib/transport/types.js'
import {type Context, pathParameter} from '../../http/context.js'
import {notFound} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {isMain} from '../../state/accounts.js'
import {hash} from '../../state/ids.js'

export const syncServiceRoutes: readonly Route[] = [
  {product: 'sync', method: 'GET', path: '/v1/Services/{ServiceSid}', handle: fetchService},
]

/** Each account has one service from the start; `default` is another name for it. */
export function serviceSid(context: Context): string {
  const own = `IS${hash(context.state.seed, `sync ${context.caller.account.sid}`)}`
  const name = pathParameter(context, 'ServiceSid')
  if (name !== 'default' && name !== own) throw notFound(context.path)
  return own
}

function fetchService(context: Context): HttpResponse {
  const {account} = context.caller
  const sid = serviceSid(context)
  const createdAt = iso8601(account.createdAt)
  const url = `https://sync.twilio.com/v1/Services/${sid}`
  return json(200, {
    sid,
    unique_name: 'default',
    account_sid: account.sid,
    friendly_name: isMain(account) ? 'Default Service' : null,
    date_created: createdAt,
    date_updated: createdAt,
    url,
    webhook_url: null,
    webhooks_from_rest_enabled: false,
    reachability_webhooks_enabled: false,
    acl_enabled: false,
    reachability_debouncing_enabled: false,
    reachability_debouncing_window: 5000,
    links: {documents: `${url}/Documents`, lists: `${url}/Lists`, maps: `${url}/Maps`, streams: `${url}/Streams`},
  })
}
