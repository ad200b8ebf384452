import type {SyncMapItemInstance, SyncMapItemPage} from 'twilio/lib/rest/sync/v1/service/syncMap/syncMapItem.js'

import type {SenderOptions} from '../transport/transport.js'
import type {TwilioAccount} from './connect.js'
import {isMissing} from './errors.js'
import {answeredAt} from './http-client.js'

/** Every account has a Sync service that answers to this name (https://www.twilio.com/docs/sync/api/service). */
const service = 'default'

/** https://www.twilio.com/docs/sync/api/map-item-resource */
export interface MapItem {
  readonly key: string
  readonly data: unknown
  /** For `If-Match`: changes with every write. */
  readonly revision: string
  readonly updatedAt: Date
  /** Twilio's clock when it answered; undefined when the answer did not say. */
  readonly readAt: Date | undefined
}

/** Twilio's clock, as the Sync service says it. */
export async function fetchServiceDate(account: TwilioAccount): Promise<Date | undefined> {
  const sync = await account.sync()
  const {headers} = await sync.v1.services(service).fetchWithHttpInfo()
  return answeredAt(headers)
}

export async function createMap(account: TwilioAccount, uniqueName: string): Promise<void> {
  const sync = await account.sync()
  await sync.v1.services(service).syncMaps.create({uniqueName})
}

/** The maps that have a name. */
export async function listMapNames(account: TwilioAccount): Promise<string[]> {
  const sync = await account.sync()
  const maps = await sync.v1.services(service).syncMaps.list({limit: 100})
  return maps.map(({uniqueName}) => uniqueName).filter(Boolean)
}

export async function mapExists(account: TwilioAccount, uniqueName: string): Promise<boolean> {
  const sync = await account.sync()
  try {
    await sync.v1.services(service).syncMaps(encodeURIComponent(uniqueName)).fetch()
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

export async function fetchItem(
  account: TwilioAccount,
  map: string,
  key: string,
  sending?: SenderOptions,
): Promise<MapItem> {
  const {body, headers} = await (await items(account, map, sending))(encodeURIComponent(key)).fetchWithHttpInfo()
  return plain(body, headers)
}

export async function createItem(account: TwilioAccount, map: string, key: string, data: object): Promise<MapItem> {
  const {body, headers} = await (await items(account, map)).createWithHttpInfo({key, data})
  return plain(body, headers)
}

export interface ItemWrite {
  readonly revision: string
  readonly sending?: SenderOptions
}

export async function updateItem(
  account: TwilioAccount,
  map: string,
  key: string,
  data: object,
  {revision, sending}: ItemWrite,
): Promise<MapItem> {
  const {body, headers} = await (
    await items(account, map, sending)
  )(encodeURIComponent(key)).updateWithHttpInfo({data, ifMatch: revision})
  return plain(body, headers)
}

export async function removeItem(
  account: TwilioAccount,
  map: string,
  key: string,
  {revision, sending}: ItemWrite,
): Promise<void> {
  await (await items(account, map, sending))(encodeURIComponent(key)).remove({ifMatch: revision})
}

/** All items, or those whose key begins with `prefix`. */
export async function listItems(account: TwilioAccount, map: string, prefix = ''): Promise<MapItem[]> {
  const bounds = prefix === '' ? {} : ({from: prefix, order: 'asc', bounds: 'inclusive'} as const)
  const found: MapItem[] = []
  const list = await items(account, map)
  let page: Pick<SyncMapItemPage, 'instances' | 'nextPage'> | undefined = await list.page({pageSize: 100, ...bounds})
  while (page) {
    const {instances}: {instances: SyncMapItemInstance[]} = page
    const ours = instances.filter(({key}) => key.startsWith(prefix))
    found.push(...ours.map((item) => plain(item, undefined)))
    // In the order of their keys: behind the first that begins otherwise there is nothing more.
    page = ours.length < instances.length ? undefined : await page.nextPage()
  }
  return found
}

async function items(account: TwilioAccount, map: string, sending?: SenderOptions) {
  const sync = await account.sync(sending)
  // The SDK puts names into the path as they are.
  return sync.v1.services(service).syncMaps(encodeURIComponent(map)).syncMapItems
}

function plain({key, data, revision, dateUpdated}: SyncMapItemInstance, headers: unknown): MapItem {
  return {key, data: data as unknown, revision, updatedAt: new Date(dateUpdated), readAt: answeredAt(headers)}
}
