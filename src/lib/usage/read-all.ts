import type {AddonRegistry} from '../addon/addon-registry.js'
import type {AddonRecord} from '../addon/record.js'
import type {OrderRecord} from '../sims/order.js'
import {OrderBook} from '../sims/order-book.js'
import type {MapItem} from '../twilio/sync-map.js'

export interface AddonWithOrders {
  readonly record: AddonRecord
  readonly orders: readonly OrderRecord[]
}

export interface AllRecords {
  readonly entries: readonly AddonWithOrders[]
  /** Keys of items that cannot be read. */
  readonly unknown: readonly string[]
  /** Everything that was read. */
  readonly items: readonly MapItem[]
}

/** Every add-on with its orders of SIMs, in one reading of the registry. */
export async function readAllRecords(registry: AddonRegistry): Promise<AllRecords> {
  const items = await registry.items()
  const {records, unknown} = registry.among(items)
  const orders = new Map<string, OrderRecord[]>()
  for (const {record} of new OrderBook(registry.account, registry.name).among(items))
    orders.set(record.appSpace, [...(orders.get(record.appSpace) ?? []), record])
  return {entries: records.map((record) => ({record, orders: orders.get(record.appSpace) ?? []})), unknown, items}
}
