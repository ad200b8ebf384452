import type {State} from '../state/state.js'
import type {Webhook} from '../state/types/common.js'
import type {Call, CallEvent, Instructions} from '../state/types/messaging.js'
import {callStatus, isEnded} from '../world/calls.js'
import type {Desk} from './desk.js'
import type {Document} from './document.js'
import type {Element} from './twiml.js'

/** What is to happen next, if not the next verb: another document, with what it is told, or the end. */
export type Next = {readonly instructions: Instructions; readonly form?: Readonly<Record<string, string>>} | 'end'

/** A call whose TwiML is being carried out. */
export interface Conversation {
  readonly desk: Desk
  readonly sid: string
  readonly instructions: Instructions
  readonly authToken: string
  /** What the other side presses or says, in turn. */
  readonly inputs: string[]
  /** What a request to the API has made of the call meanwhile. */
  readonly interruption: () => Promise<Next | undefined>
  /** Somebody who calls is put through once there is something to hear. */
  readonly answer: () => Promise<void>
  readonly note: (event: Omit<CallEvent, 'at'>) => Promise<void>
}

export function callOf({calls}: Readonly<State>, sid: string): Call | undefined {
  return calls.find((call) => call.sid === sid)
}

export async function noteVerb(
  {note}: Conversation,
  {name, attributes, text}: Element,
  result?: string,
): Promise<void> {
  await note({verb: name, attributes, ...(text !== '' && {text}), ...(result !== undefined && {result})})
}

/** Waits for it, or until the call itself is over, or goes on elsewhere. */
export async function untilOver(
  {desk, sid}: Conversation,
  isOver: (state: Readonly<State>, now: number) => boolean,
): Promise<void> {
  const redirects = await desk.read((state) => callOf(state, sid)?.redirects ?? 0)
  await desk.waitUntil((state, now) => {
    const call = callOf(state, sid)
    const isGone = !call || isEnded(callStatus(call, now)) || (call.redirects ?? 0) !== redirects
    return isGone || isOver(state, now)
  })
}

/** Another address, relative to that of the document; none when neither is known, as TwiML that was given with the call has none. */
export function elsewhere(
  url: string,
  method: string | undefined,
  {url: base, method: usual = 'POST'}: Partial<Document>,
  form?: Readonly<Record<string, string>>,
): {instructions: Webhook; form?: Readonly<Record<string, string>>} | undefined {
  if (!URL.canParse(url, base)) return undefined
  const instructions: Webhook = {
    url: new URL(url, base).href,
    method: method === undefined ? (url === '' ? usual : 'POST') : method.toUpperCase() === 'GET' ? 'GET' : 'POST',
  }
  return {instructions, ...(form && {form})}
}
