import {rfc2822} from '../http/format.js'
import type {Step} from '../state/clock.js'
import type {State} from '../state/state.js'
import type {Call, Instructions} from '../state/types/messaging.js'
import {answeredAt, callDuration, callSteps, isEnded} from '../world/calls.js'
import {numberOwner} from '../world/messages.js'
import {type Due, webhookIn} from './due.js'
import {numberSettings} from './messages.js'
import {placeFields} from './places.js'

type CallStep = ReturnType<typeof callSteps>[number]

/** The instructions of a call are asked for when it is answered; of somebody who calls, at once. */
export function dueCalls(state: Readonly<State>, now: number): Due[] {
  return state.calls.flatMap((subject): Due[] => {
    const start = subject.direction === 'inbound' ? subject.createdAt : answeredAt(subject)
    const isDue = start !== undefined && start <= now && instructionsOf(state, subject) !== undefined
    const begins: Due[] = isDue ? [{at: start, subject, name: 'instructions', task: {kind: 'call'}}] : []
    return [...begins, ...notices(state, subject, now)]
  })
}

export function instructionsOf(state: Readonly<State>, {to, direction, instructions}: Call): Instructions | undefined {
  if (instructions || direction !== 'inbound') return instructions
  const settings = numberSettings(numberOwner(state, to))
  const address = webhookIn(settings, 'voice')
  const fallback = webhookIn(settings, 'voice_fallback')
  return address && {...address, ...(fallback && {fallback})}
}

/** The name of a step in `StatusCallbackEvent`. */
function eventName(step: CallStep): string {
  if (step.status === 'queued') return 'initiated'
  if (step.status === 'in-progress') return 'answered'
  return isEnded(step) ? 'completed' : step.status
}

function notices(state: Readonly<State>, call: Call, now: number): Due[] {
  const callback = statusCallbackOf(state, call)
  if (!callback) return []
  return callSteps(call).flatMap((step, index): Due[] => {
    const name = eventName(step)
    if (step.since > now || !callback.events.includes(name)) return []
    const form = statusFields(call, step, index)
    return [{at: step.since, subject: call, name, task: {kind: 'notice', webhook: callback, form}}]
  })
}

function statusCallbackOf(state: Readonly<State>, {to, direction, statusCallback}: Call): Call['statusCallback'] {
  if (statusCallback || direction !== 'inbound') return statusCallback
  const webhook = webhookIn(numberSettings(numberOwner(state, to)), 'status_callback')
  return webhook && {...webhook, events: ['completed']}
}

function statusFields(call: Call, step: CallStep, index: number): Record<string, string> {
  const duration = callDuration(call)
  return {
    ...callFields(call, step.status === 'queued' ? 'initiated' : step.status),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(index),
    Timestamp: rfc2822(step.since),
    ...(isEnded(step) && {CallDuration: String(duration), Duration: String(Math.ceil(duration / 60))}),
  }
}

/** What every request about a call says of it. */
export function callFields(call: Call, status: Step<string>['status']): Record<string, string> {
  const {sid, accountSid, from, to, direction = 'outbound-api', parentCallSid} = call
  return {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: sid,
    CallStatus: status,
    Direction: direction,
    From: from,
    To: to,
    Caller: from,
    Called: to,
    ...(parentCallSid !== undefined && {ParentCallSid: parentCallSid}),
    ...placeFields('From', from),
    ...placeFields('To', to),
    ...placeFields('Caller', from),
    ...placeFields('Called', to),
  }
}
