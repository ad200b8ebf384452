import {ApiError, invalidParameter} from '../../http/respond.js'
import type {Context} from '../../http/router.js'
import type {Fleet, SuperSim} from '../../state/sims.js'
import {findNamed, heldByCaller} from '../held.js'
import {isSuperSimConnected} from '../../world/supersim-status.js'

/** The SIM that a command is for. */
export function recipient(context: Context): SuperSim {
  const name = context.form.get('Sim')
  if (!name) throw invalidParameter('Sim is needed, its SID or unique name')
  const sim = findNamed(heldByCaller(context, context.state.superSims), name)
  if (!sim) throw new ApiError(400, 83005, `Super SIM not found: ${name}`)
  return sim
}

/** The fleet that says what a SIM may do, as long as the SIM can be reached at all. */
export function connectedFleet({state, now}: Context, sim: SuperSim): Fleet | undefined {
  return isSuperSimConnected(sim, now) ? state.fleets.find(({sid}) => sid === sim.fleetSid) : undefined
}
