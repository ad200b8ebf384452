import type {Call} from '../twilio/calls.js'
import type {Message} from '../twilio/messages.js'
import {isFinal as isFinalCall} from './calls.js'
import {isFinal as isFinalMessage} from './messages.js'

/** A message that was sent. */
export interface MessageDocument {
  readonly appSpace: string
  /** SID. */
  readonly message: string
  /** E.164. */
  readonly from: string
  /** E.164. */
  readonly to: string
  /** Twilio's word, e.g. `delivered`. */
  readonly status: string
  /** Whether this status is final. */
  readonly final: boolean
  /** Segments that it is sent in, each of which is billed. */
  readonly segments: number
}

export function messageDocument(appSpace: string, message: Message): MessageDocument {
  const {sid, from, to, status, segments} = message
  return {appSpace, message: sid, from, to, status, final: isFinalMessage(message), segments}
}

/** A call that was made. */
export interface CallDocument {
  readonly appSpace: string
  /** SID. */
  readonly call: string
  /** E.164. */
  readonly from: string
  /** E.164. */
  readonly to: string
  /** Twilio's word, e.g. `completed`. */
  readonly status: string
  /** Whether this status is final. */
  readonly final: boolean
  /** Null until it is over. */
  readonly durationSeconds: number | null
}

export function callDocument(appSpace: string, call: Call): CallDocument {
  const {sid, from, to, status, duration} = call
  return {appSpace, call: sid, from, to, status, final: isFinalCall(call), durationSeconds: duration ?? null}
}
