import {ourCommand} from '../command-line.js'
import {usage} from '../errors.js'
import {LeaseLost} from '../registry/items.js'
import type {Lease} from '../registry/lease.js'
import {concludeFailure, releaseQuietly} from '../registry/operation.js'
import type {Card} from './card-file.js'
import type {SimContext} from './context.js'
import {type Holdings, orderOfEach, outstanding, requireRoom} from './ledger.js'
import type {OrderRecord} from './order.js'
import {acquireOrder, createOrder} from './order-lease.js'
import {dropStaleReservations, type Ledger, readLedger, reserveRoom} from './reserve.js'

/**
 * Writes each card that is not registered yet into an order that waits for one; what is left over, into a new order, if there is
 * room. An interrupted registration that has written a card into an order is resumed.
 * @returns leases on the orders, to be given to `settleOrders`.
 * @throws {Failure} `plan`, `usage`: nothing is left of it then.
 */
export async function assignCards(
  context: SimContext,
  ledger: Ledger,
  {cards, order: only}: {readonly cards: readonly Card[]; readonly order: string | undefined},
): Promise<Lease<OrderRecord>[]> {
  const {holdings, orders} = ledger
  const waiting = orders.filter((each) => takesCards(each) && (only === undefined || each.order === only))
  const held = new Set(holdings.sims.map(({iccid}) => iccid))
  const unregistered = cards.map(({iccid}) => iccid).filter((iccid) => !held.has(iccid))
  const assigned = new Set(waiting.flatMap(({iccids}) => iccids))
  const unassigned = unregistered.filter((iccid) => !assigned.has(iccid))
  requirePlaces(ledger, {waiting, unregistered, unassigned, only})

  const leases: Lease<OrderRecord>[] = []
  try {
    for (const order of waiting) {
      // An order that was interrupted at its very end has nothing to wait for, and is still to be completed.
      const hasOne = cards.some(({iccid}) => order.iccids.includes(iccid))
      if (!hasOne && (unassigned.length === 0 || outstanding(order, holdings, orders) === 0)) continue
      const lease = await acquireOrder(context, order.order)
      leases.push(lease)
      // An order that was written down but has no reservation needs one now.
      await reserveRoom(context, lease)
      const taken = takesCards(lease.record) ? unassigned.splice(0, placesIn(lease.record)) : []
      if (taken.length > 0) await lease.save({iccids: [...lease.record.iccids, ...taken]})
    }
    if (unassigned.length > 0) leases.push(await createOrderFor(context, unassigned))
    return leases
  } catch (error) {
    await settleOrders(context, leases, unregistered)
    throw error
  }
}

export function takesCards({kind, state}: Pick<OrderRecord, 'kind' | 'state'>): boolean {
  return kind === 'card' && ['waiting', 'ordered', 'shipped', 'delivered'].includes(state)
}

export function placesIn({quantity, stock, iccids}: Pick<OrderRecord, 'quantity' | 'stock' | 'iccids'>): number {
  return Math.max(0, quantity - stock.length - iccids.length)
}

/** @throws {Failure} `usage` when the named order waits for fewer cards, `plan` when the limit does not allow the others. */
function requirePlaces(
  {record, allocation}: Ledger,
  {
    waiting,
    unregistered,
    unassigned,
    only,
  }: {
    readonly waiting: readonly OrderRecord[]
    readonly unregistered: readonly string[]
    readonly unassigned: readonly string[]
    readonly only: string | undefined
  },
): void {
  const isReserved = ({order}: OrderRecord) => record.reservations.some((each) => each.order === order)
  const places = waiting.filter(isReserved).reduce((all, order) => all + placesIn(order), 0)
  const left = unassigned.length - places
  if (left <= 0) return
  if (only === undefined) return requireRoom(record, allocation, left)
  const {length} = unregistered
  throw usage(
    'TOO_MANY_CARDS',
    `Order ${only} waits for ${length - left} of these ${length} cards; nothing was registered.`,
    'Give fewer cards, or leave --order out.',
  )
}

/** Cards that were bought elsewhere: they count against the limit as any others. */
async function createOrderFor(context: SimContext, iccids: readonly string[]): Promise<Lease<OrderRecord>> {
  const lease = await createOrder(context, {kind: 'card', quantity: iccids.length, state: 'delivered', iccids})
  try {
    await reserveRoom(context, lease)
    return lease
  } catch (error) {
    const undo = async () => {
      await lease.remove()
      return false
    }
    const otherwise = `cancel the order: ${ourCommand(`twilio:sims:orders:update ${lease.record.order} --state cancelled`)}`
    throw await concludeFailure(lease, error, {rollback: {undo, otherwise}})
  }
}

/**
 * Takes the refused cards out of the orders again, completes the orders for which everything has arrived, and releases the
 * leases, whatever happens. An order that another run took over is that run's to complete.
 */
export async function settleOrders(
  context: SimContext,
  leases: readonly Lease<OrderRecord>[],
  refused: readonly string[],
): Promise<void> {
  try {
    const {record, holdings, orders} = await readLedger(context)
    for (const lease of leases) {
      await lease.release(settled(lease.record, {refused, holdings, orders})).catch((error: unknown) => {
        if (!(error instanceof LeaseLost)) throw error
      })
    }
    if (record.reservations.length > 0) await dropStaleReservations(context)
  } catch (error) {
    for (const lease of leases) await releaseQuietly(lease)
    throw error
  }
}

/** What an order is after a registration. */
export function settled(
  record: OrderRecord,
  {
    refused,
    holdings,
    orders,
  }: {
    readonly refused: readonly string[]
    readonly holdings: Holdings
    readonly orders: readonly OrderRecord[]
  },
): Partial<OrderRecord> {
  const orderOf = orderOfEach(holdings, orders)
  // Registered for another order, by a run at the same time.
  const elsewhere = holdings.sims.filter(({sid}) => orderOf.get(sid) !== record.order).map(({iccid}) => iccid)
  const iccids = record.iccids.filter((iccid) => !refused.includes(iccid) && !elsewhere.includes(iccid))
  // An order for cards that were bought elsewhere waits for nothing but these.
  const isForTheseOnly = record.seller === undefined
  const quantity = isForTheseOnly ? record.quantity - (record.iccids.length - iccids.length) : record.quantity
  const isComplete = outstanding({...record, iccids, quantity}, holdings, orders) === 0
  return {iccids, quantity, ...(isComplete && {state: quantity === 0 ? 'cancelled' : 'complete'})}
}
