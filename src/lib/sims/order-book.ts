import {ourCommand} from '../command-line.js'
import {type Failure, notFound} from '../errors.js'
import {type Entry, Items} from '../registry/items.js'
import {compareText} from '../text.js'
import type {MapItem} from '../twilio/sync-map.js'
import type {OrderRecord} from './order.js'

export type OrderEntry = Entry<OrderRecord>

/** The orders of SIMs, in the registry beside the add-ons: an item each, `APP/ORDER`. */
export class OrderBook extends Items<OrderRecord> {
  protected override readonly formerNames = {givenBack: 'returnedToStock'}

  override keyOf({appSpace, order}: Pick<OrderRecord, 'appSpace' | 'order'>): string {
    return `${appSpace}/${order}`
  }

  /** Those of an app-space, or all; oldest first. */
  async list(appSpace?: string): Promise<OrderEntry[]> {
    return this.among(await this.items(appSpace === undefined ? undefined : `${appSpace}/`))
  }

  /** The orders among items that were read already; oldest first. */
  among(items: readonly MapItem[]): OrderEntry[] {
    return items
      .filter((item) => this.isOurs(item))
      .map((item) => this.entryOf(item))
      .sort((a, b) => compareText(a.record.createdAt, b.record.createdAt))
  }

  /** @throws {Failure} `notFound` */
  async find(order: string, appSpace?: string): Promise<OrderEntry> {
    const found = (await this.list(appSpace)).find(({record}) => record.order === order)
    // Read on its own: only that answer carries Twilio's time, by which leases are measured.
    const entry = found && (await this.read(this.keyOf(found.record)))
    if (entry) return entry
    throw orderNotFound(order, appSpace)
  }

  protected override isOurs({key, data}: MapItem): boolean {
    const record = data as Partial<OrderRecord> | null
    return record?.v === 1 && record.order !== undefined && `${record.appSpace ?? ''}/${record.order}` === key
  }
}

export function orderNotFound(order: string, appSpace: string | undefined): Failure {
  return notFound(
    'ORDER_NOT_FOUND',
    `There is no order ${order}${appSpace === undefined ? '' : ` of ${appSpace}`}.`,
    `Orders: ${ourCommand(`twilio:sims:orders ${appSpace === undefined ? '--all' : `-a ${appSpace}`}`)}`,
  )
}
