import type {Context} from '../../http/context.js'
import {ApiError, invalidParameter} from '../../http/errors.js'
import type {SuperSim} from '../../state/types/sims.js'
import {existingSuperSims} from '../../world/sim-cards.js'
import {superSimStatus} from '../../world/sim-status.js'
import {findBySidOrName, ownedBy} from '../shared/find.js'
import {type NameRules, readUniqueName} from '../shared/parameters.js'
import {accountAfterUpdate, findSimToUpdate} from '../shared/sim-transfer.js'
import {readWebhook} from '../shared/webhooks.js'

type Status = SuperSim['status']

/** A SIM that was activated once is never new again, nor ready. */
const TRANSITIONS: Readonly<Record<Status, readonly Status[]>> = {
  new: ['ready', 'active'],
  ready: ['active', 'inactive'],
  active: ['inactive'],
  inactive: ['active'],
}

const NAMES: NameRules = {
  sidPrefix: 'HS',
  invalid: () => invalidParameter('UniqueName'),
  taken: () => new ApiError(400, 83011, 'A Super SIM with the specified Unique Name exists already'),
}

/** Changes everything that a request asks for, or nothing. */
export function updateSuperSim(context: Context): SuperSim {
  const {state, form, now} = context
  const sims = existingSuperSims(state, now)
  const sim = findSimToUpdate(context, sims)
  if (!sim) throw new ApiError(404, 83005, 'Super SIM not found')
  const accountSid = accountAfterUpdate(context, sim, invalidParameter)
  const others = ownedBy(accountSid, sims).filter((each) => each !== sim)
  const uniqueName = readUniqueName(form, others, NAMES, sim.uniqueName)
  const fleetSid = fleetAfterUpdate(context, sim, accountSid)
  const status = statusAfterUpdate(context, sim)
  checkFleet(sim, {status, fleetSid})

  const callback = readWebhook(form, 'CallbackUrl', 'CallbackMethod')
  const statuses = [...(sim.statuses ?? []), {status, at: now}]
  if (status !== sim.status) Object.assign(sim, {statuses})
  // Both take a while; a SIM that leaves its account leaves its fleet at once.
  if (status !== sim.status || (fleetSid !== sim.fleetSid && form.has('Fleet')))
    Object.assign(sim, {statusAskedAt: now, callback, reported: []})
  Object.assign(sim, {accountSid, uniqueName, fleetSid, status, updatedAt: now})
  return sim
}

function fleetAfterUpdate({state, form, now}: Context, sim: SuperSim, accountSid: string): string | null {
  const name = form.get('Fleet')
  // A fleet belongs to one account: a SIM that is transferred leaves it.
  if (name === null) return accountSid === sim.accountSid ? sim.fleetSid : null
  const fleet = findBySidOrName(ownedBy(accountSid, state.fleets), name)
  if (name !== '' && !fleet) throw new ApiError(400, 83006, 'The target Fleet of the Super SIM was not found')
  const fleetSid = fleet?.sid ?? null
  if (fleetSid !== sim.fleetSid && superSimStatus(sim, now).status === 'scheduled')
    throw new ApiError(400, 83009, "The Super SIM's Fleet cannot be updated while its status is scheduled")
  return fleetSid
}

function statusAfterUpdate({form, now}: Context, sim: SuperSim): Status {
  const status = form.get('Status')
  if (status !== null && !isTarget(status)) throw invalidParameter('Status must be ready, active or inactive')
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

function isTarget(status: string): status is Exclude<Status, 'new'> {
  return ['ready', 'active', 'inactive'].includes(status)
}
