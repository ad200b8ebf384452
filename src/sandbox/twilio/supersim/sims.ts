import type {HttpResponse} from '../../../lib/transport/types.js'
import type {Context} from '../../http/context.js'
import {ApiError} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {nextHash} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {SuperSim} from '../../state/types/sims.js'
import {existingSuperSims, newSuperSim} from '../../world/sim-cards.js'
import {superSimStatus} from '../../world/sim-status.js'
import {WRONG_REGISTRATION_CODE} from '../../world/test-values.js'
import {callerResource, refersTo} from '../shared/resource.js'
import {updateSuperSim} from './update-sim.js'

export const superSimRoutes: readonly Route[] = [
  ...callerResource<SuperSim>('supersim', '/v1/Sims', {
    key: 'sims',
    all: existingSuperSims,
    filters: {
      Iccid: ({iccid}) => iccid,
      Status: (sim, {now}) => superSimStatus(sim, now).status,
      Fleet: ({fleetSid}, context) => refersTo(context, context.state.fleets, fleetSid),
    },
    create: register,
    render: (sim, {now}) => render(sim, now),
  }),
  {product: 'supersim', method: 'POST', path: '/v1/Sims/{Sid}', handle: update},
]

function register({state, form, now}: Context, {sid: accountSid}: Account): SuperSim {
  const iccid = form.get('Iccid')
  const registrationCode = form.get('RegistrationCode')
  if (!iccid || !registrationCode)
    throw new ApiError(400, 83001, `Parameter missing: ${iccid ? 'RegistrationCode' : 'Iccid'}`)
  const known = state.superSims.find((sim) => sim.iccid === iccid)
  if (known?.accountSid === accountSid && known.createdAt <= now)
    throw new ApiError(400, 83003, `The Super SIM already belongs to the requesting Account: ${known.sid}`)
  const wellFormed = /^89\d{16,20}$/.test(iccid) && /^[0-9a-z]{10}$/i.test(registrationCode)
  const taken = known ?? state.wirelessSims.find((sim) => sim.iccid === iccid)
  if (taken || !wellFormed || registrationCode === WRONG_REGISTRATION_CODE)
    throw new ApiError(400, 83002, 'The ICCID and Registration Code do not belong to a registrable Super SIM')
  const sim = newSuperSim(nextHash(state), accountSid, now, iccid)
  state.superSims.push(sim)
  return sim
}

function update(context: Context): HttpResponse {
  const {now} = context
  const sim = updateSuperSim(context)
  return json(superSimStatus(sim, now).status === 'scheduled' ? 202 : 200, render(sim, now))
}

function render(sim: SuperSim, now: number): unknown {
  const {status, since} = superSimStatus(sim, now)
  const url = `https://supersim.twilio.com/v1/Sims/${sim.sid}`
  return {
    sid: sim.sid,
    unique_name: sim.uniqueName,
    account_sid: sim.accountSid,
    iccid: sim.iccid,
    status,
    fleet_sid: sim.fleetSid,
    date_created: iso8601(sim.createdAt),
    date_updated: iso8601(Math.max(sim.updatedAt, since)),
    url,
    links: {billing_periods: `${url}/BillingPeriods`, sim_ip_addresses: `${url}/IpAddresses`},
  }
}
