import type {Context} from '../../http/context.js'
import {invalidParameter} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {nextHash, nextSid} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {ESimProfile} from '../../state/types/sims.js'
import {newSuperSim} from '../../world/sim-cards.js'
import {ESIM_AVAILABLE_MS, eSimStatus} from '../../world/sim-status.js'
import {isFailingEid} from '../../world/test-values.js'
import {readFlag} from '../shared/parameters.js'
import {callerResource} from '../shared/resource.js'
import {readWebhook} from '../shared/webhooks.js'

export const eSimProfileRoutes = callerResource<ESimProfile>('supersim', '/v1/ESimProfiles', {
  key: 'esim_profiles',
  all: ({eSimProfiles}) => eSimProfiles,
  filters: {
    Eid: ({eid}) => eid,
    SimSid: (profile, {now}) => (eSimStatus(profile, now).status === 'available' ? profile.simSid : null),
    Status: (profile, {now}) => eSimStatus(profile, now).status,
  },
  create: order,
  render,
})

const SMDP_PLUS_ADDRESS = 'sm-dp-plus.twilio.com'

function order({state, form, now}: Context, {sid: accountSid}: Account): ESimProfile {
  const eid = form.get('Eid') || null
  const withMatchingId = readFlag(form, 'GenerateMatchingId', false)
  if (eid === null && !withMatchingId) throw invalidParameter('either Eid or GenerateMatchingId is needed')
  if (eid !== null && !/^\d{32}$/.test(eid)) throw invalidParameter('Eid has 32 digits')
  const fails = eid !== null && isFailingEid(eid)
  const sim = fails ? null : newSuperSim(nextHash(state), accountSid, now + ESIM_AVAILABLE_MS)
  if (sim) state.superSims.push(sim)
  const callback = readWebhook(form, 'CallbackUrl', 'CallbackMethod')
  const profile: ESimProfile = {
    sid: nextSid(state, 'HP'),
    accountSid,
    eid,
    matchingId: withMatchingId ? matchingIdFrom(nextHash(state)) : null,
    simSid: sim?.sid ?? null,
    ...(callback && {callback}),
    createdAt: now,
  }
  state.eSimProfiles.push(profile)
  return profile
}

/** Five groups of five letters and digits. */
function matchingIdFrom(hash: string): string {
  return (hash.toUpperCase().slice(0, 25).match(/.{5}/g) ?? []).join('-')
}

function render(profile: ESimProfile, {state, now}: Context): unknown {
  const {status, since} = eSimStatus(profile, now)
  const available = status === 'available'
  const failed = status === 'failed'
  const matchingId = available ? profile.matchingId : null
  return {
    sid: profile.sid,
    account_sid: profile.accountSid,
    iccid: available ? (state.superSims.find(({sid}) => sid === profile.simSid)?.iccid ?? null) : null,
    sim_sid: available ? profile.simSid : null,
    status,
    eid: profile.eid,
    smdp_plus_address: available ? SMDP_PLUS_ADDRESS : null,
    matching_id: matchingId,
    // Without the "LPA:" that a QR code begins with, as in Twilio's examples.
    activation_code: matchingId === null ? null : `1$${SMDP_PLUS_ADDRESS.toUpperCase()}$${matchingId}`,
    error_code: failed ? '83500' : null,
    error_message: failed ? 'No eSIM Profiles are available' : null,
    date_created: iso8601(profile.createdAt),
    date_updated: iso8601(since),
    url: `https://supersim.twilio.com/v1/ESimProfiles/${profile.sid}`,
  }
}
