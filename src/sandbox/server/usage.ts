import {dayOf, isDay} from '../../lib/days.js'
import type {State} from '../state/state.js'
import type {UsageEntry} from '../state/types/usage.js'
import {unitPriceOf} from '../world/prices.js'
import {CATEGORIES, isCategory} from '../world/usage-categories.js'

type Fields = Readonly<Record<string, unknown>>

/** Adds usage, besides what messages, calls and the like come to. Gives what is wrong with the fields, if anything is. */
export function addUsage(state: State, now: number, fields: Fields): UsageEntry | string {
  const {category, day = dayOf(now), usage, count = usage} = fields
  const accountSid = accountOf(state, fields)
  if (!state.accounts.some(({sid}) => sid === accountSid))
    return '"accountSid" is an account of the sandbox, or "app" an app-space whose config vars name one'
  if (typeof category !== 'string' || !isCategory(category))
    return `"category" is one of ${Object.keys(CATEGORIES).join(', ')}`
  if (typeof day !== 'string' || !isDay(day)) return '"day" is a day such as 2026-01-31'
  const price = fields.price ?? (isAmount(usage) ? usage * unitPriceOf(category) : 0)
  if (!isAmount(usage) || !isAmount(count) || !isAmount(price)) return '"usage", "count" and "price" are numbers'
  const entry = {accountSid: String(accountSid), category, day, count, usage, price}
  state.usage.push(entry)
  return entry
}

function accountOf({apps}: State, {accountSid, app}: Fields): unknown {
  if (typeof app !== 'string') return accountSid
  return Object.hasOwn(apps, app) ? apps[app]?.configVars.TWILIO_SID : undefined
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
