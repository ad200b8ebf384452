import {Failure, usage} from '../errors.js'
import {Claim} from '../registry/claim.js'
import type {Card} from './cards.js'
import {claimOrder} from './change-order.js'
import {orderOfEach, outstanding, requireRoom} from './ledger.js'
import type {SimMeans} from './means.js'
import {newOrder, type OrderRecord} from './order.js'
import {changeReservations, readLedger, reserveRoom, type Ledger} from './reserve.js'

/**
 * Writes each new card into an order that waits for one; for what is left over, into a new order, if there is room. An order
 * that was begun for such a card before goes on with it.
 */
export async function assign(
  means: SimMeans,
  {record, tally, holdings, orders}: Ledger,
  {cards, fresh, only}: {cards: readonly Card[]; fresh: readonly string[]; only: string | undefined},
): Promise<Claim<OrderRecord>[]> {
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
  if (left > 0) requireRoom(record, tally, left)

  const rest = fresh.filter((iccid) => !named.has(iccid))
  const claims: Claim<OrderRecord>[] = []
  try {
    for (const each of waiting) {
      const {order, iccids} = each
      // Cut short at its very end, an order may have nothing to wait for and still be to be completed.
      const isNamed = cards.some(({iccid}) => iccids.includes(iccid))
      if (!isNamed && (rest.length === 0 || outstanding(each, holdings, orders) === 0)) continue
      const claim = await claimOrder(means, order)
      claims.push(claim)
      // What was written before it was reserved must have its room now.
      await reserveRoom(means, claim)
      const taken = takesCards(claim.record) ? rest.splice(0, free(claim.record)) : []
      if (taken.length > 0) await claim.save({iccids: [...claim.record.iccids, ...taken]})
    }
    if (rest.length > 0) claims.push(await orderForOwn(means, rest))
    return claims
  } catch (error) {
    await conclude(means, claims, fresh)
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
async function orderForOwn(means: SimMeans, iccids: readonly string[]): Promise<Claim<OrderRecord>> {
  const own = newOrder(means, {kind: 'card', quantity: iccids.length, state: 'delivered', iccids})
  const claim = await Claim.make(means.orders, own, Promise.resolve())
  if (!claim) return orderForOwn(means, iccids)
  try {
    await reserveRoom(means, claim)
    return claim
  } catch (error) {
    if (error instanceof Failure && error.outcome === 'plan') await claim.remove()
    throw error
  }
}

/** As `concludeAll`; the orders are free again, whatever happens. */
export async function conclude(
  means: SimMeans,
  claims: readonly Claim<OrderRecord>[],
  refused: readonly string[],
): Promise<void> {
  try {
    await concludeAll(means, claims, refused)
  } catch (error) {
    for (const claim of claims) await claim.finish().catch(() => undefined)
    throw error
  }
}

/** Takes what was refused out of the orders again, and completes those for which everything has arrived. */
async function concludeAll(
  means: SimMeans,
  claims: readonly Claim<OrderRecord>[],
  refused: readonly string[],
): Promise<void> {
  const {record: addon, holdings, orders} = await readLedger(means)
  const orderOf = orderOfEach(holdings, orders)
  const iccidsOf = (order: string) =>
    holdings.sims.filter(({sid}) => orderOf.get(sid) === order).map(({iccid}) => iccid)
  const held = holdings.sims.map(({iccid}) => iccid)
  for (const claim of claims) {
    const {record} = claim
    // Held, but for another order: registered by a run at the same time.
    const own = iccidsOf(record.order)
    const isElsewhere = (iccid: string) => held.includes(iccid) && !own.includes(iccid)
    const iccids = record.iccids.filter((iccid) => !refused.includes(iccid) && !isElsewhere(iccid))
    // An order for cards of one's own waits for nothing but these.
    const isOwn = record.seller === undefined
    const quantity = isOwn ? record.quantity - (record.iccids.length - iccids.length) : record.quantity
    const isComplete = outstanding({...record, iccids, quantity}, holdings, orders) === 0
    await claim.finish({iccids, quantity, ...(isComplete && {state: quantity === 0 ? 'cancelled' : 'complete'})})
  }
  if (addon.reservations.length > 0) await changeReservations(means, (_, standing) => standing)
}
