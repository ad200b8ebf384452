import {decimal, rfc2822} from '../http/format.js'
import {hash} from '../state/ids.js'
import type {State} from '../state/state.js'
import {currentValue, firedAt} from '../world/usage-triggers.js'
import {type Due, webhookIn} from './due.js'

export function dueUsageTriggers(state: Readonly<State>, now: number): Due[] {
  return state.usageTriggers.flatMap((subject): Due[] => {
    const at = firedAt({state, now}, subject)
    const webhook = webhookIn(subject.settings, 'callback')
    if (at === undefined || !webhook) return []
    const {sid, accountSid, recurring, usageCategory, triggerBy, triggerValue} = subject
    const form = {
      AccountSid: accountSid,
      ApiVersion: '2010-04-01',
      UsageTriggerSid: sid,
      Recurring: recurring,
      UsageCategory: usageCategory,
      TriggerBy: triggerBy,
      TriggerValue: decimal(triggerValue),
      CurrentValue: decimal(currentValue({state, now}, subject)),
      DateFired: rfc2822(at),
      UsageRecordUri: `/2010-04-01/Accounts/${accountSid}/Usage/Records.json?Category=${usageCategory}`,
      IdempotencyToken: hash(state.seed, `${sid} ${at}`),
    }
    return [{at, subject, name: `fired ${at}`, task: {kind: 'notice', webhook, form}}]
  })
}
