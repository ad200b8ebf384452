import {type Step, stepAt} from '../state/clock.js'
import type {ESimProfile, SuperSim, WirelessSim} from '../state/types/sims.js'

/** How long a change of a SIM's status takes, by the sandbox's clock. */
const CHANGE_MS = 400
/** 72 hours after it was deactivated, a wireless SIM is canceled for good. */
const CANCELED_MS = 72 * 60 * 60 * 1000
/** How long it takes until an eSIM profile is being reserved, and until it is available. */
const RESERVING_MS = 300
export const ESIM_AVAILABLE_MS = 800

type SuperSimStatus = SuperSim['status'] | 'scheduled'
export type WirelessSimStatus = WirelessSim['status'] | 'updating' | 'canceled'
type ESimStatus = 'new' | 'reserving' | 'available' | 'failed'

export function superSimStatus(sim: SuperSim, now: number): Step<SuperSimStatus> {
  if (sim.status === 'new') return {status: 'new', since: sim.createdAt}
  return stepAt<SuperSimStatus>(now, sim.statusAskedAt, 'scheduled', [CHANGE_MS, sim.status])
}

export function wirelessSimStatus(sim: WirelessSim, now: number): Step<WirelessSimStatus> {
  if (sim.status === 'new') return {status: 'new', since: sim.createdAt}
  const changed = [CHANGE_MS, sim.status] as const
  if (sim.status !== 'deactivated') return stepAt<WirelessSimStatus>(now, sim.statusAskedAt, 'updating', changed)
  return stepAt<WirelessSimStatus>(now, sim.statusAskedAt, 'updating', changed, [CANCELED_MS, 'canceled'])
}

/** Whether a SIM with this status can send and receive. */
export function isConnected({status}: Step<SuperSimStatus | WirelessSimStatus>): boolean {
  return status === 'ready' || status === 'active'
}

export function eSimStatus({createdAt, simSid}: ESimProfile, now: number): Step<ESimStatus> {
  const end = simSid === null ? 'failed' : 'available'
  return stepAt<ESimStatus>(now, createdAt, 'new', [RESERVING_MS, 'reserving'], [ESIM_AVAILABLE_MS, end])
}
