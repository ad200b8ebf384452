import type {LoggedRequest} from '../http/request-log.js'
import type {Sandbox} from '../sandbox.js'
import type {State} from '../state/state.js'
import type {Call} from '../state/types/messaging.js'
import {addCall, callStatus} from '../world/calls.js'
import {numberOwner, receiveMessage} from '../world/messages.js'
import {isPhoneNumber} from '../world/number-ranges.js'

type Fields = Readonly<Record<string, unknown>>

/** Far more than anybody can send in a message. */
const LONGEST_BODY = 1600

/** A message or a call from outside, to a number of the sandbox's. Gives its SID, or what is wrong with the fields. */
export function receive(state: State, now: number, fields: Fields): string | {readonly problem: string} {
  const {kind = 'sms', to, from, body = '', media = [], inputs = []} = fields
  const number = typeof to === 'string' ? numberOwner(state, to) : undefined
  if (!number) return {problem: '"to" is a phone number that an account of the sandbox has'}
  if (typeof from !== 'string' || !isPhoneNumber(from))
    return {problem: '"from" is a phone number such as +14155550100'}
  if (!isTexts(media) || !isTexts(inputs)) return {problem: '"media" and "inputs" are lists of strings'}
  if (kind === 'call') {
    const {accountSid, sid: phoneNumberSid, phoneNumber} = number
    return addCall(state, now, {accountSid, from, to: phoneNumber, phoneNumberSid, direction: 'inbound', inputs}).sid
  }
  if (kind !== 'sms') return {problem: '"kind" is sms or call'}
  if (typeof body !== 'string' || body.length > LONGEST_BODY || (body === '' && media.length === 0))
    return {problem: `"body" is a string of at most ${LONGEST_BODY} characters; without "media" it is needed`}
  return receiveMessage(state, now, number, {from, body, mediaUrls: media}).sid
}

/** What the application made of it: how its addresses answered, what it sent, and what happened in the call. */
export async function outcomeOf(sandbox: Sandbox, sid: string) {
  const webhooks = sandbox.requests.filter(({webhook}) => webhook === sid).map(shortened)
  return sandbox.read((state, now) => {
    const call = state.calls.find((each) => each.sid === sid)
    const replies = state.messages
      .filter(({inReplyTo}) => inReplyTo === sid)
      .map((reply) => ({sid: reply.sid, to: reply.to, body: reply.body}))
    if (!call) return {sid, webhooks, replies}
    const {status, events} = renderCall(call, now)
    return {sid, webhooks, status, events}
  })
}

function shortened({method, url, status, error, notSent}: LoggedRequest) {
  return {
    method,
    url,
    ...(status !== undefined && {status}),
    ...(error && {error}),
    ...(notSent !== undefined && {notSent}),
  }
}

export function renderCall(call: Call, now: number) {
  const {sid, accountSid, from, to, direction = 'outbound-api', events = []} = call
  const happened = events.map(({at, ...event}) => ({at: new Date(at).toISOString(), ...event}))
  return {sid, accountSid, direction, from, to, status: callStatus(call, now).status, events: happened}
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
