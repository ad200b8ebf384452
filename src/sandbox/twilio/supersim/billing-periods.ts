import type {Context} from '../../http/context.js'
import {iso8601} from '../../http/format.js'
import {pageWithMeta} from '../../http/pages.js'
import type {Route} from '../../http/router.js'
import {hash} from '../../state/ids.js'
import {billingPeriods} from '../../world/billing-periods.js'
import {existingSuperSims} from '../../world/sim-cards.js'
import {findInPath, ownedByCaller} from '../shared/find.js'

export const billingPeriodRoutes: readonly Route[] = [
  {product: 'supersim', method: 'GET', path: '/v1/Sims/{SimSid}/BillingPeriods', handle: list},
]

function list(context: Context) {
  const {state, now} = context
  const sim = findInPath(context, ownedByCaller(context, existingSuperSims(state, now)), 'SimSid')
  const periods = billingPeriods(sim, now).map((period) => ({
    ...period,
    sid: `HB${hash(state.seed, `billing period ${sim.sid} ${period.start}`)}`,
  }))
  return pageWithMeta(context, {
    key: 'billing_periods',
    all: periods.reverse(),
    idOf: ({sid}) => sid,
    render: ({sid, type, start, end}) => ({
      sid,
      account_sid: sim.accountSid,
      sim_sid: sim.sid,
      period_type: type,
      start_time: iso8601(start),
      end_time: iso8601(end),
      date_created: iso8601(start),
      date_updated: iso8601(start),
    }),
  })
}
