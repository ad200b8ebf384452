import type {AddonContext} from '../addon/context.js'
import {plans} from '../addon/plans.js'
import type {AddonRecord} from '../addon/record.js'
import {addMonths} from '../days.js'
import {type ItemData, itemProblem, Items, itemShape, type Unstamped} from '../registry/items.js'
import {OrderBook} from '../sims/order-book.js'
import type {MapItem} from '../twilio/sync-map.js'
import {type CardOrder, cardOrders} from './charges.js'

const monthsKept = 13

/** What invoices need to know of an add-on that was destroyed: no secret, no number. */
export interface DestroyedRecord
  extends
    ItemData,
    Pick<AddonRecord, 'appSpace' | 'host' | 'plan' | 'earlierPlans' | 'createdAt' | 'createdBy' | 'labels'> {
  readonly accountSid: string
  readonly destroyedAt: string
  readonly orders: readonly CardOrder[]
}

/** Beside the add-ons and the orders: `APP/destroyed-SID`, so that the app-space can have another add-on. */
export class DestroyedBook extends Items<DestroyedRecord> {
  override keyOf({appSpace, accountSid}: Unstamped<DestroyedRecord>): string {
    return `${appSpace}/destroyed-${accountSid}`
  }

  /** Among items that were read already; those that are kept no longer are left out. */
  among(items: readonly MapItem[], now = Date.now()): DestroyedRecord[] {
    return this.#records(items).filter((record) => !isOld(record, now))
  }

  /** Those that are kept no longer. */
  old(items: readonly MapItem[], now = Date.now()): DestroyedRecord[] {
    return this.#records(items).filter((record) => isOld(record, now))
  }

  #records(items: readonly MapItem[]): DestroyedRecord[] {
    return items.filter((item) => this.canRead(item)).map((item) => this.recordOf(item))
  }

  /** Removes those of these items that are kept no longer. */
  async removeOld(items: readonly MapItem[], now = Date.now()): Promise<void> {
    for (const item of items) {
      if (!this.canRead(item)) continue
      const entry = this.entryOf(item)
      if (isOld(entry.record, now)) await this.remove(entry)
    }
  }

  protected override problemOf({key, data}: MapItem): string | undefined {
    const problem = itemProblem(data, destroyedShape)
    if (problem !== undefined) return problem
    const {appSpace, accountSid, plan, orders} = data as DestroyedRecord
    if (`${appSpace}/destroyed-${accountSid}` !== key) return `it is about ${accountSid} of ${appSpace}`
    if (!Object.hasOwn(plans, plan)) return 'its plan is unknown'
    return Array.isArray(orders) ? undefined : 'orders is not a list'
  }
}

const destroyedShape = itemShape({
  appSpace: 'text',
  accountSid: 'text',
  host: 'text',
  plan: 'text',
  earlierPlans: [{plan: 'text', until: 'date'}],
  createdAt: 'date',
  destroyedAt: 'date',
  orders: [{createdAt: 'date', cards: 'amount'}],
})

function isOld({destroyedAt}: DestroyedRecord, now: number): boolean {
  return addMonths(Date.parse(destroyedAt), monthsKept) <= now
}

/** Written before anything of the add-on goes, once however often its destruction is repeated. */
export async function keepForInvoices(
  {main, registry}: Pick<AddonContext, 'main' | 'registry'>,
  {appSpace, host, plan, earlierPlans, createdAt, createdBy, labels, accountSid}: AddonRecord,
): Promise<void> {
  // Without a subaccount nothing was ever finished.
  if (accountSid === undefined) return
  const [orders, destroyed] = [new OrderBook(main, registry.name), new DestroyedBook(main, registry.name)]
  const items = await orders.items(`${appSpace}/`)
  await destroyed.removeOld(items)
  const record: Unstamped<DestroyedRecord> = {
    v: 1,
    appSpace,
    host,
    plan,
    accountSid,
    createdAt,
    destroyedAt: new Date().toISOString(),
    orders: cardOrders(orders.among(items).map((entry) => entry.record)),
    ...(earlierPlans && {earlierPlans}),
    ...(createdBy !== undefined && {createdBy}),
    ...(labels && {labels}),
  }
  await destroyed.createOrRead(record, Promise.resolve())
}
