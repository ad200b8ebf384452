import {ApiError} from '../../http/respond.js'
import type {Context} from '../../http/router.js'
import type {WirelessSim} from '../../state/sims.js'
import {findNamed, heldBy, readUniqueName, type NameRules} from '../held.js'
import {readChanges, type Setting} from '../settings.js'
import {findSimToUpdate, ownerAfter} from '../sim-moves.js'
import {invalidValue} from './errors.js'
import {wirelessStatus, type WirelessStatus} from '../../world/wireless-status.js'

type Status = WirelessSim['status']

/** What a SIM may be turned into; under way or canceled, into nothing. */
const TRANSITIONS: Readonly<Partial<Record<WirelessStatus, readonly Status[]>>> = {
  new: ['ready', 'active', 'deactivated'],
  ready: ['active', 'suspended', 'deactivated'],
  active: ['suspended', 'deactivated'],
  suspended: ['active', 'deactivated'],
  deactivated: ['active'],
}

/** What is deprecated has no parameter here, but is still shown. */
export const SIM_SETTINGS: readonly Setting[] = [
  ['CommandsCallbackUrl', 'commands_callback_url', 'url', null],
  ['CommandsCallbackMethod', 'commands_callback_method', 'method', 'POST'],
  ['SmsUrl', 'sms_url', 'url', null],
  ['SmsMethod', 'sms_method', 'method', 'POST'],
  ['SmsFallbackUrl', 'sms_fallback_url', 'url', null],
  ['SmsFallbackMethod', 'sms_fallback_method', 'method', 'POST'],
  ['VoiceUrl', 'voice_url', 'url', null],
  ['VoiceMethod', 'voice_method', 'method', 'POST'],
  ['VoiceFallbackUrl', 'voice_fallback_url', 'url', null],
  ['VoiceFallbackMethod', 'voice_fallback_method', 'method', 'POST'],
]

const NAMES: NameRules = {
  prefix: 'DE',
  invalid: () => invalidValue('UniqueName'),
  taken: () => invalidValue('UniqueName exists already'),
}

/** Does what a request asks for, all of it or nothing. */
export function changeWirelessSim(context: Context): WirelessSim {
  const {state, form, now, path} = context
  const sim = findSimToUpdate(context, state.wirelessSims)
  if (!sim) throw new ApiError(404, 33107, `SIM not found: ${path}`)
  const accountSid = ownerAfter(context, sim, (why) => new ApiError(403, 33201, `Unauthorized: ${why}`))
  const others = heldBy(accountSid, now, state.wirelessSims).filter((each) => each !== sim)
  const uniqueName = readUniqueName(form, others, NAMES, sim.uniqueName)
  const ratePlanSid = ratePlanAfter(context, sim, accountSid)
  const status = statusAfter(context, sim)
  checkRatePlan(sim, {status, ratePlanSid})
  const friendlyName = form.get('FriendlyName') ?? sim.friendlyName
  const settings = {...sim.settings, ...readChanges(SIM_SETTINGS, form)}

  if (status !== sim.status) sim.statusAskedAt = now
  Object.assign(sim, {accountSid, uniqueName, ratePlanSid, status, friendlyName, settings, updatedAt: now})
  return sim
}

function ratePlanAfter({state, form, now}: Context, sim: WirelessSim, accountSid: string): string | null {
  const name = form.get('RatePlan')
  if (name === null && accountSid !== sim.accountSid && sim.ratePlanSid !== null)
    throw new ApiError(400, 33102, 'A SIM that moves needs a RatePlan of its new Account, or none')
  if (name === null) return sim.ratePlanSid
  const plan = findNamed(heldBy(accountSid, now, state.ratePlans), name)
  if (name !== '' && !plan) throw new ApiError(400, 33108, `Rate Plan not found: ${name}`)
  const ratePlanSid = plan?.sid ?? null
  if (ratePlanSid !== sim.ratePlanSid) refuseWhileUpdating(sim, now)
  return ratePlanSid
}

function statusAfter({form, now}: Context, sim: WirelessSim): Status {
  const status = form.get('Status')
  if (status === null || status === sim.status) return sim.status
  refuseWhileUpdating(sim, now)
  const known = TRANSITIONS[wirelessStatus(sim, now).status]?.find((each) => each === status)
  if (!known) throw new ApiError(400, 33105, `Transition invalid: to ${status}`)
  return known
}

function refuseWhileUpdating(sim: WirelessSim, now: number): void {
  if (wirelessStatus(sim, now).status === 'updating')
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
