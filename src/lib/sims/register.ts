import pLimit from 'p-limit'

import {makeOnce} from '../addon/once.js'
import {Failure, usage} from '../errors.js'
import {refusedWith, twilioCodes} from '../twilio/errors.js'
import {activateSim, ensureGroup} from './activate.js'
import type {Card} from './cards.js'
import type {Sim} from './carrier.js'
import {claimOrder, withOrder} from './change-order.js'
import {outstanding, requireRoom} from './ledger.js'
import type {SimMeans} from './means.js'
import {newOrderId, type OrderRecord} from './order.js'
import {changeReservations, readLedger, type Ledger} from './reserve.js'

/** How many requests for SIMs are under way together. */
const atOnce = 4

export interface RegisterAsk {
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
 * once; one that is refused is taken out again. Can be run again: what is there already is left as it is.
 * @throws {Failure} `plan` when there is no room for cards that no order waits for; then nothing was registered.
 */
export async function registerCards(means: SimMeans, ask: RegisterAsk): Promise<Registered[]> {
  const ledger = await readLedger(means)
  const held = new Map(ledger.holdings.sims.map((sim) => [sim.iccid, sim]))
  const fresh = ask.cards.filter(({iccid}) => !held.has(iccid))
  const orderOf = await assign(means, ledger, fresh, ask.order)
  const group = ask.activate && (await ensureGroup(means.sims, 'super-sim', ask.activate))

  const limit = pLimit(atOnce)
  const results = await Promise.all(
    ask.cards.map((card) =>
      limit(async (): Promise<Registered> => {
        const {iccid} = card
        const order = orderOf.get(iccid)
        try {
          const known = held.get(iccid)
          const sim = known ?? (await registerOne(means, card))
          const ready = await prepare(means, sim, card, group?.sid)
          return {iccid, outcome: known ? 'already' : 'registered', sim: ready, order, problem: undefined}
        } catch (error) {
          if (!(error instanceof Failure) || error.outcome === 'interrupted') throw error
          return {iccid, outcome: 'failed', sim: undefined, order, problem: error}
        }
      }),
    ),
  )
  await conclude(means, results)
  return results
}

async function registerOne({sims, main, progress}: SimMeans, {iccid, code}: Card): Promise<Sim> {
  progress(`registering ${iccid}`)
  const look = async () => (await sims.listSims({iccid}))[0]
  try {
    return await makeOnce({make: () => sims.register({iccid, code}), look}, main.transport)
  } catch (error) {
    // Registered by a request that was thought lost, or by somebody else a moment ago.
    const ours = refusedWith(error, twilioCodes.simAlreadyYours) ? await look() : undefined
    if (!ours) throw error
    return ours
  }
}

/** Names it, and activates it in the fleet. */
async function prepare(means: SimMeans, sim: Sim, {iccid, name}: Card, group: string | undefined): Promise<Sim> {
  const wanted = name ?? `${means.appSpace}-${iccid.slice(-6)}`
  const named =
    sim.name === undefined || (name !== undefined && sim.name !== name) ? await rename(means, sim, wanted) : sim
  return group === undefined ? named : activateSim(means, named, {group, wait: false})
}

async function rename({sims, warn}: SimMeans, sim: Sim, name: string): Promise<Sim> {
  try {
    return await sims.rename(sim, name)
  } catch (error) {
    if (!refusedWith(error, twilioCodes.simNameTaken)) throw error
    warn(`${sim.sid} stays without a name: another SIM is called ${name}.`)
    return sim
  }
}

/** Writes each new card into an order that waits for one; for what is left over, a new order, if there is room. */
async function assign(
  means: SimMeans,
  ledger: Ledger,
  fresh: readonly Card[],
  only: string | undefined,
): Promise<Map<string, string>> {
  const {orders, holdings} = ledger
  const orderOf = new Map(orders.flatMap(({order, iccids}) => iccids.map((iccid) => [iccid, order] as const)))
  const rest = fresh.map(({iccid}) => iccid).filter((iccid) => !orderOf.has(iccid))
  const waiting = orders.filter((record) => takesCards(record) && outstanding(record, holdings) > 0)
  const candidates = only === undefined ? waiting : waiting.filter(({order}) => order === only)
  for (const {order} of candidates) {
    if (rest.length === 0) break
    let taken: string[] = []
    await withOrder(means, order, (record) => {
      taken = takesCards(record) ? rest.slice(0, free(record)) : []
      return {iccids: [...record.iccids, ...taken]}
    })
    for (const iccid of taken) orderOf.set(iccid, order)
    rest.splice(0, taken.length)
  }
  if (rest.length === 0) return orderOf
  if (only !== undefined) {
    throw usage(
      'ORDER_FULL',
      `Order ${only} waits for ${fresh.length - rest.length} of these ${fresh.length} cards; nothing was registered.`,
      'Give fewer cards, or leave --order out.',
    )
  }
  const own = await orderForOwn(means, rest)
  for (const iccid of rest) orderOf.set(iccid, own)
  return orderOf
}

function takesCards({kind, state}: OrderRecord): boolean {
  return kind === 'card' && ['waiting', 'ordered', 'shipped', 'delivered'].includes(state)
}

function free({quantity, stock, iccids}: OrderRecord): number {
  return Math.max(0, quantity - stock.length - iccids.length)
}

/** Cards that were got elsewhere: they count against the limit as any other. */
async function orderForOwn(means: SimMeans, iccids: readonly string[]): Promise<string> {
  const {orders, appSpace, akkeris, accountSid} = means
  const order = newOrderId()
  const entry = await orders.create(
    {
      v: 1,
      order,
      appSpace,
      host: akkeris.host,
      accountSid,
      kind: 'card',
      quantity: iccids.length,
      eids: [],
      state: 'delivered',
      stock: [],
      profiles: [],
      iccids,
      createdAt: new Date().toISOString(),
    },
    Promise.resolve(),
  )
  try {
    await changeReservations(means, ({record, tally}, standing) => {
      requireRoom(record.plan, tally, iccids.length)
      return [...standing, {order, quantity: iccids.length}]
    })
  } catch (error) {
    if (entry && error instanceof Failure && error.outcome === 'plan') await orders.remove(entry)
    throw error
  }
  return order
}

/** Takes what was refused out of the orders again, and completes those for which everything has arrived. */
async function conclude(means: SimMeans, results: readonly Registered[]): Promise<void> {
  const touched = new Set(results.flatMap(({order}) => order ?? []))
  const {holdings, orders} = await readLedger(means)
  for (const order of touched) {
    const before = orders.find((record) => record.order === order)
    if (before?.state === 'complete') continue
    const refused = results.filter((each) => each.order === order && isRefused(each)).map(({iccid}) => iccid)
    const claim = await claimOrder(means, order)
    const iccids = claim.record.iccids.filter((iccid) => !refused.includes(iccid))
    // An order for cards of one's own waits for nothing but these.
    const isOwn = claim.record.seller === undefined
    const quantity = isOwn ? claim.record.quantity - refused.length : claim.record.quantity
    const changed = {...claim.record, iccids, quantity}
    const isComplete = outstanding(changed, holdings) === 0
    await claim.finish({iccids, quantity, ...(isComplete && {state: quantity === 0 ? 'cancelled' : 'complete'})})
  }
  await changeReservations(means, (_, standing) => standing)
}

/** Definitely not registered; what may have been stays written down. */
function isRefused({problem}: Registered): boolean {
  return problem !== undefined && problem.outcome !== 'temporary'
}
