import {addDays, type Day, dayOf, isDay, overlap, type Period, periodOf, split} from '../../../lib/days.js'
import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountInPath} from '../../http/access.js'
import type {Context} from '../../http/context.js'
import {badRequest} from '../../http/errors.js'
import {decimal, iso8601} from '../../http/format.js'
import {pageV2010} from '../../http/pages.js'
import type {Route} from '../../http/router.js'
import {type Total, totalOf, usageOf} from '../../world/usage.js'
import {CATEGORIES} from '../../world/usage-categories.js'
import {readFlag} from '../shared/parameters.js'

const RECORDS = '/2010-04-01/Accounts/{AccountSid}/Usage/Records'

interface Span {
  readonly today: Day
  /** The time that the request names; without dates, all time since there was usage. */
  readonly requested: Period
}

/** The periods that have records, newest first, by the last part of the path. */
const PERIODS: Readonly<Record<string, (span: Span) => readonly Period[]>> = {
  '.json': ({requested}) => [requested],
  '/AllTime.json': ({requested}) => [requested],
  '/Daily.json': ({requested}) => split(requested, 'day'),
  '/Monthly.json': ({requested}) => split(requested, 'month'),
  '/Yearly.json': ({requested}) => split(requested, 'year'),
  '/Today.json': ({today}) => [periodOf(today, 'day')],
  '/Yesterday.json': ({today}) => [periodOf(addDays(today, -1), 'day')],
  '/ThisMonth.json': ({today}) => [overlap(periodOf(today, 'month'), {from: '', to: today})],
  '/LastMonth.json': ({today}) => [periodOf(addDays(periodOf(today, 'month').from, -1), 'month')],
}

export const usageRecordRoutes: readonly Route[] = Object.entries(PERIODS).map(([name, periods]) => ({
  product: 'api',
  method: 'GET',
  path: RECORDS + name,
  handle: (context) => list(context, periods),
}))

function list(context: Context, periodsOf: (span: Span) => readonly Period[]): HttpResponse {
  const {state, query, now, path} = context
  const account = accountInPath(context)
  const today = dayOf(now)
  const start = readDay(query, 'StartDate', today)
  const end = readDay(query, 'EndDate', today)
  const includeSubaccounts = readFlag(query, 'IncludeSubaccounts', true)
  const entries = usageOf(state, account, now, {includeSubaccounts})
  const first = entries.reduce((earliest, {day}) => (day < earliest ? day : earliest), dayOf(account.createdAt))

  const last = end === undefined || end > today ? today : end
  const categories = Object.keys(CATEGORIES).filter((name) => name === (query.get('Category') ?? name))
  const records = periodsOf({today, requested: {from: start ?? first, to: last}})
    .map((period) => overlap(period, {from: start ?? period.from, to: end ?? period.to}))
    .filter(({from, to}) => from <= to)
    .flatMap((period) => categories.map((category) => ({sid: `${period.from} ${category}`, category, period})))
  return pageV2010(context, 'usage_records', records, ({category, period}) => ({
    ...render(account.sid, category, period),
    ...amounts(category, totalOf(entries, category, period)),
    as_of: iso8601(now).replace('Z', '+00:00'),
    uri: `${path}?Category=${category}&StartDate=${period.from}&EndDate=${period.to}`,
  }))
}

/** A day, or its distance from today: `-30days`. */
function readDay(query: URLSearchParams, name: string, today: Day): Day | undefined {
  const text = query.get(name)
  if (!text) return undefined
  const days = /^([+-]\d{1,5})days$/.exec(text)?.[1]
  if (days !== undefined) return addDays(today, Number(days))
  if (!isDay(text)) throw badRequest(`${name} must be a day such as 2026-01-31, or an offset such as -30days`)
  return text
}

function amounts(category: string, {count, usage, price}: Total) {
  return {
    count: category === 'totalprice' ? null : decimal(count),
    usage: decimal(usage),
    price: decimal(price),
  }
}

const SUBRESOURCES = {
  all_time: 'AllTime',
  daily: 'Daily',
  last_month: 'LastMonth',
  monthly: 'Monthly',
  this_month: 'ThisMonth',
  today: 'Today',
  yearly: 'Yearly',
  yesterday: 'Yesterday',
}

function render(accountSid: string, category: string, {from, to}: Period) {
  const [countUnit, usageUnit] = CATEGORIES[category]?.units ?? ['', '']
  const base = RECORDS.replace('{AccountSid}', accountSid)
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    category,
    description: CATEGORIES[category]?.description ?? null,
    count_unit: countUnit,
    usage_unit: usageUnit,
    price_unit: 'usd',
    start_date: from,
    end_date: to,
    subresource_uris: Object.fromEntries(
      Object.entries(SUBRESOURCES).map(([name, path]) => [name, `${base}/${path}.json?Category=${category}`]),
    ),
  }
}
