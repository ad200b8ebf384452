import {Failure, usage} from '../errors.js'
import {Lease} from '../registry/lease.js'
import type {Card} from './card-file.js'
import {acquireOrderLease} from './change-order.js'
import {orderOfEach, outstanding, requireRoom} from './ledger.js'
import type {SimContext} from './context.js'
import {newOrder, type OrderRecord} from './order.js'
import {changeReservations, readLedger, reserveRoom, type Ledger} from './reserve.js'

/**
 * Writes each new card into an order that waits for one; for what is left over, into a new order, if there is room. An order
 * that was begun for such a card before goes on with it.
 */
export async function assign(
  context: SimContext,
  {record, allocation, holdings, orders}: Ledger,
  {cards, fresh, only}: {cards: readonly Card[]; fresh: readonly string[]; only: string | undefined},
): Promise<Lease<OrderRecord>[]> {
  const waiting = orders.filter((each) => takesCards(each) && (only === undefined || each.order === only))
  const named = new Set(waiting.flatMap(({iccids}) => iccids))
  const isReserved = ({order}: OrderRecord) => record.reservations.some((each) => each.order === order)
  const places = waiting.filter(isReserved).map((each) => free(each))
  const left = fresh.filter((iccid) => !named.has(iccid)).length - places.reduce((all, each) => all + each, 0)
  if (left > 0 && only !== undefined) {
    throw usage(
      'ORDER_FULL',
      `Order ${only} waits for ${fresh.length - left} of these ${fresh.length} cards; nothing was registered.`,
      'Give fewer cards, or leave --order out.',
    )
  }
  if (left > 0) requireRoom(record, allocation, left)

  const rest = fresh.filter((iccid) => !named.has(iccid))
  const leases: Lease<OrderRecord>[] = []
  try {
    for (const each of waiting) {
      const {order, iccids} = each
      // Cut short at its very end, an order may have nothing to wait for and still be to be completed.
      const isNamed = cards.some(({iccid}) => iccids.includes(iccid))
      if (!isNamed && (rest.length === 0 || outstanding(each, holdings, orders) === 0)) continue
      const lease = await acquireOrderLease(context, order)
      leases.push(lease)
      // What was written before it was reserved must have its room now.
      await reserveRoom(context, lease)
      const taken = takesCards(lease.record) ? rest.splice(0, free(lease.record)) : []
      if (taken.length > 0) await lease.save({iccids: [...lease.record.iccids, ...taken]})
    }
    if (rest.length > 0) leases.push(await orderForOwn(context, rest))
    return leases
  } catch (error) {
    await conclude(context, leases, fresh)
    throw error
  }
}

function takesCards({kind, state}: OrderRecord): boolean {
  return kind === 'card' && ['waiting', 'ordered', 'shipped', 'delivered'].includes(state)
}

function free({quantity, stock, iccids}: OrderRecord): number {
  return Math.max(0, quantity - stock.length - iccids.length)
}

/** Cards that were got elsewhere: they count against the limit as any other. */
async function orderForOwn(context: SimContext, iccids: readonly string[]): Promise<Lease<OrderRecord>> {
  const own = newOrder(context, {kind: 'card', quantity: iccids.length, state: 'delivered', iccids})
  const lease = await Lease.create(context.orders, own, Promise.resolve())
  if (!lease) return orderForOwn(context, iccids)
  try {
    await reserveRoom(context, lease)
    return lease
  } catch (error) {
    if (error instanceof Failure && error.outcome === 'plan') await lease.remove()
    throw error
  }
}

/** As `concludeAll`; the orders are free again, whatever happens. */
export async function conclude(
  context: SimContext,
  leases: readonly Lease<OrderRecord>[],
  refused: readonly string[],
): Promise<void> {
  try {
    await concludeAll(context, leases, refused)
  } catch (error) {
    for (const lease of leases) await lease.release().catch(() => undefined)
    throw error
  }
}

/** Takes what was refused out of the orders again, and completes those for which everything has arrived. */
async function concludeAll(
  context: SimContext,
  leases: readonly Lease<OrderRecord>[],
  refused: readonly string[],
): Promise<void> {
  const {record: addon, holdings, orders} = await readLedger(context)
  const orderOf = orderOfEach(holdings, orders)
  const iccidsOf = (order: string) =>
    holdings.sims.filter(({sid}) => orderOf.get(sid) === order).map(({iccid}) => iccid)
  const held = holdings.sims.map(({iccid}) => iccid)
  for (const lease of leases) {
    const {record} = lease
    // Held, but for another order: registered by a run at the same time.
    const own = iccidsOf(record.order)
    const isElsewhere = (iccid: string) => held.includes(iccid) && !own.includes(iccid)
    const iccids = record.iccids.filter((iccid) => !refused.includes(iccid) && !isElsewhere(iccid))
    // An order for cards of one's own waits for nothing but these.
    const isOwn = record.seller === undefined
    const quantity = isOwn ? record.quantity - (record.iccids.length - iccids.length) : record.quantity
    const isComplete = outstanding({...record, iccids, quantity}, holdings, orders) === 0
    await lease.release({iccids, quantity, ...(isComplete && {state: quantity === 0 ? 'cancelled' : 'complete'})})
  }
  if (addon.reservations.length > 0) await changeReservations(context, (_, standing) => standing)
}
