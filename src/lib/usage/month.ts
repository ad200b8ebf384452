import {addDays, type Period, periodOf} from '../days.js'
import {usage} from '../errors.js'

/** The month that is under way by Twilio's clock, the one before it, or a certain one. Months are Twilio's: in UTC. */
export type MonthChoice = 'this' | 'last' | Period

/** @throws {Failure} `usage` for anything but `this`, `last` and a month such as 2026-01. */
export function parseMonth(text: string): MonthChoice {
  if (text === 'this' || text === 'last') return text
  if (/^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(text)) return periodOf(`${text}-01`, 'month')
  throw usage('MONTH_INVALID', `"${text}" is not a month.`, 'Give --month this, --month last or --month YYYY-MM.')
}

/** @throws {Failure} `usage` unless both are months such as 2026-01, in this order, and not more than two years */
export function parseMonths(from: string, to: string): Period[] {
  const [first, last] = [parseMonth(from), parseMonth(to)]
  if (typeof first === 'string' || typeof last === 'string' || first.from > last.from)
    throw usage('MONTH_INVALID', `${from} to ${to} are no months.`, 'Give --from YYYY-MM and a later --to YYYY-MM.')
  const months: Period[] = []
  for (let month = first; month.from <= last.from; month = periodOf(addDays(month.to, 1), 'month')) months.push(month)
  if (months.length > 24)
    throw usage('MONTH_INVALID', `${from} to ${to} are ${months.length} months.`, 'Give 24 at most.')
  return months
}

/** `2026-03` */
export function monthName({from}: Period): string {
  return from.slice(0, 7)
}
