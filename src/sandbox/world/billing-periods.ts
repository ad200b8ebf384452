import {addMonths} from '../../lib/days.js'
import type {SuperSim} from '../state/types/sims.js'

export interface BillingPeriod {
  readonly type: 'ready' | 'active'
  readonly start: number
  readonly end: number
}

/** How long a SIM may be ready without being charged for, in months. */
const READY_MONTHS = 3

/**
 * The billing periods of a Super SIM until now, oldest first. The first begins when it becomes ready or active, each next one when the
 * one before ends, unless the SIM is inactive then.
 */
export function billingPeriods(
  {statuses = [], status, statusAskedAt}: SuperSim,
  now: number,
): readonly BillingPeriod[] {
  // An older version wrote only what it is now.
  const changes = statuses.length > 0 ? statuses : [{status, at: statusAskedAt}]
  const periods: BillingPeriod[] = []
  changes.forEach((change, index) => {
    if (change.status !== 'ready' && change.status !== 'active') return
    const until = Math.min(changes[index + 1]?.at ?? Infinity, now + 1)
    // Who becomes active ends what it was ready for; a month that was begun goes on.
    const last = periods.at(-1)
    if (last?.type === 'ready' && last.end > change.at) periods[periods.length - 1] = {...last, end: change.at}
    const first = Math.max(change.at, periods.at(-1)?.end ?? 0)
    const months = change.status === 'ready' ? READY_MONTHS : 1
    for (let count = 0, start = first; start < until; start = addMonths(first, (count += 1) * months))
      periods.push({type: change.status, start, end: addMonths(first, (count + 1) * months)})
  })
  return periods
}
