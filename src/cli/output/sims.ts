import type {Sim} from '../../lib/carrier/port.js'

/** Words of `twilio:sims:activate` and `twilio:sims:deactivate`. */
export function renderChanged(sims: readonly Sim[]): string {
  return sims.map(({sid, name, status}) => `${name ?? sid} is ${status}.`).join('\n')
}
