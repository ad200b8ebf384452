import {type Step, stepAt} from '../state/clock.js'
import type {Call} from '../state/types/messaging.js'
import {CALL_MINUTE_PRICE} from './prices.js'
import {isUnreachable} from './test-values.js'

/** How long it takes, by the sandbox's clock, until the phone rings, until it is answered, and until the call ends. */
export const CALL_RINGING_MS = 500
const ANSWERED_MS = 1000
const COMPLETED_MS = 3000

export const CALL_DURATION_S = (COMPLETED_MS - ANSWERED_MS) / 1000

type CallStatus = 'queued' | 'ringing' | 'in-progress' | 'completed' | 'no-answer'

export function callStatus({to, createdAt}: Call, now: number): Step<CallStatus> {
  const ringing = [CALL_RINGING_MS, 'ringing'] as const
  if (isUnreachable(to)) return stepAt<CallStatus>(now, createdAt, 'queued', ringing, [COMPLETED_MS, 'no-answer'])
  const answered = [ANSWERED_MS, 'in-progress'] as const
  return stepAt<CallStatus>(now, createdAt, 'queued', ringing, answered, [COMPLETED_MS, 'completed'])
}

/** Started minutes are charged in full: none before the call has ended, and none when nobody answered. */
export function callUsage(call: Call, now: number): {category: string; usage: number; price: number} {
  const usage = callStatus(call, now).status === 'completed' ? Math.ceil(CALL_DURATION_S / 60) : 0
  return {category: 'calls-outbound', usage, price: usage * CALL_MINUTE_PRICE}
}
