import {dayOf, isDay} from '../../lib/days.js'
import type {State} from '../state/state.js'
import {CATEGORIES, isCategory} from './usage-categories.js'
import type {UsageEntry} from '../state/usage.js'

/** More usage, as a tester says that there was; a sentence when it cannot be. */
export function addUsage(state: State, now: number, fields: Readonly<Record<string, unknown>>): UsageEntry | string {
  const {category, day = dayOf(now), usage, count = usage, price = 0} = fields
  const accountSid = accountOf(state, fields)
  if (!state.accounts.some(({sid}) => sid === accountSid))
    return '"accountSid" is an account of the sandbox, or "app" an app-space whose config vars name one'
  if (typeof category !== 'string' || !isCategory(category))
    return `"category" is one of ${Object.keys(CATEGORIES).join(', ')}`
  if (typeof day !== 'string' || !isDay(day)) return '"day" is a day such as 2026-01-31'
  if (!isAmount(usage) || !isAmount(count) || !isAmount(price)) return '"usage", "count" and "price" are numbers'
  const entry = {accountSid: String(accountSid), category, day, count, usage, price}
  state.usage.push(entry)
  return entry
}

function accountOf({apps}: State, {accountSid, app}: Readonly<Record<string, unknown>>): unknown {
  if (typeof app !== 'string') return accountSid
  return Object.hasOwn(apps, app) ? apps[app]?.configVars.TWILIO_SID : undefined
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
