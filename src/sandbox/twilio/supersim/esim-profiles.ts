import type {HttpResponse} from '../../../lib/transport/types.js'
import {stepAt, type Step} from '../../state/clock.js'
import {iso8601} from '../../state/dates.js'
import {nextHash, nextSid} from '../../state/ids.js'
import {invalidParameter, json, pageWithMeta} from '../../http/respond.js'
import {wanted, type Context, type Route} from '../../http/router.js'
import {newSuperSim, type ESimProfile} from '../../state/sims.js'
import {findInPath, heldByCaller} from '../held.js'

const LIST = '/v1/ESimProfiles'
const ONE = '/v1/ESimProfiles/{Sid}'

export const eSimProfileRoutes: readonly Route[] = [
  {product: 'supersim', method: 'GET', path: LIST, handle: list},
  {product: 'supersim', method: 'POST', path: LIST, handle: order},
  {product: 'supersim', method: 'GET', path: ONE, handle: fetchProfile},
]

const SMDP_PLUS_ADDRESS = 'sm-dp-plus.twilio.com'
/** How long it takes in the sandbox, by its own clock, until a profile is being reserved, and until it is there. */
const RESERVING_MS = 300
const AVAILABLE_MS = 800
/** Magic value: what is ordered for such an EID fails. */
const FAILING_EID = '0000'

type Status = 'new' | 'reserving' | 'available' | 'failed'

function list(context: Context): HttpResponse {
  const {state, now} = context
  const profiles = heldByCaller(context, state.eSimProfiles).filter((profile) => {
    const {status} = statusOf(profile, now)
    return (
      wanted(context, 'Eid', profile.eid) &&
      wanted(context, 'SimSid', status === 'available' ? profile.simSid : null) &&
      wanted(context, 'Status', status)
    )
  })
  return pageWithMeta(context, {
    key: 'esim_profiles',
    all: profiles,
    idOf: ({sid}) => sid,
    render: (profile) => render(context, profile),
  })
}

function order(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  const eid = form.get('Eid') || null
  const generates = form.get('GenerateMatchingId')?.toLowerCase() === 'true'
  if (eid === null && !generates) throw invalidParameter('either Eid or GenerateMatchingId is needed')
  if (eid !== null && !/^\d{32}$/.test(eid)) throw invalidParameter('Eid has 32 digits')
  const fails = eid?.endsWith(FAILING_EID) === true
  const sim = fails ? null : newSuperSim(nextHash(state), caller.account.sid, now + AVAILABLE_MS)
  if (sim) state.superSims.push(sim)
  const profile: ESimProfile = {
    sid: nextSid(state, 'HP'),
    accountSid: caller.account.sid,
    eid,
    matchingId: generates ? matchingIdFrom(nextHash(state)) : null,
    simSid: sim?.sid ?? null,
    createdAt: now,
  }
  state.eSimProfiles.push(profile)
  return json(201, render(context, profile))
}

function fetchProfile(context: Context): HttpResponse {
  return json(200, render(context, findInPath(context, context.state.eSimProfiles)))
}

function statusOf({createdAt, simSid}: ESimProfile, now: number): Step<Status> {
  const end = simSid === null ? 'failed' : 'available'
  return stepAt<Status>(now, createdAt, 'new', [RESERVING_MS, 'reserving'], [AVAILABLE_MS, end])
}

/** Five groups of five letters and digits. */
function matchingIdFrom(hash: string): string {
  return (hash.toUpperCase().slice(0, 25).match(/.{5}/g) ?? []).join('-')
}

function render({state, now}: Context, profile: ESimProfile): unknown {
  const {status, since} = statusOf(profile, now)
  const there = status === 'available'
  const failed = status === 'failed'
  const matchingId = there ? profile.matchingId : null
  return {
    sid: profile.sid,
    account_sid: profile.accountSid,
    iccid: there ? (state.superSims.find(({sid}) => sid === profile.simSid)?.iccid ?? null) : null,
    sim_sid: there ? profile.simSid : null,
    status,
    eid: profile.eid,
    smdp_plus_address: there ? SMDP_PLUS_ADDRESS : null,
    matching_id: matchingId,
    // Without the "LPA:" that it has in a QR code, as in Twilio's examples.
    activation_code: matchingId === null ? null : `1$${SMDP_PLUS_ADDRESS.toUpperCase()}$${matchingId}`,
    error_code: failed ? '83500' : null,
    error_message: failed ? 'No eSIM Profiles are available' : null,
    date_created: iso8601(profile.createdAt),
    date_updated: iso8601(since),
    url: `https://supersim.twilio.com/v1/ESimProfiles/${profile.sid}`,
  }
}
