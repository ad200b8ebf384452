import {carriers} from '../carrier/service.js'
import {ourCommand} from '../command-line.js'
import {type Failure, notFound} from '../errors.js'
import {type Entry, itemProblem, Items, itemShape} from '../registry/items.js'
import {compareText} from '../text.js'
import type {MapItem} from '../twilio/sync-map.js'
import {type OrderRecord, orderStates} from './order.js'

export type OrderEntry = Entry<OrderRecord>

/** The orders of SIMs, in the registry beside the add-ons: an item each, `APP/ORDER`. */
export class OrderBook extends Items<OrderRecord> {
  protected override readonly formerNames = {givenBack: 'returnedToStock'}

  override keyOf({appSpace, order}: Pick<OrderRecord, 'appSpace' | 'order'>): string {
    return `${appSpace}/${order}`
  }

  /**
   * Those of an app-space, or all; oldest first.
   * @throws {Failure} `conflict` for one of the app-space that cannot be read: without it, the same could be ordered twice
   */
  async list(appSpace?: string): Promise<OrderEntry[]> {
    if (appSpace === undefined) return this.among(await this.items())
    const items = await this.items(`${appSpace}/`)
    for (const item of items) if (item.key.startsWith(`${appSpace}/ord-`)) this.requireReadable(item)
    return this.among(items)
  }

  /** The orders among items that were read already; oldest first. */
  among(items: readonly MapItem[]): OrderEntry[] {
    return items
      .filter((item) => this.canRead(item))
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

  protected override problemOf({key, data}: MapItem): string | undefined {
    const problem = itemProblem(data, orderShape)
    if (problem !== undefined) return problem
    const {appSpace, order, kind, state, carrier, ...lists} = data as OrderRecord
    if (`${appSpace}/${order}` !== key) return `it is about ${order} of ${appSpace}`
    if (!['card', 'esim'].includes(kind)) return 'its kind is unknown'
    if (!orderStates.includes(state)) return 'its state is unknown'
    if (carrier !== undefined && !Object.hasOwn(carriers, carrier)) return 'its carrier is unknown'
    return (['eids', 'stock', 'profiles', 'iccids'] as const).every((name) => isListOfTexts(lists[name]))
      ? undefined
      : 'its SIMs are not lists'
  }
}

const orderShape = itemShape({
  order: 'text',
  appSpace: 'text',
  host: 'text',
  accountSid: 'text',
  quantity: 'amount',
  returnedToStock: [{sim: 'text', at: 'date'}],
  createdAt: 'date',
})

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

export function orderNotFound(order: string, appSpace: string | undefined): Failure {
  return notFound(
    'ORDER_NOT_FOUND',
    `There is no order ${order}${appSpace === undefined ? '' : ` of ${appSpace}`}.`,
    `Orders: ${ourCommand(`twilio:sims:orders ${appSpace === undefined ? '--all' : `-a ${appSpace}`}`)}`,
  )
}
