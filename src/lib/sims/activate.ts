import {sendOnce} from '../transport/idempotent.js'
import {temporary, usage} from '../errors.js'
import {
  isFresh,
  isOn,
  isSettling,
  products,
  type Product,
  type Sim,
  type SimCarrier,
  type SimGroup,
} from '../sim-carrier.js'
import type {SimContext} from './context.js'

/** Of the fleet or rate plan that is made where there is none. */
const standardName = 'aka-twilio'

/** How long a change of a SIM's status is waited for. */
const timeoutMs = 120_000

/**
 * The fleet (or rate plan) that SIMs are to be in: the named one, else the only one, else a new one.
 * @throws {Failure} `usage` when there are several to choose from, or no such one.
 */
export async function ensureGroup(
  sims: SimCarrier,
  product: Product,
  {group, country}: {readonly group: string | undefined; readonly country: string},
): Promise<SimGroup> {
  const groups = await sims.listGroups(product)
  const what = product === 'super-sim' ? 'fleet' : 'rate plan'
  const names = groups.map(({sid, name}) => name || sid).join(', ')
  if (group !== undefined) {
    const found = groups.find(({sid, name}) => group === sid || group === name)
    if (found) return found
    throw usage(
      'FLEET_NOT_FOUND',
      `There is no ${what} ${group}.`,
      names ? `There are: ${names}.` : 'Leave --fleet out: one is made.',
    )
  }
  const [first, ...others] = groups
  if (first && others.length === 0) return first
  const standard = groups.find(({name}) => name === standardName)
  if (standard) return standard
  if (first)
    throw usage(
      'FLEET_UNCLEAR',
      `There are several ${what}s of ${products[product]}.`,
      `Choose with --fleet: ${names}.`,
    )
  const look = async () => (await sims.listGroups(product)).find(({name}) => name === standardName)
  return sendOnce(sims.transport, {send: () => sims.makeGroup(product, {name: standardName, country}), find: look})
}

/** Lets a SIM connect, in that fleet or rate plan. Nothing to do where it can already. */
export async function activateSim(
  {sims, main, progress}: SimContext,
  sim: Sim,
  {group, wait}: {readonly group: string; readonly wait: boolean},
): Promise<Sim> {
  // Under way may be the opposite.
  const current = isSettling(sim) ? await settled(sims, sim) : sim
  const isDone = (each: Sim) => (isOn(each) || isSettling(each)) && each.group === group
  if (isDone(current)) return current
  progress(`activating ${sim.name ?? sim.sid}`)
  const look = async () => {
    const now = await sims.fetchSim(sim.sid)
    return isDone(now) ? now : undefined
  }
  const asked = await sendOnce(main.transport, {send: () => sims.activate(current, group), find: look})
  return wait ? settled(sims, asked) : asked
}

/** Keeps a SIM from connecting. Nothing to do where it cannot anyway. */
export async function deactivateSim(
  {sims, main, progress}: SimContext,
  sim: Sim,
  {wait}: {readonly wait: boolean},
): Promise<Sim> {
  if (isFresh(sim) || !(isOn(sim) || isSettling(sim))) return sim
  const current = isSettling(sim) ? await settled(sims, sim) : sim
  if (!isOn(current)) return current
  progress(`deactivating ${sim.name ?? sim.sid}`)
  const look = async () => {
    const now = await sims.fetchSim(sim.sid)
    return isOn(now) ? undefined : now
  }
  const asked = await sendOnce(main.transport, {send: () => sims.deactivate(current), find: look})
  return wait ? settled(sims, asked) : asked
}

/** The SIM as soon as no change of its status is under way. @throws {Failure} `temporary` after two minutes. */
async function settled(sims: SimCarrier, sim: Sim): Promise<Sim> {
  const started = performance.now()
  let now = sim
  for (let time = 1; isSettling(now); time++) {
    if (performance.now() - started > timeoutMs)
      throw temporary('SIM_STILL_CHANGING', `${sim.sid} is still ${now.status} after ${timeoutMs / 60_000} minutes.`)
    await sims.transport.pause(Math.min(time, 4))
    now = await sims.fetchSim(sim.sid)
  }
  return now
}
