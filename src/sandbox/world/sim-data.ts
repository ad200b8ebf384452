import {addMonths} from '../../lib/days.js'
import type {SimData} from '../state/types/sims.js'
import {MEGABYTE_PRICE} from './prices.js'

const MEGABYTE = 1_000_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** From a moment on, and before another. */
export interface Span {
  readonly start: number
  readonly end: number
}

export type Granularity = 'hour' | 'day' | 'all'

/** The time that usage is asked for: the month before now, unless it is given. */
export function spanBetween(start: number | undefined, end: number | undefined, now: number): Span {
  const last = end ?? now
  return {start: start ?? addMonths(last, -1), end: last}
}

export function isIn(time: number, {start, end}: Span): boolean {
  return time >= start && time < end
}

/** The hours or days in which something happened, newest first; or all the time, whether anything happened or not. */
export function bucketsOf(times: readonly number[], span: Span, granularity: Granularity): readonly Span[] {
  if (granularity === 'all') return [span]
  const length = granularity === 'hour' ? HOUR_MS : DAY_MS
  const starts = new Set(times.filter((time) => isIn(time, span)).map((time) => time - (time % length)))
  return [...starts].sort((a, b) => b - a).map((start) => ({start, end: start + length}))
}

export function totalsOf(data: readonly SimData[]) {
  const upload = data.reduce((sum, each) => sum + each.upload, 0)
  const download = data.reduce((sum, each) => sum + each.download, 0)
  return {upload, download, total: upload + download, billed: priceOf(upload + download)}
}

export function priceOf(bytes: number): number {
  return Number(((bytes / MEGABYTE) * MEGABYTE_PRICE).toFixed(5))
}
