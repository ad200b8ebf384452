import type {Context} from '../../http/context.js'
import {ApiError, invalidParameter} from '../../http/errors.js'
import type {SuperSim} from '../../state/types/sims.js'
import {existingSuperSims} from '../../world/sim-cards.js'
import {isConnected, superSimStatus} from '../../world/sim-status.js'
import {findBySidOrName, ownedByCaller} from '../shared/find.js'

/** The SIM that a command is sent to. */
export function recipient(context: Context): SuperSim {
  const {state, form, now} = context
  const name = form.get('Sim')
  if (!name) throw invalidParameter('Sim is needed, its SID or unique name')
  const sim = findBySidOrName(ownedByCaller(context, existingSuperSims(state, now)), name)
  if (!sim) throw new ApiError(400, 83005, `Super SIM not found: ${name}`)
  return sim
}

/** Whether a SIM is connected, in a fleet that has this setting on. */
export function isReachable({state, now}: Context, sim: SuperSim, setting: string): boolean {
  if (!isConnected(superSimStatus(sim, now))) return false
  return state.fleets.find(({sid}) => sid === sim.fleetSid)?.settings[setting] === true
}
