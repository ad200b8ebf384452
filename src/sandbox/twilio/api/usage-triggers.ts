import type {Context} from '../../http/context.js'
import {badRequest, missingParameter} from '../../http/errors.js'
import {decimal, rfc2822} from '../../http/format.js'
import {nextSid} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {UsageTrigger} from '../../state/types/usage.js'
import {isCategory} from '../../world/usage-categories.js'
import {currentValue, firedAt} from '../../world/usage-triggers.js'
import {readFriendlyName, readOneOf} from '../shared/parameters.js'
import {v2010Resource} from '../shared/resource.js'
import {defaultSettings, readSettings, type Setting} from '../shared/settings.js'

export const usageTriggerRoutes = v2010Resource<UsageTrigger>('Usage/Triggers', {
  key: 'usage_triggers',
  all: ({usageTriggers}) => usageTriggers,
  filters: {
    Recurring: ({recurring}) => recurring,
    TriggerBy: ({triggerBy}) => triggerBy,
    UsageCategory: ({usageCategory}) => usageCategory,
  },
  create,
  update,
  remove: ({sid}, {state}) => {
    state.usageTriggers = state.usageTriggers.filter((trigger) => trigger.sid !== sid)
  },
  render,
})

const SETTINGS: readonly Setting[] = [
  ['CallbackUrl', 'callback_url', 'callback', null],
  ['CallbackMethod', 'callback_method', 'method', 'POST'],
]

function create(context: Context, {sid: accountSid}: Account): UsageTrigger {
  const {state, form, now} = context
  for (const name of ['CallbackUrl', 'TriggerValue', 'UsageCategory']) if (!form.get(name)) throw missingParameter(name)
  const settings = {...defaultSettings(SETTINGS), ...readSettings(SETTINGS, form)}
  const friendlyName = readFriendlyName(form) ?? null
  const watched = {
    accountSid,
    usageCategory: readCategory(form),
    triggerBy: readOneOf(form, 'TriggerBy', {
      allowed: ['count', 'usage', 'price'],
      initial: 'usage',
      invalid: (value) => badRequest(`Invalid TriggerBy: ${value}`),
    }),
    recurring: readOneOf(form, 'Recurring', {
      allowed: ['daily', 'monthly', 'yearly', 'alltime'],
      initial: 'alltime',
      invalid: (value) => badRequest(`Invalid Recurring: ${value}`),
    }),
  } as const
  const trigger: UsageTrigger = {
    sid: nextSid(state, 'UT'),
    ...watched,
    friendlyName,
    triggerValue: readValue(form, () => currentValue(context, watched)),
    settings,
    createdAt: now,
    updatedAt: now,
  }
  state.usageTriggers.push(trigger)
  return trigger
}

function update(trigger: UsageTrigger, {form, now}: Context): void {
  const changes = readSettings(SETTINGS, form)
  const friendlyName = readFriendlyName(form)
  Object.assign(trigger.settings, changes)
  if (friendlyName !== undefined) trigger.friendlyName = friendlyName
  trigger.updatedAt = now
}

function readCategory(form: URLSearchParams): string {
  const category = form.get('UsageCategory') ?? ''
  if (!isCategory(category)) throw badRequest(`Invalid UsageCategory: ${category}`)
  return category
}

/** With a plus sign it is relative to the current value. */
function readValue(form: URLSearchParams, current: () => number): number {
  const text = form.get('TriggerValue') ?? ''
  const value = /^\+?\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (value <= 0) throw badRequest(`Invalid TriggerValue: ${text}`)
  return text.startsWith('+') ? current() + value : value
}

function render(trigger: UsageTrigger, context: Context): unknown {
  const fired = firedAt(context, trigger)
  const base = `/2010-04-01/Accounts/${trigger.accountSid}/Usage`
  return {
    sid: trigger.sid,
    account_sid: trigger.accountSid,
    api_version: '2010-04-01',
    friendly_name: trigger.friendlyName,
    usage_category: trigger.usageCategory,
    trigger_by: trigger.triggerBy,
    trigger_value: decimal(trigger.triggerValue),
    current_value: decimal(currentValue(context, trigger)),
    recurring: trigger.recurring,
    ...trigger.settings,
    date_created: rfc2822(trigger.createdAt),
    date_updated: rfc2822(trigger.updatedAt),
    date_fired: fired === undefined ? null : rfc2822(fired),
    uri: `${base}/Triggers/${trigger.sid}.json`,
    usage_record_uri: `${base}/Records.json?Category=${trigger.usageCategory}`,
  }
}
