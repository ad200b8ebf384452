import {addDays, type Day, dayOf, type Period, startOf} from '../days.js'

export interface Pace {
  readonly used: number
  readonly included: number
  readonly month: Period
  /** Until when `used` was counted. */
  readonly asOf: Date
}

/**
 * The day (UTC) on which more than what is included will have been used, at the average pace since the month
 * began; undefined when that is not in this month, or when the limit is passed already.
 */
export function passesOn({used, included, month, asOf}: Pace): Day | undefined {
  const begin = startOf(month.from)
  const end = startOf(addDays(month.to, 1))
  const elapsed = asOf.getTime() - begin
  if (used === 0 || used > included || elapsed <= 0 || asOf.getTime() >= end) return undefined
  const at = begin + (elapsed * included) / used
  return at < end ? dayOf(at) : undefined
}

/**
 * Per cent of what is included that will have been used when the month ends, at the average pace since it began; of a month that is over
 * what was used. Undefined before anything was counted.
 */
export function forecastOf({used, included, month, asOf}: Pace): number | undefined {
  const begin = startOf(month.from)
  const end = startOf(addDays(month.to, 1))
  const elapsed = Math.min(asOf.getTime(), end) - begin
  if (elapsed <= 0) return undefined
  return percentOf(used * (end - begin), included * elapsed)
}

/** Per cent, cut to two decimals, so that 100 is never shown before it is reached. */
export function percentOf(used: number, included: number): number {
  return Math.floor((used * 10_000) / included) / 100
}
