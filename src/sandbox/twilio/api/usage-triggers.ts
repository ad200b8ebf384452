import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountInPath} from '../../http/auth.js'
import {rfc2822} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {badRequest, json, missingParameter, noContent, notFound, pageOf2010} from '../../http/respond.js'
import {param, wanted, type Context, type Route} from '../../http/router.js'
import type {UsageTrigger} from '../../state/usage.js'
import {defaultsOf, readChanges, readFriendlyName, type Setting} from '../settings.js'
import {isCategory} from '../../world/usage-categories.js'
import {currentValue, firedAt} from './usage-levels.js'
import {decimal} from '../../world/usage.js'

const LIST = '/2010-04-01/Accounts/{AccountSid}/Usage/Triggers.json'
const ONE = '/2010-04-01/Accounts/{AccountSid}/Usage/Triggers/{Sid}.json'

export const usageTriggerRoutes: readonly Route[] = [
  {product: 'api', method: 'GET', path: LIST, handle: list},
  {product: 'api', method: 'POST', path: LIST, handle: create},
  {product: 'api', method: 'GET', path: ONE, handle: (context) => json(200, render(context, find(context)))},
  {product: 'api', method: 'POST', path: ONE, handle: update},
  {product: 'api', method: 'DELETE', path: ONE, handle: remove},
]

const SETTINGS: readonly Setting[] = [
  ['CallbackUrl', 'callback_url', 'callback', null],
  ['CallbackMethod', 'callback_method', 'method', 'POST'],
]
const RECURRING = ['daily', 'monthly', 'yearly', 'alltime'] as const
const FIELDS = ['count', 'usage', 'price'] as const

function list(context: Context): HttpResponse {
  const account = accountInPath(context)
  const triggers = context.state.usageTriggers.filter(
    (trigger) =>
      trigger.accountSid === account.sid &&
      wanted(context, 'Recurring', trigger.recurring) &&
      wanted(context, 'TriggerBy', trigger.triggerBy) &&
      wanted(context, 'UsageCategory', trigger.usageCategory),
  )
  return pageOf2010(context, 'usage_triggers', triggers.reverse(), (trigger) => render(context, trigger))
}

function create(context: Context): HttpResponse {
  const {state, form, now} = context
  const account = accountInPath(context)
  for (const name of ['CallbackUrl', 'TriggerValue', 'UsageCategory']) if (!form.get(name)) throw missingParameter(name)
  const settings = {...defaultsOf(SETTINGS), ...readChanges(SETTINGS, form)}
  const friendlyName = readFriendlyName(form) ?? null
  const watch = {
    accountSid: account.sid,
    usageCategory: readCategory(form),
    triggerBy: oneOf(FIELDS, form, 'TriggerBy') ?? 'usage',
    recurring: oneOf(RECURRING, form, 'Recurring') ?? 'alltime',
  }
  const trigger: UsageTrigger = {
    sid: nextSid(state, 'UT'),
    ...watch,
    friendlyName,
    triggerValue: readValue(form, () => currentValue(context, watch)),
    settings,
    createdAt: now,
    updatedAt: now,
  }
  state.usageTriggers.push(trigger)
  return json(201, render(context, trigger))
}

function update(context: Context): HttpResponse {
  const {form, now} = context
  const trigger = find(context)
  const changes = readChanges(SETTINGS, form)
  const friendlyName = readFriendlyName(form)
  Object.assign(trigger.settings, changes)
  if (friendlyName !== undefined) trigger.friendlyName = friendlyName
  trigger.updatedAt = now
  return json(200, render(context, trigger))
}

function remove(context: Context): HttpResponse {
  const {state} = context
  const {sid} = find(context)
  state.usageTriggers = state.usageTriggers.filter((trigger) => trigger.sid !== sid)
  return noContent()
}

function find(context: Context): UsageTrigger {
  const account = accountInPath(context)
  const sid = param(context, 'Sid')
  const trigger = context.state.usageTriggers.find((each) => each.sid === sid && each.accountSid === account.sid)
  if (!trigger) throw notFound(context.path)
  return trigger
}

function readCategory(form: URLSearchParams): string {
  const category = form.get('UsageCategory') ?? ''
  if (!isCategory(category)) throw badRequest(`Invalid UsageCategory: ${category}`)
  return category
}

function oneOf<T extends string>(allowed: readonly T[], form: URLSearchParams, name: string): T | undefined {
  const text = form.get(name)
  if (!text) return undefined
  const value = allowed.find((each) => each === text)
  if (value === undefined) throw badRequest(`Invalid ${name}: ${text}`)
  return value
}

/** With a plus sign it is so much more than there is now. */
function readValue(form: URLSearchParams, current: () => number): number {
  const text = form.get('TriggerValue') ?? ''
  const value = /^\+?\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (value <= 0) throw badRequest(`Invalid TriggerValue: ${text}`)
  return text.startsWith('+') ? current() + value : value
}

function render(context: Context, trigger: UsageTrigger): unknown {
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
