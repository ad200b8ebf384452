import pLimit from 'p-limit'

import {sendOnce} from '../transport/idempotent.js'
import {Failure} from '../errors.js'
import {refusedWith, twilioCodes} from '../twilio/errors.js'
import {activateSim, ensureGroup} from './activate.js'
import type {Card} from './card-file.js'
import type {Sim} from '../sim-carrier.js'
import {assign, conclude} from './card-orders.js'
import type {SimContext} from './context.js'
import {readLedger} from './reserve.js'

/** How many requests for SIMs are under way together. */
const atOnce = 4

export interface RegisterRequest {
  readonly cards: readonly Card[]
  /** Count them against this order; else against those that wait, oldest first, and what is left as cards of one's own. */
  readonly order: string | undefined
  /** Fleet to activate them in; undefined: do not activate. */
  readonly activate: {readonly group: string | undefined; readonly country: string} | undefined
}

export interface Registered {
  readonly iccid: string
  readonly outcome: 'registered' | 'already' | 'failed'
  readonly sim: Sim | undefined
  readonly order: string | undefined
  readonly problem: Failure | undefined
}

/**
 * Makes cards in somebody's hands the app-space's. Each is written into an order before it is registered, so that it counts
 * once; one that is refused is taken out again. The orders are held meanwhile: nobody can cancel them in between. Can be run
 * again: what is there already is left as it is.
 * @throws {Failure} `plan` when there is no room for cards that no order waits for; then nothing was registered.
 */
export async function registerCards(context: SimContext, ask: RegisterRequest): Promise<Registered[]> {
  const group = ask.activate && (await ensureGroup(context.sims, 'super-sim', ask.activate))
  if (ask.order !== undefined) await context.orders.find(ask.order, context.appSpace)
  const ledger = await readLedger(context)
  const held = new Map(ledger.holdings.sims.map((sim) => [sim.iccid, sim]))
  const fresh = ask.cards.map(({iccid}) => iccid).filter((iccid) => !held.has(iccid))
  const leases = await assign(context, ledger, {cards: ask.cards, fresh, only: ask.order})
  const orderOf = new Map(leases.flatMap(({record: {order, iccids}}) => iccids.map((iccid) => [iccid, order] as const)))

  const limit = pLimit(atOnce)
  const refused: string[] = []
  try {
    return await allOf(
      ask.cards.map((card) =>
        limit(async (): Promise<Registered> => {
          const {iccid} = card
          const order = orderOf.get(iccid)
          const known = held.get(iccid)
          let sim: Sim | undefined
          try {
            for (const lease of leases) await lease.renew()
            sim = known ?? (await registerOne(context, card))
            const ready = await prepare(context, sim, card, group?.sid)
            return {iccid, outcome: known ? 'already' : 'registered', sim: ready, order, problem: undefined}
          } catch (error) {
            if (!(error instanceof Failure) || error.outcome === 'interrupted') throw error
            // Definitely not registered; what may have been stays written down.
            if (!sim && error.outcome !== 'temporary') refused.push(iccid)
            return {iccid, outcome: 'failed', sim, order, problem: error}
          }
        }),
      ),
    )
  } finally {
    await conclude(context, leases, refused)
  }
}

/** All results, or the first failure, but not before everything has come to its end. */
async function allOf<Result>(work: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

async function registerOne({sims, main, progress}: SimContext, {iccid, code}: Card): Promise<Sim> {
  progress(`registering ${iccid}`)
  const look = async () => (await sims.listSims({iccid}))[0]
  try {
    return await sendOnce(main.transport, {send: () => sims.register({iccid, code}), find: look})
  } catch (error) {
    // Registered by a request that was thought lost, or by somebody else a moment ago.
    const ours = refusedWith(error, twilioCodes.simAlreadyYours) ? await look() : undefined
    if (!ours) throw error
    return ours
  }
}

/** Names it, and activates it in the fleet. */
async function prepare(context: SimContext, sim: Sim, {iccid, name}: Card, group: string | undefined): Promise<Sim> {
  const wanted = name ?? `${context.appSpace}-${iccid.slice(-6)}`
  const isNamed = sim.name !== undefined && (name === undefined || sim.name === name)
  const named = isNamed ? sim : await rename(context, sim, wanted)
  return group === undefined ? named : activateSim(context, named, {group, wait: false})
}

async function rename({sims, main, warn}: SimContext, sim: Sim, name: string): Promise<Sim> {
  const look = async () => {
    const now = await sims.fetchSim(sim.sid)
    return now.name === name ? now : undefined
  }
  try {
    return await sendOnce(main.transport, {send: () => sims.rename(sim, name), find: look})
  } catch (error) {
    if (!refusedWith(error, twilioCodes.simNameTaken)) throw error
    warn(`${sim.sid} stays without a name: another SIM is called ${name}.`)
    return sim
  }
}
