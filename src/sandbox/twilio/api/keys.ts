import {accountInPath, refuseStandardKeys} from '../../http/access.js'
import type {Context} from '../../http/context.js'
import {rfc2822} from '../../http/format.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {nextHash, nextSid} from '../../state/ids.js'
import type {Account, ApiKey} from '../../state/types/accounts.js'
import {readFriendlyName} from '../shared/parameters.js'
import {v2010Resource} from '../shared/resource.js'

/** Keys of type Standard; those of type Main are made in Twilio's console, where alone that can be done. */
export const keyRoutes: readonly Route[] = [
  ...v2010Resource<ApiKey>('Keys', {
    key: 'keys',
    all: ({keys}) => keys,
    update: renameKey,
    remove: removeKey,
    render: renderKey,
  }),
  {
    product: 'api',
    method: 'POST',
    path: '/2010-04-01/Accounts/{AccountSid}/Keys.json',
    handle: (context: Context) => {
      const key = createKey(context, accountInPath(context))
      return json(201, {...renderKey(key), secret: key.secret})
    },
  } satisfies Route,
].map(unlessStandardKey)

/** The operations on keys are refused to keys of type Standard. */
export function unlessStandardKey(route: Route): Route {
  return {
    ...route,
    handle: (context) => {
      refuseStandardKeys(context)
      return route.handle(context)
    },
  }
}

export function createKey({state, form, now}: Context, {sid: accountSid}: Account): ApiKey {
  const key: ApiKey = {
    sid: nextSid(state, 'SK'),
    secret: nextHash(state),
    accountSid,
    type: 'Standard',
    friendlyName: readFriendlyName(form) ?? null,
    createdAt: now,
    updatedAt: now,
  }
  state.keys.push(key)
  return key
}

export function renameKey(key: ApiKey, {form, now}: Context): void {
  key.friendlyName = readFriendlyName(form) ?? key.friendlyName
  key.updatedAt = now
}

export function removeKey(key: ApiKey, {state}: Context): void {
  state.keys = state.keys.filter((each) => each !== key)
}

/** The secret is shown once, when a key is made. */
export function renderKey({sid, friendlyName, createdAt, updatedAt}: ApiKey) {
  return {sid, friendly_name: friendlyName, date_created: rfc2822(createdAt), date_updated: rfc2822(updatedAt)}
}
