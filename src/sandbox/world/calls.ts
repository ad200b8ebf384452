import {latestStep, type Step, stepsFrom} from '../state/clock.js'
import {nextSid} from '../state/ids.js'
import type {State} from '../state/state.js'
import type {Call} from '../state/types/messaging.js'
import {CALL_MINUTE_PRICE} from './prices.js'
import {isUnreachable} from './test-values.js'

/** How long it takes, by the sandbox's clock, until the phone rings, until it is answered, and how long people talk. */
export const CALL_RINGING_MS = 500
const RING_MS = 500
const TALK_MS = 2000
const NO_ANSWER_MS = 3000

type CallStatus = 'queued' | 'ringing' | 'in-progress' | NonNullable<Call['end']>['status']

/** What a call goes through. Somebody who calls a number of the sandbox's is put through at once: the phone rings. */
export function callSteps(call: Call): readonly Step<CallStatus>[] {
  const {end} = call
  const steps = undisturbed(call)
  if (!end) return steps
  return [...steps.slice(0, -1).filter(({since}) => since < end.at), {status: end.status, since: end.at}]
}

function undisturbed({to, direction, createdAt, pickedUpAt = createdAt + RING_MS}: Call): readonly Step<CallStatus>[] {
  const inbound = direction === 'inbound'
  const first = inbound ? 'ringing' : 'queued'
  const ringing = inbound ? [] : [[CALL_RINGING_MS, 'ringing'] as const]
  if (!inbound && isUnreachable(to))
    return stepsFrom<CallStatus>(createdAt, first, ...ringing, [NO_ANSWER_MS, 'no-answer'])
  const answeredMs = inbound ? pickedUpAt - createdAt : CALL_RINGING_MS + RING_MS
  return stepsFrom<CallStatus>(
    createdAt,
    first,
    ...ringing,
    [answeredMs, 'in-progress'],
    [answeredMs + TALK_MS, 'completed'],
  )
}

export function callStatus(call: Call, now: number): Step<CallStatus> {
  return latestStep(callSteps(call), now)
}

/** When it was answered, if it ever is. */
export function answeredAt(call: Call): number | undefined {
  return callSteps(call).find(({status}) => status === 'in-progress')?.since
}

/** When a call ends that nothing keeps. */
export function usualEnd(call: Call): number {
  return undisturbed(call).at(-1)?.since ?? call.createdAt
}

/** Whole seconds, at least one, from when it was answered; 0 when nobody answered. */
export function callDuration(call: Call): number {
  const answered = answeredAt(call)
  const end = callSteps(call).at(-1)?.since ?? 0
  return answered === undefined ? 0 : Math.max(Math.round((end - answered) / 1000), 1)
}

export function isEnded({status}: Step<CallStatus>): boolean {
  return !['queued', 'ringing', 'in-progress'].includes(status)
}

type NewCall = Pick<Call, 'accountSid' | 'from' | 'to' | 'phoneNumberSid'> &
  Partial<Pick<Call, 'direction' | 'parentCallSid' | 'instructions' | 'statusCallback' | 'inputs'>>

export function addCall(state: State, now: number, fields: NewCall): Call {
  const call: Call = {sid: nextSid(state, 'CA'), ...fields, createdAt: now, updatedAt: now}
  state.calls.push(call)
  return call
}

/** Started minutes are charged in full: none before the call has ended, and none when nobody answered. */
export function callUsage(call: Call, now: number): {category: string; usage: number; price: number} {
  const usage = callStatus(call, now).status === 'completed' ? Math.ceil(callDuration(call) / 60) : 0
  const category = call.direction === 'inbound' ? 'calls-inbound' : 'calls-outbound'
  return {category, usage, price: usage * CALL_MINUTE_PRICE}
}
