import type {HttpResponse} from '../../../lib/transport/types.js'
import {iso8601} from '../../state/dates.js'
import {hash, nextSid} from '../../state/ids.js'
import {ApiError, json, noContent, notFound, pageWithMeta} from '../../http/respond.js'
import {param, type Context, type Route} from '../../http/router.js'
import type {SyncMap} from '../../state/state.js'

const SERVICE = '/v1/Services/{ServiceSid}'
const MAPS = '/v1/Services/{ServiceSid}/Maps'
const MAP = '/v1/Services/{ServiceSid}/Maps/{MapSid}'

export const syncRoutes: readonly Route[] = [
  {product: 'sync', method: 'GET', path: SERVICE, handle: fetchService},
  {product: 'sync', method: 'GET', path: MAPS, handle: list},
  {product: 'sync', method: 'POST', path: MAPS, handle: create},
  {product: 'sync', method: 'GET', path: MAP, handle: (context) => json(200, render(context, findMap(context)))},
  {product: 'sync', method: 'DELETE', path: MAP, handle: remove},
]

/** Each account has the one service it is born with; `default` is another name for it. */
export function serviceSid(context: Context): string {
  const own = `IS${hash(context.state.seed, `sync ${context.caller.account.sid}`)}`
  const asked = param(context, 'ServiceSid')
  if (asked !== 'default' && asked !== own) throw notFound(context.path)
  return own
}

/** By SID or by unique name. */
export function findMap(context: Context): SyncMap {
  const {state, caller} = context
  serviceSid(context)
  const name = param(context, 'MapSid')
  const map = state.syncMaps.find(
    ({accountSid, sid, uniqueName}) => accountSid === caller.account.sid && (sid === name || uniqueName === name),
  )
  if (!map) throw new ApiError(404, 54200, 'Map not found')
  return map
}

function fetchService(context: Context): HttpResponse {
  const {state, caller} = context
  const sid = serviceSid(context)
  const born = iso8601(caller.account.createdAt)
  const url = `https://sync.twilio.com/v1/Services/${sid}`
  return json(200, {
    sid,
    unique_name: 'default',
    account_sid: caller.account.sid,
    friendly_name: caller.account.sid === state.mainAccountSid ? 'Default Service' : null,
    date_created: born,
    date_updated: born,
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

function list(context: Context): HttpResponse {
  const {state, caller} = context
  serviceSid(context)
  return pageWithMeta(context, {
    key: 'maps',
    all: state.syncMaps.filter(({accountSid}) => accountSid === caller.account.sid),
    idOf: ({sid}) => sid,
    render: (map) => render(context, map),
    maxPageSize: 100,
  })
}

function create(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  serviceSid(context)
  const uniqueName = form.get('UniqueName') || null
  // A name that looks like a SID could not be told from one in a URL.
  if (uniqueName !== null && (uniqueName.length > 320 || /^MP[0-9a-f]{32}$/i.test(uniqueName)))
    throw new ApiError(400, 54302, 'Invalid unique name')
  const mine = state.syncMaps.filter(({accountSid}) => accountSid === caller.account.sid)
  if (uniqueName !== null && mine.some((map) => map.uniqueName === uniqueName))
    throw new ApiError(409, 54301, 'Unique name already exists')
  const map: SyncMap = {
    sid: nextSid(state, 'MP'),
    accountSid: caller.account.sid,
    uniqueName,
    revision: 0,
    items: {},
    createdAt: now,
    updatedAt: now,
  }
  state.syncMaps.push(map)
  return json(201, render(context, map))
}

function remove(context: Context): HttpResponse {
  const {state} = context
  const map = findMap(context)
  state.syncMaps = state.syncMaps.filter((each) => each !== map)
  return noContent()
}

function render(context: Context, map: SyncMap): unknown {
  const service = serviceSid(context)
  const url = `https://sync.twilio.com/v1/Services/${service}/Maps/${map.sid}`
  return {
    sid: map.sid,
    unique_name: map.uniqueName,
    account_sid: map.accountSid,
    service_sid: service,
    url,
    links: {items: `${url}/Items`, permissions: `${url}/Permissions`},
    revision: map.revision.toString(16),
    date_expires: null,
    date_created: iso8601(map.createdAt),
    date_updated: iso8601(map.updatedAt),
    created_by: 'system',
  }
}
