import type {Context} from '../../http/context.js'
import {ApiError} from '../../http/errors.js'
import type {WirelessSim} from '../../state/types/sims.js'
import {type WirelessSimStatus, wirelessSimStatus} from '../../world/sim-status.js'
import {findBySidOrName, ownedBy} from '../shared/find.js'
import {type NameRules, readUniqueName} from '../shared/parameters.js'
import {readSettings} from '../shared/settings.js'
import {accountAfterUpdate, findSimToUpdate} from '../shared/sim-transfer.js'
import {readWebhook} from '../shared/webhooks.js'
import {invalidValue} from './errors.js'
import {WIRELESS_SIM_SETTINGS} from './sim-settings.js'

type Status = WirelessSim['status']

/** None while a change is under way, and none once the SIM is canceled. */
const TRANSITIONS: Readonly<Partial<Record<WirelessSimStatus, readonly Status[]>>> = {
  new: ['ready', 'active', 'deactivated'],
  ready: ['active', 'suspended', 'deactivated'],
  active: ['suspended', 'deactivated'],
  suspended: ['active', 'deactivated'],
  deactivated: ['active'],
}

const NAMES: NameRules = {
  sidPrefix: 'DE',
  invalid: () => invalidValue('UniqueName'),
  taken: () => invalidValue('UniqueName exists already'),
}

/** Changes everything that a request asks for, or nothing. */
export function updateWirelessSim(context: Context): WirelessSim {
  const {state, form, now, path} = context
  const sim = findSimToUpdate(context, state.wirelessSims)
  if (!sim) throw new ApiError(404, 33107, `SIM not found: ${path}`)
  const accountSid = accountAfterUpdate(context, sim, (why) => new ApiError(403, 33201, `Unauthorized: ${why}`))
  const others = ownedBy(accountSid, state.wirelessSims).filter((each) => each !== sim)
  const uniqueName = readUniqueName(form, others, NAMES, sim.uniqueName)
  const ratePlanSid = ratePlanAfterUpdate(context, sim, accountSid)
  const status = statusAfterUpdate(context, sim)
  checkRatePlan(sim, {status, ratePlanSid})
  const friendlyName = form.get('FriendlyName') ?? sim.friendlyName
  const settings = {...sim.settings, ...readSettings(WIRELESS_SIM_SETTINGS, form)}

  const callback = readWebhook(form, 'CallbackUrl', 'CallbackMethod')
  if (status !== sim.status) Object.assign(sim, {statusAskedAt: now, callback, reported: []})
  Object.assign(sim, {accountSid, uniqueName, ratePlanSid, status, friendlyName, settings, updatedAt: now})
  return sim
}

function ratePlanAfterUpdate({state, form, now}: Context, sim: WirelessSim, accountSid: string): string | null {
  const name = form.get('RatePlan')
  if (name === null && accountSid !== sim.accountSid && sim.ratePlanSid !== null)
    throw new ApiError(400, 33102, 'A SIM that moves needs a RatePlan of its new Account, or none')
  if (name === null) return sim.ratePlanSid
  const plan = findBySidOrName(ownedBy(accountSid, state.ratePlans), name)
  if (name !== '' && !plan) throw new ApiError(400, 33108, `Rate Plan not found: ${name}`)
  const ratePlanSid = plan?.sid ?? null
  if (ratePlanSid !== sim.ratePlanSid) refuseWhileUpdating(sim, now)
  return ratePlanSid
}

function statusAfterUpdate({form, now}: Context, sim: WirelessSim): Status {
  const status = form.get('Status')
  if (status === null || status === sim.status) return sim.status
  refuseWhileUpdating(sim, now)
  const allowed = TRANSITIONS[wirelessSimStatus(sim, now).status]?.find((each) => each === status)
  if (!allowed) throw new ApiError(400, 33105, `Transition invalid: to ${status}`)
  return allowed
}

function refuseWhileUpdating(sim: WirelessSim, now: number): void {
  if (wirelessSimStatus(sim, now).status === 'updating')
    throw new ApiError(409, 33010, 'Conflicting update: another update is in progress')
}

function checkRatePlan(sim: WirelessSim, {status, ratePlanSid}: Pick<WirelessSim, 'status' | 'ratePlanSid'>): void {
  if (ratePlanSid !== null) return
  if (status === 'suspended' && sim.status !== 'suspended')
    throw new ApiError(400, 33121, 'Invalid Parameter Combination: a SIM cannot be suspended without its RatePlan')
  if (status !== 'ready' && status !== 'active') return
  if (sim.ratePlanSid === null) throw new ApiError(400, 33104, 'Configuration incomplete: the SIM has no RatePlan')
  throw invalidValue('the RatePlan of a SIM that is ready or active cannot be removed')
}
