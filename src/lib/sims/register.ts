import pLimit from 'p-limit'

import {allOf} from '../all-of.js'
import {ensureMoved, ensureNamed, ensureOwner, ensureRegistered, holds} from '../carrier/ensure.js'
import type {Sim} from '../carrier/port.js'
import {Failure} from '../errors.js'
import {activateSim, chooseGroup, type GroupChoice} from './activate.js'
import type {Card} from './card-file.js'
import {assignCards, settleOrders} from './card-orders.js'
import type {SimContext} from './context.js'
import {readLedger} from './reserve.js'
import {type StockLease, withStockLock} from './stock.js'

/** How many requests for SIMs run at the same time. */
const concurrency = 4

export interface RegisterRequest {
  readonly cards: readonly Card[]
  /** Count them against this order; else against those that wait, oldest first, and the rest as cards from elsewhere. */
  readonly order: string | undefined
  /** Fleet to activate them in; undefined: do not activate. */
  readonly activate: GroupChoice | undefined
}

export interface Registration {
  /** In the order of the list. */
  readonly cards: readonly Registered[]
  /** Why the orders of these cards could not be completed, if they could not. */
  readonly unsettled: Failure | undefined
}

export interface Registered {
  readonly iccid: string
  readonly outcome: 'registered' | 'already' | 'failed'
  readonly sim: Sim | undefined
  readonly order: string | undefined
  readonly problem: Failure | undefined
}

/**
 * Makes cards in somebody's hands the app-space's. Each is written into an order before it is registered, so that it is counted
 * once; a card that is refused is taken out again. The orders are leased meanwhile: nobody can cancel them. It can be run again:
 * what is registered already is left as it is.
 * @throws {Failure} `plan` when the limit does not allow the cards that no order waits for; then nothing was registered.
 */
export async function registerCards(
  context: SimContext,
  {cards, order, activate}: RegisterRequest,
): Promise<Registration> {
  const group = activate && (await chooseGroup(context.sims, 'super-sim', activate))
  if (order !== undefined) await context.orders.find(order, context.appSpace)
  const ledger = await readLedger(context)
  const leases = await assignCards(context, ledger, {cards, order})

  const held = new Map(ledger.holdings.sims.map((sim) => [sim.iccid, sim]))
  const orderOf = new Map(leases.flatMap(({record}) => record.iccids.map((iccid) => [iccid, record.order] as const)))
  const refused: string[] = []
  const register = async (card: Card, lock?: StockLease): Promise<Registered> => {
    const {iccid} = card
    const known = held.get(iccid)
    const registered = {iccid, order: orderOf.get(iccid)}
    let sim: Sim | undefined
    try {
      for (const lease of leases) await lease.renew()
      sim = known ?? (await registerCard(context, card, lock))
      sim = await nameSim(context, sim, card)
      if (group) sim = await activateSim(context, sim, {group: group.sid, wait: false})
      return {...registered, outcome: known ? 'already' : 'registered', sim, problem: undefined}
    } catch (error) {
      if (!(error instanceof Failure) || error.outcome === 'interrupted') throw error
      // Definitely not registered. A card that may have been registered stays in its order.
      if (!sim && error.outcome !== 'temporary') refused.push(iccid)
      return {...registered, outcome: 'failed', sim, problem: error}
    }
  }
  const registering = registerEach(context, {cards, country: activate?.country}, register)
  await registering.catch(() => undefined)
  const unsettled = await settle(context, leases, refused)
  return {cards: await registering, unsettled}
}

/** A few at a time; in a shared account under the lock of its stock, as what is registered is there before it is the app-space's. */
async function registerEach(
  context: SimContext,
  {cards, country}: {readonly cards: readonly Card[]; readonly country: string | undefined},
  register: (card: Card, lock?: StockLease) => Promise<Registered>,
): Promise<Registered[]> {
  const limit = pLimit(concurrency)
  const all = async (lock?: StockLease) => allOf(cards.map((card) => limit(() => register(card, lock))))
  if (!context.sims.isShared) return all()
  let results: Registered[] = []
  await ensureOwner(context.sims, country ?? context.service.country)
  await withStockLock(context, async (lock) => {
    results = await all(lock)
  })
  return results
}

/** What became of each card is not to be lost where this fails. */
async function settle(...settling: Parameters<typeof settleOrders>): Promise<Failure | undefined> {
  try {
    await settleOrders(...settling)
    return undefined
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return error.withSuggestions('What is registered stays registered: the same command completes the orders.')
  }
}

/** In a shared account it is in stock then, as if nobody had ordered it, and is moved from there. */
async function registerCard({sims, stock, progress}: SimContext, card: Card, lock?: StockLease): Promise<Sim> {
  return progress(`registering ${card.iccid}`, async () => {
    const sim = await ensureRegistered({sims, stock}, card)
    if (lock && !(await holds(sims, sim))) await ensureMoved(sim, {stock, to: sims, guard: lock})
    return sim
  })
}

/** As the card's line says; else by the app-space and its last digits, where it has no name yet. */
async function nameSim({sims, appSpace, warn}: SimContext, sim: Sim, {iccid, name}: Card): Promise<Sim> {
  if (name === undefined && sim.name !== undefined) return sim
  const wanted = name ?? `${appSpace}-${iccid.slice(-6)}`
  const named = await ensureNamed(sims, sim, wanted)
  if (!named) warn(`${sim.sid} has no name: another SIM is called ${wanted}.`)
  return named ?? sim
}
