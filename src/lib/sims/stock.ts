import {isMissing, TwilioRefusal} from '../twilio/errors.js'
import {sendOnce} from '../transport/idempotent.js'
import {Lease, waitUntilReleased} from '../registry/lease.js'
import {LeaseLost, Items, type ItemData, type Unstamped} from '../registry/items.js'
import type {MapItem} from '../twilio/sync-map.js'
import type {SimContext} from './context.js'
import type {OrderRecord} from './order.js'

/**
 * Who may take cards from the main account's stock: all app-spaces share it, and the main account could move a card out of the
 * subaccount again that another order has just got it for.
 */
interface StockLock extends ItemData {
  readonly key: 'stock/cards'
}

export type StockLease = Lease<StockLock>

class StockLocks extends Items<StockLock> {
  override keyOf({key}: Unstamped<StockLock>): string {
    return key
  }

  protected override isOurs({key, data}: MapItem): boolean {
    return key === 'stock/cards' && (data as Partial<StockLock> | null)?.v === 1
  }
}

/**
 * Moves never-activated cards of the main account into the subaccount, as many as the order still lacks and as there are. Which
 * ones is written into the order before they move.
 */
export async function takeFromStock(context: SimContext, order: Lease<OrderRecord>): Promise<void> {
  const {stock, progress, appSpace} = context
  if (order.record.stock.length === 0 && (await stock.listSims({neverActivated: true})).length === 0) return
  await withStockLock(context, async (lock) => {
    const [inStock, held, orders] = await Promise.all([
      stock.listSims({neverActivated: true}),
      context.sims.listSims(),
      context.orders.list(appSpace),
    ])
    const others = orders.map(({record}) => record).filter(({order: each}) => each !== order.record.order)
    const elsewhere = new Set(others.flatMap((record) => record.stock))
    // Of an order that was cut short, and is to be gone on with.
    const promised = new Set(others.filter(({state}) => state === 'open').flatMap((record) => record.stock))
    const has = new Set(held.map(({sid}) => sid).filter((sid) => !elsewhere.has(sid)))
    const free = inStock.map(({sid}) => sid)
    // Chosen by a run that was cut short, they may have gone to another order or another app-space since.
    const chosen = order.record.stock.filter((sid) => has.has(sid) || free.includes(sid))
    const more = free
      .filter((sid) => !chosen.includes(sid) && !promised.has(sid))
      .slice(0, order.record.quantity - chosen.length)
    let cards = [...chosen, ...more]
    await order.save({stock: cards})
    for (const sid of cards.filter((each) => !has.has(each))) {
      await order.renew()
      progress(`moving the card ${sid} from stock to ${appSpace}`)
      if (await moved(context, lock, sid)) continue
      cards = cards.filter((each) => each !== sid)
      await order.save({stock: cards})
    }
  })
}

/** False when the card may not be moved after all, because it was activated meanwhile, say. */
async function moved(
  {stock, sims, accountSid, main, warn}: SimContext,
  lock: StockLease,
  sid: string,
): Promise<boolean> {
  const look = async () => ((await sims.listSims()).some((sim) => sim.sid === sid) ? true : undefined)
  const make = async () => {
    await lock.withTime(() => stock.move(sid, accountSid, {beforeEachTry: lock.requireTime}))
    return true
  }
  try {
    return await sendOnce(main.transport, {send: make, find: look})
  } catch (error) {
    if (!(error instanceof TwilioRefusal) || error.outcome !== 'refused') throw error
    // No longer in the main account: moved by a request that was thought lost?
    if (isMissing(error) && (await look())) return true
    warn(`The card ${sid} stays in stock: ${error.message}`)
    return false
  }
}

/** Nobody else takes cards from stock, or gives some back, while the work is done. */
export async function withStockLock(context: SimContext, work: (lock: StockLease) => Promise<void>): Promise<void> {
  const locks = new StockLocks(context.main, context.registry.name)
  const lock = await takeLock(context, locks)
  try {
    await work(lock)
  } finally {
    await lock.release().catch(() => undefined)
  }
}

async function takeLock({waiting}: SimContext, locks: StockLocks): Promise<StockLease> {
  for (;;) {
    const made = await Lease.create(locks, {v: 1, key: 'stock/cards'}, Promise.resolve())
    if (made) return made
    const entry = await waitUntilReleased(locks, 'stock/cards', {...waiting, precondition: () => undefined})
    if (!entry) continue
    try {
      return await Lease.take(locks, entry)
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
    }
  }
}
