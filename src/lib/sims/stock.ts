import {ensureMoved, ensureOwner, holds} from '../carrier/ensure.js'
import type {Sim} from '../carrier/port.js'
import {carriers} from '../carrier/service.js'
import {temporary} from '../errors.js'
import {createOrAcquireLease} from '../registry/acquire-lease.js'
import {type ItemData, itemProblem, Items, itemShape, type Unstamped} from '../registry/items.js'
import {guardOf, type Lease} from '../registry/lease.js'
import {restartIfLeaseLost, withLease} from '../registry/operation.js'
import {untilListed} from '../transport/idempotent.js'
import type {MapItem} from '../twilio/sync-map.js'
import type {SimContext} from './context.js'
import {isOutstanding, type OrderRecord} from './order.js'

/**
 * Who may move cards from and to the main account's stock: all app-spaces share it, and the main account could move a card out
 * of a subaccount again that another order has just got it for.
 */
interface StockLock extends ItemData {
  readonly key: 'stock/cards'
}

export type StockLease = Lease<StockLock>

const lockShape = itemShape({key: 'text'})

class StockLocks extends Items<StockLock> {
  override keyOf({key}: Unstamped<StockLock>): string {
    return key
  }

  protected override problemOf({data}: MapItem): string | undefined {
    return itemProblem(data, lockShape)
  }
}

/** Nobody else takes cards from stock, or returns some to it, while the work is done; it may be done again. */
export async function withStockLock(
  {main, registry, waiting, warn}: SimContext,
  work: (lock: StockLease) => Promise<void>,
): Promise<void> {
  const locks = new StockLocks(main, registry.name)
  const key = 'stock/cards'
  const attempt = async () => withLease(await createOrAcquireLease(locks, {v: 1, key}, waiting), work, warn)
  await restartIfLeaseLost(attempt, {key})
}

/**
 * Moves never-activated cards of the main account into the subaccount, as many as the order still lacks and as there are. They
 * are written into the order before they move.
 */
export async function takeFromStock(context: SimContext, order: Lease<OrderRecord>): Promise<void> {
  const {stock} = context
  if (order.record.stock.length === 0 && (await stock.listSims({neverActivated: true})).length === 0) return
  await withStockLock(context, async (lock) => {
    const listing = stock.listSims({neverActivated: true})
    const {appSpace, orders, sims} = context
    const [inStock, held, entries] = await Promise.all([
      listing,
      sims.listSims(),
      // After the stock: a card that somebody is just registering is in an order before it can be there.
      sims.isShared ? listing.then(() => orders.list()) : orders.list(appSpace),
    ])
    const others = entries.map(({record}) => record).filter((each) => each.order !== order.record.order)
    const {cards, toMove} = selectCards(order.record, {inStock, held, others})
    await order.save({stock: cards})
    if (toMove.length > 0) await ensureOwner(sims, context.service.country)
    for (const card of toMove) {
      await order.renew()
      if (await moveIn(context, {card, lock, order})) continue
      await order.save({stock: order.record.stock.filter((sid) => sid !== card.sid)})
    }
  })
}

/** Which cards an order gets from stock, and which of them are still there. */
export function selectCards(
  {quantity, stock: chosenBefore}: Pick<OrderRecord, 'quantity' | 'stock'>,
  {
    inStock,
    held,
    others,
  }: {
    readonly inStock: readonly Sim[]
    readonly held: readonly Sim[]
    /** The other orders of the app-space; in a shared account of all app-spaces. */
    readonly others: readonly (Pick<OrderRecord, 'state' | 'stock'> & Partial<Pick<OrderRecord, 'iccids'>>)[]
  },
): {readonly cards: readonly string[]; readonly toMove: readonly Sim[]} {
  const ofOthers = new Set(others.flatMap(({stock}) => stock))
  const arrived = new Set(held.map(({sid}) => sid).filter((sid) => !ofOthers.has(sid)))
  const available = inStock.map(({sid}) => sid)
  // Chosen by a run that was interrupted, they may have gone to another order or another app-space since.
  const kept = chosenBefore.filter((sid) => arrived.has(sid) || available.includes(sid))
  // Of an order that was interrupted and may be resumed.
  const promised = new Set(others.filter(({state}) => state === 'open').flatMap(({stock}) => stock))
  const registered = new Set(others.filter(isOutstanding).flatMap(({iccids = []}) => iccids))
  const more = inStock
    .filter(({sid, iccid}) => !kept.includes(sid) && !promised.has(sid) && !registered.has(iccid))
    .map(({sid}) => sid)
    .slice(0, quantity - kept.length)
  const cards = [...kept, ...more]
  return {cards, toMove: inStock.filter(({sid}) => cards.includes(sid) && !arrived.has(sid))}
}

/** False when the card may not be moved after all, because it was activated meanwhile, for example. */
async function moveIn(
  {stock, sims, appSpace, progress, warn}: SimContext,
  {card, lock, order}: {readonly card: Sim; readonly lock: StockLease; readonly order: Lease<OrderRecord>},
): Promise<boolean> {
  try {
    await progress(`moving the card ${card.sid} from stock to ${appSpace}`, () =>
      ensureMoved(card, {stock, to: sims, guard: guardOf(lock, order)}),
    )
    return true
  } catch (error) {
    if (!(error instanceof Error) || stock.refusalOf(error) === undefined) throw error
    warn(`The card ${card.sid} stays in stock: ${error.message}`)
    return false
  }
}

/** Moves a card back, if it is still the subaccount's, and sees it in stock. @throws {Failure} `temporary` when it does not show. */
export async function returnToStock({stock, sims, service}: SimContext, lock: StockLease, card: Sim): Promise<void> {
  // The main account could move it out of another subaccount, too.
  if (!(await holds(sims, card)) || (await holds(stock, card))) return
  await ensureMoved(card, {stock, to: stock, guard: lock})
  const find = async () => ((await holds(stock, card)) ? true : undefined)
  if (await untilListed(stock.transport, find, {guard: lock, what: `for ${card.sid} to show in stock`})) return
  throw temporary(
    'SIM_NOT_TRANSFERRED',
    `${card.sid} is not in ${carriers[service.name].stock} yet, so nothing more was done.`,
  )
}
