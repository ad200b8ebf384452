import {dayOf, type Period, periodOf, startOf} from '../../lib/days.js'
import {accountBySid} from '../state/accounts.js'
import type {State} from '../state/state.js'
import type {UsageEntry, UsageTrigger} from '../state/types/usage.js'
import {totalOf, usageOf} from './usage.js'

/** What a trigger watches. */
type Watched = Pick<UsageTrigger, 'accountSid' | 'usageCategory' | 'triggerBy' | 'recurring'>

interface Moment {
  readonly state: Readonly<State>
  readonly now: number
}

const ALL_TIME: Period = {from: '', to: '9999-12-31'}
const UNITS = {daily: 'day', monthly: 'month', yearly: 'year'} as const

/** The value of what a trigger watches, in the current day, month or year. */
export function currentValue(moment: Moment, watched: Watched): number {
  return valueIn(entriesOf(moment, watched), watched, periodWith(dayOf(moment.now), watched))
}

/** When usage last reached the trigger's value: at most once per period, and not before the trigger existed. */
export function firedAt(moment: Moment, trigger: UsageTrigger): number | undefined {
  const entries = entriesOf(moment, trigger)
  const days = [...new Set(entries.map(({day}) => day))].sort()
  const fired = days.findLast((day) => {
    const {from, to} = periodWith(day, trigger)
    const before = valueIn(entries, trigger, {from, to: dayOf(startOf(day) - 1)})
    const after = valueIn(entries, trigger, {from, to: day})
    return before < trigger.triggerValue && after >= trigger.triggerValue && to >= dayOf(trigger.createdAt)
  })
  return fired === undefined ? undefined : Math.max(startOf(fired), trigger.createdAt)
}

function entriesOf({state, now}: Moment, {accountSid}: Watched): UsageEntry[] {
  const account = accountBySid(state, accountSid)
  return account ? usageOf(state, account, now) : []
}

function periodWith(day: string, {recurring}: Watched): Period {
  return recurring === 'alltime' ? ALL_TIME : periodOf(day, UNITS[recurring])
}

function valueIn(entries: readonly UsageEntry[], {usageCategory, triggerBy}: Watched, period: Period): number {
  return totalOf(entries, usageCategory, period)[triggerBy]
}
