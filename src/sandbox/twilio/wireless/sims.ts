import type {HttpResponse} from '../../../lib/transport/types.js'
import {iso8601} from '../../state/dates.js'
import {json, pageWithMeta} from '../../http/respond.js'
import {wanted, type Context, type Route} from '../../http/router.js'
import type {WirelessSim} from '../../state/sims.js'
import {findInPath, heldByCaller, wantedOf} from '../held.js'
import {changeWirelessSim} from './sim-changes.js'
import {wirelessStatus} from '../../world/wireless-status.js'

const LIST = '/v1/Sims'
const ONE = '/v1/Sims/{Sid}'

export const wirelessSimRoutes: readonly Route[] = [
  {product: 'wireless', method: 'GET', path: LIST, handle: list},
  {product: 'wireless', method: 'GET', path: ONE, handle: fetchSim},
  {product: 'wireless', method: 'POST', path: ONE, handle: update},
]

function list(context: Context): HttpResponse {
  const {state, now} = context
  const sims = heldByCaller(context, state.wirelessSims).filter(
    (sim) =>
      wanted(context, 'Iccid', sim.iccid) &&
      wanted(context, 'Status', wirelessStatus(sim, now).status) &&
      wantedOf(context, 'RatePlan', state.ratePlans, sim.ratePlanSid),
  )
  return pageWithMeta(context, {key: 'sims', all: sims, idOf: ({sid}) => sid, render: (sim) => render(sim, now)})
}

function fetchSim(context: Context): HttpResponse {
  return json(200, render(findInPath(context, context.state.wirelessSims), context.now))
}

function update(context: Context): HttpResponse {
  return json(200, render(changeWirelessSim(context), context.now))
}

function render(sim: WirelessSim, now: number): unknown {
  const {status, since} = wirelessStatus(sim, now)
  const url = `https://wireless.twilio.com/v1/Sims/${sim.sid}`
  const plan =
    sim.ratePlanSid === null ? {} : {rate_plan: `https://wireless.twilio.com/v1/RatePlans/${sim.ratePlanSid}`}
  return {
    sid: sim.sid,
    unique_name: sim.uniqueName,
    account_sid: sim.accountSid,
    rate_plan_sid: sim.ratePlanSid,
    friendly_name: sim.friendlyName,
    iccid: sim.iccid,
    e_id: null,
    status,
    reset_status: null,
    ...sim.settings,
    ip_address: null,
    date_created: iso8601(sim.createdAt),
    date_updated: iso8601(Math.max(sim.updatedAt, since)),
    url,
    links: {data_sessions: `${url}/DataSessions`, usage_records: `${url}/UsageRecords`, ...plan},
  }
}
