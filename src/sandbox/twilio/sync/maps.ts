import type {HttpResponse} from '../../../lib/transport/types.js'
import {type Context, pathParameter} from '../../http/context.js'
import {ApiError} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {pageWithMeta} from '../../http/pages.js'
import {json, noContent} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {nextSid} from '../../state/ids.js'
import type {SyncMap} from '../../state/types/sync.js'
import {findBySidOrName} from '../shared/find.js'
import {type NameRules, readUniqueName} from '../shared/parameters.js'
import {serviceSid} from './services.js'
import {isExpired, readExpiry, renderExpiry} from './ttl.js'

const MAPS = '/v1/Services/{ServiceSid}/Maps'
const MAP = '/v1/Services/{ServiceSid}/Maps/{MapSid}'

export const syncMapRoutes: readonly Route[] = [
  {product: 'sync', method: 'GET', path: MAPS, handle: list},
  {product: 'sync', method: 'POST', path: MAPS, handle: create},
  {product: 'sync', method: 'GET', path: MAP, handle: (context) => json(200, render(context, findMap(context)))},
  {product: 'sync', method: 'POST', path: MAP, handle: update},
  {product: 'sync', method: 'DELETE', path: MAP, handle: remove},
]

/** The second is another name for the first. */
const MAP_TTL = ['CollectionTtl', 'Ttl']

const NAMES: NameRules = {
  sidPrefix: 'MP',
  maxLength: 320,
  invalid: () => new ApiError(400, 54302, 'Invalid unique name'),
  taken: () => new ApiError(409, 54301, 'Unique name already exists'),
}

export function findMap(context: Context): SyncMap {
  serviceSid(context)
  const map = findBySidOrName(mapsOfCaller(context), pathParameter(context, 'MapSid'))
  if (!map) throw new ApiError(404, 54200, 'Map not found')
  return map
}

/** Oldest first, unlike most lists. */
function mapsOfCaller({state, caller, now}: Context): SyncMap[] {
  return state.syncMaps.filter((map) => map.accountSid === caller.account.sid && !isExpired(map, now))
}

function list(context: Context): HttpResponse {
  const path = `/v1/Services/${serviceSid(context)}/Maps`
  return pageWithMeta(
    {...context, path},
    {
      key: 'maps',
      all: mapsOfCaller(context),
      idOf: ({sid}) => sid,
      render: (map) => render(context, map),
      maxPageSize: 100,
    },
  )
}

function create(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  serviceSid(context)
  const uniqueName = readUniqueName(form, mapsOfCaller(context), NAMES)
  const expiry = readExpiry(form, MAP_TTL, now)
  const map: SyncMap = {
    sid: nextSid(state, 'MP'),
    accountSid: caller.account.sid,
    uniqueName,
    revision: 0,
    items: {},
    ...expiry,
    createdAt: now,
    updatedAt: now,
  }
  state.syncMaps = [...state.syncMaps.filter((each) => !isExpired(each, now)), map]
  return json(201, render(context, map))
}

function update(context: Context): HttpResponse {
  const {form, now} = context
  const map = findMap(context)
  Object.assign(map, readExpiry(form, MAP_TTL, now, map.expiresAt))
  map.updatedAt = now
  return json(200, render(context, map))
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
    date_expires: renderExpiry(map),
    date_created: iso8601(map.createdAt),
    date_updated: iso8601(map.updatedAt),
    created_by: 'system',
  }
}
