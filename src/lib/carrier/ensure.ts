import {temporary} from '../errors.js'
import {longestWait, until, visibilityTimeoutMs, watch} from '../poll.js'
import {sameText} from '../text.js'
import {type SendGuard, sendListedOnce, sendOnce, sendRepeatable, untilListed} from '../transport/idempotent.js'
import {
  type ESimProfile,
  isActive,
  isChanging,
  type NewSimGroup,
  type OutgoingMessage,
  type Product,
  type Sim,
  type SimCarrier,
  type SimGroup,
  type SimMessage,
} from './port.js'

/**
 * Each change that must not happen twice, beside the lookup that proves it; the same for every carrier (docs/decisions/0009).
 */

/** How long a change of a SIM's status is waited for. */
const statusTimeoutMs = 120_000

/** The fleet or rate plan of that name, created where there is none. */
export async function ensureGroup(carrier: SimCarrier, product: Product, group: NewSimGroup): Promise<SimGroup> {
  const find = async () => (await carrier.listGroups(product)).find(({name}) => name === group.name)
  const there = await find()
  if (there) return there
  const effect = `${group.name} was created for the SIMs`
  try {
    const prepared = await carrier.prepareGroup(product, group)
    const send = async () => carrier.createGroup(product, group, prepared)
    return await sendOnce(carrier.transport, {effect, send, find})
  } catch (error) {
    if (carrier.refusalOf(error) === undefined) throw error
    // Names are unique: another run may be just creating it.
    const created = await until(carrier.transport, find, {timeoutMs: visibilityTimeoutMs})
    if (!created) throw error
    return created
  }
}

/** Where a SIM can only be moved to a fleet that is there: that fleet. */
export async function ensureOwner(carrier: SimCarrier, country: string): Promise<void> {
  if (carrier.isShared) await ensureGroup(carrier, 'super-sim', {name: carrier.standardGroup, country})
}

/** Registers a card, once; one that is the owner's already is no error. In a shared account it is in stock then. */
export async function ensureRegistered(
  {sims: carrier, stock}: {readonly sims: SimCarrier; readonly stock: SimCarrier},
  card: {readonly iccid: string; readonly code: string},
): Promise<Sim> {
  const {iccid} = card
  const find = async () =>
    (await carrier.listSims({iccid}))[0] ?? (carrier.isShared ? (await stock.listSims({iccid}))[0] : undefined)
  try {
    return await sendRepeatable(carrier.transport, {send: () => carrier.register(card), find})
  } catch (error) {
    // By a request that was thought lost, or by another run a moment ago: it may take a while to show.
    const isThere = carrier.refusalOf(error) === 'already registered'
    const registered = isThere
      ? await untilListed(carrier.transport, find, {what: `for the card ${card.iccid} to show`})
      : undefined
    if (!registered) throw error
    return registered
  }
}

/** Orders one eSIM profile, once. An order leaves no mark on a profile: one that `isOurs` is taken for what was ordered. */
export async function ensureProfileOrdered(
  carrier: SimCarrier,
  eid: string | undefined,
  {isOurs, guard}: {readonly isOurs: (profile: ESimProfile) => boolean; readonly guard: SendGuard},
): Promise<ESimProfile> {
  return sendOnce(carrier.transport, {
    effect: 'an eSIM profile was ordered',
    send: (sending) => carrier.orderProfile(eid, sending),
    find: async () => (await carrier.listProfiles()).find(isOurs),
    guard,
  })
}

/** Moves a SIM that was never activated to another owner. Only the carrier of the stock may. */
export async function ensureMoved(
  sim: Sim,
  {stock, to, guard}: {readonly stock: SimCarrier; readonly to: SimCarrier; readonly guard?: SendGuard},
): Promise<void> {
  const find = async () => ((await holds(to, sim)) ? true : undefined)
  const send = async (sending: Parameters<SimCarrier['move']>[2]) => {
    await stock.move(sim.sid, to.owner, sending)
    return true
  }
  try {
    await sendRepeatable(stock.transport, {send, find, ...(guard && {guard})})
  } catch (error) {
    // No longer where it was: moved by a request that was thought lost?
    const what = `for ${sim.sid} to show where it was moved`
    if (stock.refusalOf(error) === 'not found' && (await untilListed(stock.transport, find, {guard, what}))) return
    throw error
  }
}

export async function holds(carrier: SimCarrier, {sid, iccid}: Sim): Promise<boolean> {
  return (await carrier.listSims({iccid})).some((sim) => sim.sid === sid)
}

/** Names a SIM; undefined where another one has the name. */
export async function ensureNamed(carrier: SimCarrier, sim: Sim, name: string): Promise<Sim | undefined> {
  const isNamed = (each: Sim) => each.name !== undefined && sameText(each.name, name)
  if (isNamed(sim)) return sim
  const find = async () => {
    const now = await carrier.fetchSim(sim.sid)
    return isNamed(now) ? now : undefined
  }
  try {
    return await sendRepeatable(carrier.transport, {send: () => carrier.rename(sim, name), find})
  } catch (error) {
    if (carrier.refusalOf(error) === 'name taken') return undefined
    throw error
  }
}

/** Lets a SIM connect, in that fleet or rate plan, unless it may already. Given back, the change may still be under way. */
export async function ensureActive(carrier: SimCarrier, sim: Sim, group: string): Promise<Sim> {
  if (isActiveIn(sim, group)) return sim
  const find = async () => {
    const now = await carrier.fetchSim(sim.sid)
    return isActiveIn(now, group) || (isChanging(now) && now.group === group) ? now : undefined
  }
  return sendRepeatable(carrier.transport, {send: () => carrier.activate(sim, group), find})
}

export function isActiveIn(sim: Sim, group: string): boolean {
  return isActive(sim) && sim.group === group
}

/** Keeps a SIM from connecting, unless it cannot anyway. Given back, the change may still be under way. */
export async function ensureInactive(carrier: SimCarrier, sim: Sim): Promise<Sim> {
  if (!isActive(sim)) return sim
  const find = async () => {
    const now = await carrier.fetchSim(sim.sid)
    return isActive(now) ? undefined : now
  }
  return sendRepeatable(carrier.transport, {send: () => carrier.deactivate(sim), find})
}

/** The SIM as soon as no change of its status is under way. @throws {Failure} `temporary` after two minutes. */
export async function untilUnchanging(carrier: SimCarrier, sim: Sim): Promise<Sim> {
  const timeoutMs = longestWait(carrier.transport, statusTimeoutMs)
  const now = await watch(carrier.transport, sim, {
    refresh: ({sid}) => carrier.fetchSim(sid),
    isFinal: (each) => !isChanging(each),
    timeoutMs,
    what: `for ${sim.name ?? sim.sid} to become active or inactive`,
  })
  if (!isChanging(now)) return now
  throw temporary('SIM_STATUS_PENDING', `${sim.sid} is still ${now.status} after ${timeoutMs / 1000} seconds.`)
}

/** Sends a message to a SIM, once. @throws as `sendListedOnce` */
export async function ensureSent(carrier: SimCarrier, message: OutgoingMessage, seeAt: string): Promise<SimMessage> {
  const {sim, payload} = message
  const isLikeIt = (each: SimMessage) => each.direction === 'to SIM' && sameText(each.payload, payload)
  return sendListedOnce(carrier.transport, {
    effect: `the message to ${sim.name ?? sim.sid} was sent`,
    send: () => carrier.sendMessage(message),
    list: async () => (await carrier.listMessages({sim})).filter(isLikeIt),
    seeAt,
  })
}
