import type {Day, Period} from '../../lib/days.js'
import {count} from '../../lib/text.js'

/** How long ago, in the largest unit that fits: `3 days`, `2 hours`, `now`. */
export function age(since: string, now = new Date()): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(since)) / 1000)
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const
  for (const [unit, length] of units) {
    const number = Math.floor(seconds / length)
    if (number >= 1) return `${count(number)} ${unit}${number === 1 ? '' : 's'}`
  }
  return 'now'
}

/** Not toLocaleDateString: its first call takes a third as long as to start Node. */
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

function monthName(time: string): string {
  return MONTHS[new Date(time).getUTCMonth()] ?? time
}

/** `March 2026` */
export function monthTitle({from}: Pick<Period, 'from'>): string {
  return `${monthName(from)} ${from.slice(0, 4)}`
}

/** `11 Mar` */
export function dayTitle(day: Day): string {
  return `${Number(day.slice(8, 10))} ${monthName(day).slice(0, 3)}`
}

/** `2026-03-10 12:00 UTC`, of a time in ISO 8601. */
export function minute(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`
}
