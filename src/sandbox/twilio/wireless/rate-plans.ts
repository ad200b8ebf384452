import type {Context} from '../../http/context.js'
import {iso8601} from '../../http/format.js'
import {nextSid} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {RatePlan} from '../../state/types/sims.js'
import {ownedByCaller} from '../shared/find.js'
import {type NameRules, readOneOf, readUniqueName, readWholeNumber} from '../shared/parameters.js'
import {callerResource} from '../shared/resource.js'
import {defaultSettings, readSettings, type Setting} from '../shared/settings.js'
import {invalidValue} from './errors.js'

export const ratePlanRoutes = callerResource<RatePlan>('wireless', '/v1/RatePlans', {
  key: 'rate_plans',
  all: ({ratePlans}) => ratePlans,
  create,
  render,
})

const SETTINGS: readonly Setting[] = [
  ['DataEnabled', 'data_enabled', 'flag', false],
  ['MessagingEnabled', 'messaging_enabled', 'flag', false],
  ['VoiceEnabled', 'voice_enabled', 'flag', false],
  ['NationalRoamingEnabled', 'national_roaming_enabled', 'flag', false],
]
const DATA_LIMIT = {min: 0, max: 2_000_000, initial: 1000, invalid: invalidValue}

const NAMES: NameRules = {
  sidPrefix: 'WP',
  invalid: () => invalidValue('UniqueName'),
  taken: () => invalidValue('UniqueName exists already'),
}

function create(context: Context, {sid: accountSid}: Account): RatePlan {
  const {state, form, now} = context
  const dataMetering = readOneOf(form, 'DataMetering', {
    allowed: ['payg', 'quota-1', 'quota-10', 'quota-50'],
    initial: 'payg',
    invalid: () => invalidValue('DataMetering'),
  })
  const properties = {
    uniqueName: readUniqueName(form, ownedByCaller(context, state.ratePlans), NAMES),
    friendlyName: form.get('FriendlyName'),
    dataMetering,
    dataLimit: readWholeNumber(form, 'DataLimit', DATA_LIMIT),
    nationalRoamingDataLimit: readWholeNumber(form, 'NationalRoamingDataLimit', DATA_LIMIT),
    internationalRoaming: form.getAll('InternationalRoaming'),
    internationalRoamingDataLimit: readWholeNumber(form, 'InternationalRoamingDataLimit', DATA_LIMIT),
    settings: {...defaultSettings(SETTINGS), ...readSettings(SETTINGS, form)},
  }
  const plan: RatePlan = {sid: nextSid(state, 'WP'), accountSid, ...properties, createdAt: now, updatedAt: now}
  state.ratePlans.push(plan)
  return plan
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
