import {stepAt, type Step} from '../state/clock.js'
import type {SuperSim} from '../state/sims.js'

/** How long a change of status takes in the sandbox, by its own clock. */
const CHANGE_MS = 400

/** What is to be seen of a SIM's status. */
export function superSimStatus(sim: SuperSim, now: number): Step<SuperSim['status'] | 'scheduled'> {
  if (sim.status === 'new') return {status: 'new', since: sim.createdAt}
  return stepAt<SuperSim['status'] | 'scheduled'>(now, sim.statusAskedAt, 'scheduled', [CHANGE_MS, sim.status])
}

export function isSuperSimConnected(sim: SuperSim, now: number): boolean {
  const {status} = superSimStatus(sim, now)
  return status === 'ready' || status === 'active'
}
