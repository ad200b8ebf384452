/** Days in UTC, written YYYY-MM-DD: they sort as text. */
export type Day = string

export interface Period {
  readonly from: Day
  readonly to: Day
}

export type Unit = 'day' | 'month' | 'year'

const DAY_MS = 86_400_000

export function dayOf(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10)
}

export function startOf(day: Day): number {
  return Date.parse(day)
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOf(text)) && dayOf(startOf(text)) === text
}

export function addDays(day: Day, days: number): Day {
  return dayOf(startOf(day) + days * DAY_MS)
}

/** The same time of the same day in a later month; of the last day, where the month is too short for it. */
export function addMonths(ms: number, months: number): number {
  const date = new Date(ms)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + (ms - startOf(dayOf(ms)))
}

/** The day, month or year that a day is in. */
export function periodOf(day: Day, unit: Unit): Period {
  if (unit === 'day') return {from: day, to: day}
  const [year = '', month = ''] = day.split('-')
  if (unit === 'year') return {from: `${year}-01-01`, to: `${year}-12-31`}
  return {from: `${year}-${month}-01`, to: dayOf(Date.UTC(Number(year), Number(month), 0))}
}

/** The days, months or years of a period, newest first; the first and the last of them may be partial. */
export function split({from, to}: Period, unit: Unit): Period[] {
  const periods: Period[] = []
  for (let day = to; day >= from;) {
    const period = overlap(periodOf(day, unit), {from, to})
    periods.push(period)
    day = addDays(period.from, -1)
  }
  return periods
}

/** What two periods have in common; it ends before it begins when that is nothing. */
export function overlap(one: Period, other: Period): Period {
  return {from: one.from > other.from ? one.from : other.from, to: one.to < other.to ? one.to : other.to}
}
