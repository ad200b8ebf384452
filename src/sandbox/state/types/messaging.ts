import type {Dated, Owned, Reported, Webhook} from './common.js'

/** One that was sent to a number of the account is `inbound`; `createdAt` is then when it arrives. */
export interface Message extends Owned, Dated, Reported {
  from: string | null
  messagingServiceSid: string | null
  /** The number that its messaging service sends it from, where nobody named one. */
  sender?: string
  to: string
  body: string
  mediaCount: number
  /** Why carriers do not deliver it, in Twilio's codes. */
  blocked?: 30032 | 30034
  direction?: 'outbound-api' | 'outbound-reply' | 'inbound'
  mediaUrls?: readonly string[]
  statusCallback?: Webhook
  /** When it is to be sent, and when that was called off. */
  sendAt?: number
  canceledAt?: number
  /** Of a message that arrives: the one that was sent. */
  sentAs?: string
  /** The message that an application answered with this one. */
  inReplyTo?: string
}

export interface Call extends Owned, Dated, Reported {
  from: string
  to: string
  phoneNumberSid: string | null
  direction?: 'outbound-api' | 'outbound-dial' | 'inbound'
  parentCallSid?: string
  /** Where what is to happen in the call comes from; an address, or TwiML itself. */
  instructions?: Instructions
  /** How often the instructions were replaced while the call went on. */
  redirects?: number
  statusCallback?: Webhook & {readonly events: readonly string[]}
  /** When a call that came in is answered, where that does not follow from the time alone. */
  pickedUpAt?: number
  /** When it ends, and how, where that does not follow from the time alone. */
  end?: {readonly at: number; readonly status: 'completed' | 'canceled' | 'busy' | 'no-answer' | 'failed'}
  /** What the other side presses, or says, each time that it is asked. */
  inputs?: readonly string[]
  /** What its TwiML made happen. */
  events?: CallEvent[]
}

export type Instructions = {readonly twiml: string} | (Webhook & {readonly fallback?: Webhook})

export interface CallEvent {
  readonly at: number
  readonly verb: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly text?: string
  /** What came of it: the digits that were gathered, how a dialed call ended. */
  readonly result?: string
}
