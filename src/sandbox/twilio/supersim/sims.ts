import type {HttpResponse} from '../../../lib/transport/types.js'
import {iso8601} from '../../state/dates.js'
import {nextHash} from '../../state/ids.js'
import {ApiError, json, pageWithMeta} from '../../http/respond.js'
import {wanted, type Context, type Route} from '../../http/router.js'
import {newSuperSim, type SuperSim} from '../../state/sims.js'
import {findInPath, heldByCaller, wantedOf} from '../held.js'
import {changeSuperSim} from './sim-changes.js'
import {superSimStatus} from '../../world/supersim-status.js'

const LIST = '/v1/Sims'
const ONE = '/v1/Sims/{Sid}'

export const superSimRoutes: readonly Route[] = [
  {product: 'supersim', method: 'GET', path: LIST, handle: list},
  {product: 'supersim', method: 'POST', path: LIST, handle: register},
  {product: 'supersim', method: 'GET', path: ONE, handle: fetchSim},
  {product: 'supersim', method: 'POST', path: ONE, handle: update},
]

/** Magic value: no card has this registration code. */
const WRONG_CODE = '0000000000'

function list(context: Context): HttpResponse {
  const {state, now} = context
  const sims = heldByCaller(context, state.superSims).filter(
    (sim) =>
      wanted(context, 'Iccid', sim.iccid) &&
      wanted(context, 'Status', superSimStatus(sim, now).status) &&
      wantedOf(context, 'Fleet', state.fleets, sim.fleetSid),
  )
  return pageWithMeta(context, {key: 'sims', all: sims, idOf: ({sid}) => sid, render: (sim) => render(sim, now)})
}

function fetchSim(context: Context): HttpResponse {
  return json(200, render(findInPath(context, context.state.superSims), context.now))
}

function register({state, form, caller, now}: Context): HttpResponse {
  const iccid = form.get('Iccid')
  const registrationCode = form.get('RegistrationCode')
  if (!iccid || !registrationCode)
    throw new ApiError(400, 83001, `Parameter missing: ${iccid ? 'RegistrationCode' : 'Iccid'}`)
  const known = state.superSims.find((sim) => sim.iccid === iccid)
  if (known?.accountSid === caller.account.sid && known.createdAt <= now)
    throw new ApiError(400, 83003, `The Super SIM already belongs to the requesting Account: ${known.sid}`)
  const wellFormed = /^89\d{16,20}$/.test(iccid) && /^[0-9a-z]{10}$/i.test(registrationCode)
  const taken = known ?? state.wirelessSims.find((sim) => sim.iccid === iccid)
  if (taken || !wellFormed || registrationCode === WRONG_CODE)
    throw new ApiError(400, 83002, 'The ICCID and Registration Code do not belong to a registrable Super SIM')
  const sim = newSuperSim(nextHash(state), caller.account.sid, now, iccid)
  state.superSims.push(sim)
  return json(201, render(sim, now))
}

function update(context: Context): HttpResponse {
  const {now} = context
  const sim = changeSuperSim(context)
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
