import {stepAt, type Step} from '../state/clock.js'
import type {WirelessSim} from '../state/sims.js'

/** How long a change of status takes in the sandbox, by its own clock. */
const CHANGE_MS = 400
/** A deactivated SIM is beyond recall after 72 hours. */
const CANCELED_MS = 72 * 60 * 60 * 1000

export type WirelessStatus = WirelessSim['status'] | 'updating' | 'canceled'

/** What is to be seen of a SIM's status. */
export function wirelessStatus(sim: WirelessSim, now: number): Step<WirelessStatus> {
  if (sim.status === 'new') return {status: 'new', since: sim.createdAt}
  const settled = [CHANGE_MS, sim.status] as const
  if (sim.status !== 'deactivated') return stepAt<WirelessStatus>(now, sim.statusAskedAt, 'updating', settled)
  return stepAt<WirelessStatus>(now, sim.statusAskedAt, 'updating', settled, [CANCELED_MS, 'canceled'])
}

export function isWirelessConnected(sim: WirelessSim, now: number): boolean {
  const {status} = wirelessStatus(sim, now)
  return status === 'ready' || status === 'active'
}
