import pLimit from 'p-limit'

import {allOf} from '../all-of.js'
import {ensureNamed, ensureRegistered} from '../carrier/ensure.js'
import type {Sim} from '../carrier/port.js'
import {Failure} from '../errors.js'
import {activateSim, chooseGroup, type GroupChoice} from './activate.js'
import type {Card} from './card-file.js'
import {assignCards, settleOrders} from './card-orders.js'
import type {SimContext} from './context.js'
import {readLedger} from './reserve.js'

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
 * @throws {Failure} `plan` when there is no room for cards that no order waits for; then nothing was registered.
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
  const register = async (card: Card): Promise<Registered> => {
    const {iccid} = card
    const known = held.get(iccid)
    const registered = {iccid, order: orderOf.get(iccid)}
    let sim: Sim | undefined
    try {
      for (const lease of leases) await lease.renew()
      sim = known ?? (await registerCard(context, card))
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
  const limit = pLimit(concurrency)
  const registering = allOf(cards.map((card) => limit(() => register(card))))
  await registering.catch(() => undefined)
  const unsettled = await settle(context, leases, refused)
  return {cards: await registering, unsettled}
}

/** What became of each card is not to be lost where this fails. */
async function settle(...settling: Parameters<typeof settleOrders>): Promise<Failure | undefined> {
  try {
    await settleOrders(...settling)
    return undefined
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return error.withSuggestions('What is registered stays so: the same command completes the orders.')
  }
}

async function registerCard({sims, progress}: SimContext, card: Card): Promise<Sim> {
  return progress(`registering ${card.iccid}`, () => ensureRegistered(sims, card))
}

/** As the card's line says; else by the app-space and its last digits, where it has no name yet. */
async function nameSim({sims, appSpace, warn}: SimContext, sim: Sim, {iccid, name}: Card): Promise<Sim> {
  if (name === undefined && sim.name !== undefined) return sim
  const wanted = name ?? `${appSpace}-${iccid.slice(-6)}`
  const named = await ensureNamed(sims, sim, wanted)
  if (!named) warn(`${sim.sid} has no name: another SIM is called ${wanted}.`)
  return named ?? sim
}
