import {ensureActive, ensureGroup, ensureInactive, isActiveIn, untilUnchanging} from '../carrier/ensure.js'
import {isActive, type Product, products, type Sim, type SimCarrier, type SimGroup} from '../carrier/port.js'
import {Failure, usage} from '../errors.js'
import type {SimContext} from './context.js'
import {adoptArrivedSims} from './read-orders.js'

export interface GroupChoice {
  /** Fleet or rate plan by SID or name. */
  readonly group: string | undefined
  /** Whose networks a new one gets. */
  readonly country: string
}

/** What became of several SIMs: those that were changed, until one failed. */
export interface ChangedSims {
  readonly sims: readonly Sim[]
  readonly failure: Failure | undefined
}

/** Lets SIMs connect, one after the other. @throws {Failure} when the first one fails: nothing was changed then. */
export async function activateSims(
  context: SimContext,
  names: readonly string[],
  {group, country, wait}: GroupChoice & {readonly wait: boolean},
): Promise<ChangedSims> {
  await adoptArrivedSims(context)
  return eachUntilFailure(names, async (name) => {
    const sim = await context.sims.fetchSim(name)
    const {sid} = await chooseGroup(context.sims, sim.product, {group: group ?? sim.group, country})
    return activateSim(context, sim, {group: sid, wait})
  })
}

/** Keeps SIMs from connecting, one after the other. @throws as `activateSims` */
export async function deactivateSims(
  context: SimContext,
  names: readonly string[],
  {wait}: {readonly wait: boolean},
): Promise<ChangedSims> {
  return eachUntilFailure(names, async (name) => deactivateSim(context, await context.sims.fetchSim(name), {wait}))
}

async function eachUntilFailure(
  names: readonly string[],
  change: (name: string) => Promise<Sim>,
): Promise<ChangedSims> {
  const sims: Sim[] = []
  for (const name of names) {
    try {
      sims.push(await change(name))
    } catch (error) {
      if (!(error instanceof Failure) || sims.length === 0) throw error
      const left = names.slice(sims.length + 1)
      const failure = left.length > 0 ? error.withSuggestions(`Not tried: ${left.join(', ')}.`) : error
      return {sims, failure}
    }
  }
  return {sims, failure: undefined}
}

/**
 * The fleet (or rate plan) that SIMs get: the named one, else the only one, else the standard one, which is created where there
 * is none at all.
 * @throws {Failure} `usage` when there are several to choose from, or no such one.
 */
export async function chooseGroup(
  carrier: SimCarrier,
  product: Product,
  {group: wanted, country}: GroupChoice,
): Promise<SimGroup> {
  const groups = await carrier.listGroups(product)
  const kind = product === 'super-sim' ? 'fleet' : 'rate plan'
  const names = groups.map(({sid, name}) => name || sid).join(', ')
  if (wanted !== undefined) {
    const found = groups.find(({sid, name}) => wanted === sid || wanted === name)
    if (found) return found
    throw usage(
      'FLEET_UNKNOWN',
      `There is no ${kind} ${wanted}.`,
      names ? `There are: ${names}.` : 'Leave --fleet out: one is created.',
    )
  }
  const [first, ...others] = groups
  const {standardGroup} = carrier
  if (!first) return ensureGroup(carrier, product, {name: standardGroup, country})
  if (others.length === 0) return first
  const standard = groups.find(({name}) => name === standardGroup)
  if (standard) return standard
  throw usage(
    'FLEET_AMBIGUOUS',
    `There are several ${kind}s of ${products[product]}.`,
    `Choose with --fleet: ${names}.`,
  )
}

/** Lets a SIM connect, in that fleet or rate plan. Nothing to do where it can already. */
export async function activateSim(
  {sims, progress}: SimContext,
  sim: Sim,
  {group, wait}: {readonly group: string; readonly wait: boolean},
): Promise<Sim> {
  // The change under way may be the opposite.
  const current = await untilUnchanging(sims, sim)
  const activate = async () => {
    const active = await ensureActive(sims, current, group)
    return wait ? untilUnchanging(sims, active) : active
  }
  return isActiveIn(current, group) ? activate() : progress(`activating ${sim.name ?? sim.sid}`, activate)
}

/** Keeps a SIM from connecting. Nothing to do where it cannot anyway. */
export async function deactivateSim(
  {sims, progress}: SimContext,
  sim: Sim,
  {wait}: {readonly wait: boolean},
): Promise<Sim> {
  const current = await untilUnchanging(sims, sim)
  const deactivate = async () => {
    const inactive = await ensureInactive(sims, current)
    return wait ? untilUnchanging(sims, inactive) : inactive
  }
  return isActive(current) ? progress(`deactivating ${sim.name ?? sim.sid}`, deactivate) : deactivate()
}
