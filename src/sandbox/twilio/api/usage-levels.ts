import {accountBySid} from '../../http/auth.js'
import {dayOf, periodOf, startOf, type Period} from '../../../lib/days.js'
import type {Context} from '../../http/router.js'
import type {UsageEntry, UsageTrigger} from '../../state/usage.js'
import {totalOf, usageOf} from '../../world/usage.js'

type Watched = Pick<UsageTrigger, 'accountSid' | 'usageCategory' | 'triggerBy' | 'recurring'>
type Where = Pick<Context, 'state' | 'now'>

const EVER: Period = {from: '', to: '9999-12-31'}
const UNITS = {daily: 'day', monthly: 'month', yearly: 'year'} as const

/** What a trigger watches, as it is now in the day, month or year that is under way. */
export function currentValue({state, now}: Where, watched: Watched): number {
  return valueIn(entriesOf({state, now}, watched), watched, periodWith(dayOf(now), watched))
}

/** When usage last came to what the trigger is set to: once a period, and not before there was a trigger. */
export function firedAt({state, now}: Where, trigger: UsageTrigger): number | undefined {
  const entries = entriesOf({state, now}, trigger)
  const days = [...new Set(entries.map(({day}) => day))].sort()
  const reached = days.findLast((day) => {
    const {from, to} = periodWith(day, trigger)
    const before = valueIn(entries, trigger, {from, to: dayOf(startOf(day) - 1)})
    const then = valueIn(entries, trigger, {from, to: day})
    return before < trigger.triggerValue && then >= trigger.triggerValue && to >= dayOf(trigger.createdAt)
  })
  return reached === undefined ? undefined : Math.max(startOf(reached), trigger.createdAt)
}

function entriesOf({state, now}: Where, {accountSid}: Watched): UsageEntry[] {
  const account = accountBySid(state, accountSid)
  return account ? usageOf(state, account, now) : []
}

function periodWith(day: string, {recurring}: Watched): Period {
  return recurring === 'alltime' ? EVER : periodOf(day, UNITS[recurring])
}

function valueIn(entries: readonly UsageEntry[], {usageCategory, triggerBy}: Watched, period: Period): number {
  return totalOf(entries, usageCategory, period)[triggerBy]
}
