import type {State} from '../state/state.js'
import type {Call} from '../state/types/messaging.js'
import {addCall, answeredAt, callDuration, callStatus, isEnded} from '../world/calls.js'
import {isPhoneNumber} from '../world/number-ranges.js'
import {callOf, type Conversation, elsewhere, type Next, noteVerb, untilOver} from './conversation.js'
import type {Document} from './document.js'
import type {Element} from './twiml.js'

/** Calls all of its numbers: the first that answers is connected, the others stop ringing. */
export async function dial(
  conversation: Conversation,
  verb: Element,
  document: Partial<Document>,
): Promise<Next | undefined> {
  const {desk, sid} = conversation
  const numbers = verb.children.filter(({name}) => name === 'Number').map(({text}) => text)
  const called = (verb.ownText === '' ? numbers : [verb.ownText]).filter(isPhoneNumber)
  const connected = await desk.change((state, now) =>
    callOut(state, now, {parentSid: sid, called, callerId: verb.attributes.callerId}),
  )
  if (connected !== undefined) await untilOver(conversation, (state, now) => isOver(callOf(state, connected), now))
  const result = await desk.change((state, now) => {
    const child = callOf(state, connected ?? '')
    // Who hangs up hangs up on both sides.
    if (child && !isOver(child, now)) child.end = {at: now, status: answeredBy(child, now) ? 'completed' : 'no-answer'}
    return {
      DialCallStatus: child ? callStatus(child, now).status : 'failed',
      ...(child && {DialCallSid: child.sid, DialCallDuration: String(callDuration(child))}),
    }
  })
  await noteVerb(conversation, verb, result.DialCallStatus)
  return verb.attributes.action === undefined
    ? undefined
    : elsewhere(verb.attributes.action, verb.attributes.method, document, result)
}

const isOver = (call: Call | undefined, now: number): boolean => !call || isEnded(callStatus(call, now))
const answeredBy = (call: Call, now: number): boolean => (answeredAt(call) ?? Infinity) <= now

interface Dialed {
  readonly parentSid: string
  readonly called: readonly string[]
  readonly callerId: string | undefined
}

function callOut(state: State, now: number, {parentSid, called, callerId}: Dialed): string | undefined {
  const parent = callOf(state, parentSid)
  if (!parent) return undefined
  const {accountSid, from, phoneNumberSid} = parent
  const children = called.map((to) =>
    addCall(state, now, {
      accountSid,
      from: callerId ?? from,
      to,
      phoneNumberSid,
      direction: 'outbound-dial',
      parentCallSid: parentSid,
    }),
  )
  const connected = children.find((child) => answeredAt(child) !== undefined) ?? children[0]
  const at = connected && answeredAt(connected)
  for (const child of children) if (child !== connected && at !== undefined) child.end = {at, status: 'canceled'}
  return connected?.sid
}
