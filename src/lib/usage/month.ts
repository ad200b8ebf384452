import {periodOf, type Day, type Period} from '../days.js'
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
export function nameOf({from}: Period): string {
  return from.slice(0, 7)
}

/** `March 2026` */
export function monthInWords({from}: Period): string {
  return new Date(from).toLocaleDateString('en-US', {month: 'long', year: 'numeric', timeZone: 'UTC'})
}

/** `11 Mar` */
export function dayInWords(day: Day): string {
  const month = new Date(day).toLocaleDateString('en-US', {month: 'short', timeZone: 'UTC'})
  return `${Number(day.slice(8))} ${month}`
}

/** `2026-03-10 12:00 UTC` */
export function timeInWords(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
