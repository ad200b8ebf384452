import type {HttpResponse} from '../../../lib/transport/types.js'
import type {Context} from '../../http/context.js'
import {iso8601} from '../../http/format.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import type {WirelessSim} from '../../state/types/sims.js'
import {registrationCodeOf} from '../../world/sim-cards.js'
import {wirelessSimStatus} from '../../world/sim-status.js'
import {callerResource, refersTo} from '../shared/resource.js'
import {updateWirelessSim} from './update-sim.js'

export const wirelessSimRoutes: readonly Route[] = [
  ...callerResource<WirelessSim>('wireless', '/v1/Sims', {
    key: 'sims',
    all: ({wirelessSims}) => wirelessSims,
    filters: {
      Iccid: ({iccid}) => iccid,
      Status: (sim, {now}) => wirelessSimStatus(sim, now).status,
      // Twilio tells no account the EIDs, and registers a card under the code that is printed on it.
      EId: () => null,
      SimRegistrationCode: ({sid}) => registrationCodeOf(sid),
      RatePlan: ({ratePlanSid}, context) => refersTo(context, context.state.ratePlans, ratePlanSid),
    },
    render: (sim, {now}) => render(sim, now),
  }),
  {product: 'wireless', method: 'POST', path: '/v1/Sims/{Sid}', handle: update},
]

function update(context: Context): HttpResponse {
  return json(200, render(updateWirelessSim(context), context.now))
}

function render(sim: WirelessSim, now: number): unknown {
  const {status, since} = wirelessSimStatus(sim, now)
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
