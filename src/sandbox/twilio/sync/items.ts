import type {HttpResponse} from '../../../lib/transport/types.js'
import {type Context, pathParameter} from '../../http/context.js'
import {ApiError} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {pageWithMeta} from '../../http/pages.js'
import {json, noContent} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import type {SyncMap, SyncMapItem} from '../../state/types/sync.js'
import {findMap} from './maps.js'
import {serviceSid} from './services.js'
import {isExpired, readExpiry, renderExpiry} from './ttl.js'

const ITEMS = '/v1/Services/{ServiceSid}/Maps/{MapSid}/Items'
const ITEM = '/v1/Services/{ServiceSid}/Maps/{MapSid}/Items/{Key}'

export const syncItemRoutes: readonly Route[] = [
  {product: 'sync', method: 'GET', path: ITEMS, handle: list},
  {product: 'sync', method: 'POST', path: ITEMS, handle: create},
  {product: 'sync', method: 'GET', path: ITEM, handle: fetchItem},
  {product: 'sync', method: 'POST', path: ITEM, handle: update},
  {product: 'sync', method: 'DELETE', path: ITEM, handle: remove},
]

const MAX_DATA_BYTES = 16 * 1024
const MAX_KEY_LENGTH = 320
/** The second is another name for the first. */
const ITEM_TTL = ['ItemTtl', 'Ttl']
const COLLECTION_TTL = ['CollectionTtl']

function list(context: Context): HttpResponse {
  const {query, now} = context
  const map = findMap(context)
  const descending = query.get('Order') === 'desc'
  const from = query.get('From')
  const inclusive = query.get('Bounds') !== 'exclusive'
  const keys = Object.keys(map.items)
    .filter((key) => itemOf(map, key, now))
    .sort(byCodeUnits)
  if (descending) keys.reverse()
  const inBounds = (key: string): boolean => {
    if (from === null) return true
    if (key === from) return inclusive
    return descending ? key < from : key > from
  }
  // Its links name them by their SIDs, as in the documents' examples.
  const path = `/v1/Services/${serviceSid(context)}/Maps/${map.sid}/Items`
  return pageWithMeta(
    {...context, path},
    {
      key: 'items',
      all: keys.filter(inBounds),
      idOf: (key) => key,
      render: (key) => render(context, map, key),
      maxPageSize: 100,
    },
  )
}

function create(context: Context): HttpResponse {
  const {form, now} = context
  const map = findMap(context)
  const key = form.get('Key') ?? ''
  if (key === '' || key.length > MAX_KEY_LENGTH) throw new ApiError(400, 54209, 'Invalid map item key')
  const data = parseData(form.get('Data') ?? '')
  if (itemOf(map, key, now)) throw new ApiError(409, 54208, 'Map item already exists')
  const expiry = readExpiry(form, ITEM_TTL, now)
  Object.assign(map, readExpiry(form, COLLECTION_TTL, now, map.expiresAt))
  setItem(map, key, {revision: nextRevision(map, now), data, ...expiry, createdAt: now, updatedAt: now})
  return itemResponse(context, 201, map, key)
}

function fetchItem(context: Context): HttpResponse {
  const map = findMap(context)
  const key = pathParameter(context, 'Key')
  findItem(map, key, context.now)
  return itemResponse(context, 200, map, key)
}

function update(context: Context): HttpResponse {
  const {form, now} = context
  const map = findMap(context)
  const key = pathParameter(context, 'Key')
  const item = findItem(map, key, now)
  const text = form.get('Data')
  // The time to live of the map is changed only along with the item.
  if (text === null && !ITEM_TTL.some((name) => form.has(name)))
    throw new ApiError(400, 54010, 'No parameters specified')
  const data = text === null ? item.data : parseData(text)
  checkRevision(context, item)
  const expiry = readExpiry(form, ITEM_TTL, now, item.expiresAt)
  Object.assign(map, readExpiry(form, COLLECTION_TTL, now, map.expiresAt))
  setItem(map, key, {...item, revision: nextRevision(map, now), data, ...expiry, updatedAt: now})
  return itemResponse(context, 200, map, key)
}

function remove(context: Context): HttpResponse {
  const map = findMap(context)
  const key = pathParameter(context, 'Key')
  checkRevision(context, findItem(map, key, context.now))
  nextRevision(map, context.now)
  map.items = Object.fromEntries(Object.entries(map.items).filter(([each]) => each !== key))
  return noContent()
}

function itemOf(map: SyncMap, key: string, now: number): SyncMapItem | undefined {
  const item = Object.hasOwn(map.items, key) ? map.items[key] : undefined
  return item && !isExpired(item, now) ? item : undefined
}

/** Not by assignment: `__proto__` is a key like any other. */
function setItem(map: SyncMap, key: string, value: SyncMapItem): void {
  Object.defineProperty(map.items, key, {value, configurable: true, enumerable: true, writable: true})
}

function findItem(map: SyncMap, key: string, now: number): SyncMapItem {
  const item = itemOf(map, key, now)
  if (!item) throw new ApiError(404, 54201, 'Map item not found')
  return item
}

function checkRevision({headers}: Context, {revision}: SyncMapItem): void {
  const expected = headers['if-match']
  if (expected === undefined || expected === '*') return
  if (expected.replaceAll('"', '') !== revision.toString(16))
    throw new ApiError(412, 54205, 'The revision of the map item does not match the expected revision')
}

function parseData(text: string): unknown {
  if (Buffer.byteLength(text) > MAX_DATA_BYTES) throw new ApiError(413, 54006, 'Request entity too large')
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    data = undefined
  }
  if (typeof data !== 'object' || data === null) throw new ApiError(400, 54008, 'Data must be a JSON object')
  return data
}

/** For a write to the map, at this time. */
function nextRevision(map: SyncMap, now: number): number {
  map.revision += 1
  map.updatedAt = now
  return map.revision
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function itemResponse(context: Context, status: number, map: SyncMap, key: string): HttpResponse {
  const {revision} = findItem(map, key, context.now)
  return json(status, render(context, map, key), {etag: `"${revision.toString(16)}"`})
}

function render(context: Context, map: SyncMap, key: string): unknown {
  const service = serviceSid(context)
  const item = findItem(map, key, context.now)
  return {
    key,
    account_sid: map.accountSid,
    service_sid: service,
    map_sid: map.sid,
    url: `https://sync.twilio.com/v1/Services/${service}/Maps/${map.sid}/Items/${encodeURIComponent(key)}`,
    revision: item.revision.toString(16),
    data: item.data,
    date_expires: renderExpiry(item),
    date_created: iso8601(item.createdAt),
    date_updated: iso8601(item.updatedAt),
    created_by: 'system',
  }
}
