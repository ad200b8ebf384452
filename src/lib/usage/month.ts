import {type Period, periodOf} from '../days.js'
import {usage} from '../errors.js'

/** The month that is under way by Twilio's clock, the one before it, or a certain one. Months are Twilio's: in UTC. */
export type MonthChoice = 'this' | 'last' | Period

/** @throws {Failure} `usage` for anything but `this`, `last` and a month such as 2026-01. */
export function parseMonth(text: string): MonthChoice {
  if (text === 'this' || text === 'last') return text
  if (/^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(text)) return periodOf(`${text}-01`, 'month')
  throw usage('MONTH_INVALID', `"${text}" is not a month.`, 'Give --month this, --month last or --month YYYY-MM.')
}

/** `2026-03` */
export function monthName({from}: Period): string {
  return from.slice(0, 7)
}
