import type {HttpResponse} from '../../../lib/transport/types.js'
import {iso8601} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {json, pageWithMeta} from '../../http/respond.js'
import type {Context, Route} from '../../http/router.js'
import type {RatePlan} from '../../state/sims.js'
import {findInPath, heldByCaller, readUniqueName, type NameRules} from '../held.js'
import {defaultsOf, readChanges, readLimit, type Setting} from '../settings.js'
import {invalidValue} from './errors.js'

const LIST = '/v1/RatePlans'
const ONE = '/v1/RatePlans/{Sid}'

export const ratePlanRoutes: readonly Route[] = [
  {product: 'wireless', method: 'GET', path: LIST, handle: list},
  {product: 'wireless', method: 'POST', path: LIST, handle: create},
  {product: 'wireless', method: 'GET', path: ONE, handle: fetchPlan},
]

const SETTINGS: readonly Setting[] = [
  ['DataEnabled', 'data_enabled', 'flag', false],
  ['MessagingEnabled', 'messaging_enabled', 'flag', false],
  ['VoiceEnabled', 'voice_enabled', 'flag', false],
  ['NationalRoamingEnabled', 'national_roaming_enabled', 'flag', false],
]
/** Megabytes. */
const DATA_LIMIT = {least: 0, most: 2_000_000, usual: 1000, refused: invalidValue}
const DATA_METERINGS: readonly string[] = ['payg', 'quota-1', 'quota-10', 'quota-50']

const NAMES: NameRules = {
  prefix: 'WP',
  invalid: () => invalidValue('UniqueName'),
  taken: () => invalidValue('UniqueName exists already'),
}

function list(context: Context): HttpResponse {
  return pageWithMeta(context, {
    key: 'rate_plans',
    all: heldByCaller(context, context.state.ratePlans),
    idOf: ({sid}) => sid,
    render,
  })
}

function create(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  const dataMetering = form.get('DataMetering') || 'payg'
  if (!DATA_METERINGS.includes(dataMetering)) throw invalidValue('DataMetering')
  const given = {
    uniqueName: readUniqueName(form, heldByCaller(context, state.ratePlans), NAMES),
    friendlyName: form.get('FriendlyName'),
    dataMetering,
    dataLimit: readLimit(form, 'DataLimit', DATA_LIMIT),
    nationalRoamingDataLimit: readLimit(form, 'NationalRoamingDataLimit', DATA_LIMIT),
    internationalRoaming: form.getAll('InternationalRoaming'),
    internationalRoamingDataLimit: readLimit(form, 'InternationalRoamingDataLimit', DATA_LIMIT),
    settings: {...defaultsOf(SETTINGS), ...readChanges(SETTINGS, form)},
  }
  const plan: RatePlan = {
    sid: nextSid(state, 'WP'),
    accountSid: caller.account.sid,
    ...given,
    createdAt: now,
    updatedAt: now,
  }
  state.ratePlans.push(plan)
  return json(201, render(plan))
}

function fetchPlan(context: Context): HttpResponse {
  return json(200, render(findInPath(context, context.state.ratePlans)))
}

function render(plan: RatePlan): unknown {
  return {
    sid: plan.sid,
    unique_name: plan.uniqueName,
    account_sid: plan.accountSid,
    friendly_name: plan.friendlyName,
    data_metering: plan.dataMetering,
    data_limit: plan.dataLimit,
    national_roaming_data_limit: plan.nationalRoamingDataLimit,
    international_roaming: plan.internationalRoaming,
    international_roaming_data_limit: plan.internationalRoamingDataLimit,
    ...plan.settings,
    date_created: iso8601(plan.createdAt),
    date_updated: iso8601(plan.updatedAt),
    url: `https://wireless.twilio.com/v1/RatePlans/${plan.sid}`,
  }
}
