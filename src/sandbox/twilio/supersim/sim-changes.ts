import {ApiError, invalidParameter} from '../../http/respond.js'
import type {Context} from '../../http/router.js'
import type {SuperSim} from '../../state/sims.js'
import {findNamed, heldBy, readUniqueName, type NameRules} from '../held.js'
import {findSimToUpdate, ownerAfter} from '../sim-moves.js'
import {superSimStatus} from '../../world/supersim-status.js'

type Status = SuperSim['status']

/** What a SIM may be turned into. What was once activated is never new again, nor ready. */
const TRANSITIONS: Readonly<Record<Status, readonly Status[]>> = {
  new: ['ready', 'active'],
  ready: ['active', 'inactive'],
  active: ['inactive'],
  inactive: ['active'],
}

const NAMES: NameRules = {
  prefix: 'HS',
  invalid: () => invalidParameter('UniqueName'),
  taken: () => new ApiError(400, 83011, 'A Super SIM with the specified Unique Name exists already'),
}

/** Does what a request asks for, all of it or nothing. */
export function changeSuperSim(context: Context): SuperSim {
  const {state, form, now} = context
  const sim = findSimToUpdate(context, state.superSims)
  if (!sim) throw new ApiError(404, 83005, 'Super SIM not found')
  const accountSid = ownerAfter(context, sim, invalidParameter)
  const others = heldBy(accountSid, now, state.superSims).filter((each) => each !== sim)
  const uniqueName = readUniqueName(form, others, NAMES, sim.uniqueName)
  const fleetSid = fleetAfter(context, sim, accountSid)
  const status = statusAfter(context, sim)
  checkFleet(sim, {status, fleetSid})

  if (status !== sim.status) sim.statusAskedAt = now
  Object.assign(sim, {accountSid, uniqueName, fleetSid, status, updatedAt: now})
  return sim
}

function fleetAfter({state, form, now}: Context, sim: SuperSim, accountSid: string): string | null {
  const name = form.get('Fleet')
  // A fleet belongs to one account: a SIM that moves leaves it behind.
  if (name === null) return accountSid === sim.accountSid ? sim.fleetSid : null
  const fleet = findNamed(heldBy(accountSid, now, state.fleets), name)
  if (name !== '' && !fleet) throw new ApiError(400, 83006, 'The target Fleet of the Super SIM was not found')
  const fleetSid = fleet?.sid ?? null
  if (fleetSid !== sim.fleetSid && superSimStatus(sim, now).status === 'scheduled')
    throw new ApiError(400, 83009, "The Super SIM's Fleet cannot be updated while its status is scheduled")
  return fleetSid
}

function statusAfter({form, now}: Context, sim: SuperSim): Status {
  const status = form.get('Status')
  if (status !== null && !isWanted(status)) throw invalidParameter('Status must be ready, active or inactive')
  if (status === null || status === sim.status) return sim.status
  if (superSimStatus(sim, now).status === 'scheduled' || !TRANSITIONS[sim.status].includes(status))
    throw new ApiError(400, 83010, `The Super SIM cannot be updated from its status to ${status}`)
  return status
}

function checkFleet(sim: SuperSim, {status, fleetSid}: Pick<SuperSim, 'status' | 'fleetSid'>): void {
  if (fleetSid !== null || status === 'new' || status === 'inactive') return
  if (sim.fleetSid === null) throw new ApiError(400, 83007, 'A Super SIM without a Fleet cannot be activated')
  throw new ApiError(400, 83008, 'A Super SIM that is ready or active cannot be removed from its Fleet')
}

function isWanted(status: string): status is Exclude<Status, 'new'> {
  return ['ready', 'active', 'inactive'].includes(status)
}
