import {latestStep, type Step, stepsFrom} from '../state/clock.js'
import {nextSid} from '../state/ids.js'
import type {State} from '../state/state.js'
import type {Message} from '../state/types/messaging.js'
import type {IncomingNumber} from '../state/types/numbers.js'
import {MMS_PRICE, SMS_SEGMENT_PRICE} from './prices.js'
import {blockedBy, numbersOf} from './registrations.js'
import {segmentCount} from './segments.js'
import {isUnreachable} from './test-values.js'

/** How long it takes, by the sandbox's clock, until a message is queued, until it is sent, and until it is delivered. */
const QUEUED_MS = 300
const MESSAGE_SENT_MS = 1000
const DELIVERED_MS = 2000

type MessageStatus =
  'scheduled' | 'canceled' | 'accepted' | 'queued' | 'sent' | 'delivered' | 'undelivered' | 'received'

/** What a message goes through. One that is sent by a messaging service is accepted first, and queued when there is a sender. */
export function messageSteps(message: Message): readonly Step<MessageStatus>[] {
  const {direction, createdAt, sendAt, canceledAt} = message
  if (direction === 'inbound') return stepsFrom<MessageStatus>(createdAt, 'received')
  if (sendAt === undefined) return sending(message, createdAt)
  const scheduled: Step<MessageStatus> = {status: 'scheduled', since: createdAt}
  if (canceledAt !== undefined) return [scheduled, {status: 'canceled', since: canceledAt}]
  return [scheduled, ...sending(message, sendAt)]
}

function sending({to, messagingServiceSid, blocked}: Message, start: number): readonly Step<MessageStatus>[] {
  const isLost = blocked !== undefined || isUnreachable(to)
  const end = [DELIVERED_MS, isLost ? 'undelivered' : 'delivered'] as const
  const sent = [MESSAGE_SENT_MS, 'sent'] as const
  return messagingServiceSid === null
    ? stepsFrom<MessageStatus>(start, 'queued', sent, end)
    : stepsFrom<MessageStatus>(start, 'accepted', [QUEUED_MS, 'queued'], sent, end)
}

/** Whether it is not to be sent yet, or never. */
export function isHeld(message: Message, now: number): boolean {
  return ['scheduled', 'canceled'].includes(messageStatus(message, now).status)
}

/** When it was sent, or came in; undefined before that. */
export function sentAt(message: Message, now: number): number | undefined {
  const step = messageSteps(message).find(({status}) => status === 'sent' || status === 'received')
  return step && step.since <= now ? step.since : undefined
}

/** Whom a message comes from: Twilio does not say which number a service sends from before it is queued. */
export function senderOf(message: Message, now: number): string | null {
  const {from, sender = null} = message
  const queued = messageSteps(message).find(({status}) => status === 'queued')
  return from ?? (queued && queued.since <= now ? sender : null)
}

export function messageStatus(message: Message, now: number): Step<MessageStatus> {
  return latestStep(messageSteps(message), now)
}

/** The messages that exist by now: the others are on their way to a number of the sandbox's. */
export function existingMessages({messages}: Readonly<State>, now: number): Message[] {
  return messages.filter(({createdAt}) => createdAt <= now)
}

type NewMessage = Pick<Message, 'accountSid' | 'from' | 'to' | 'body'> &
  Partial<
    Pick<
      Message,
      | 'messagingServiceSid'
      | 'sender'
      | 'blocked'
      | 'direction'
      | 'mediaUrls'
      | 'statusCallback'
      | 'inReplyTo'
      | 'sendAt'
      | 'sentAs'
    >
  >

/** A message that is sent now. If an account of the sandbox has the number that it goes to, it arrives there. */
export function sendMessage(state: State, now: number, fields: NewMessage): Message {
  const number = sendingNumber(state, fields)
  const blocked = state.strictUs && number ? blockedBy(state, now, {number, to: fields.to}) : undefined
  const sender = fields.from === null ? number?.phoneNumber : undefined
  const message = addMessage(state, now, {...fields, ...(blocked && {blocked}), ...(sender && {sender})})
  const recipient = numberOwner(state, message.to)
  const from = message.from ?? sender
  if (recipient && from !== undefined && !blocked && !isUnreachable(message.to))
    receiveMessage(state, (message.sendAt ?? now) + DELIVERED_MS, recipient, {...message, from, sentAs: message.sid})
  return message
}

/** A service sends from a number of its own: the sandbox takes the first. */
function sendingNumber(state: State, {accountSid, from, messagingServiceSid}: NewMessage): IncomingNumber | undefined {
  if (from !== null)
    return state.incomingNumbers.find((each) => each.accountSid === accountSid && each.phoneNumber === from)
  const service = state.messagingServices.find(({sid}) => sid === messagingServiceSid)
  return service && numbersOf(state, service)[0]
}

/** What Twilio says of a message that did not arrive. */
export function deliveryFailure({blocked}: Message): readonly [code: number, message: string] {
  if (blocked === 30034) return [30034, 'US A2P 10DLC - Message from an Unregistered Number']
  if (blocked === 30032) return [30032, 'Toll-Free Number Has Not Been Verified']
  return [30003, 'Unreachable destination handset']
}

export function receiveMessage(
  state: State,
  at: number,
  {accountSid, phoneNumber}: IncomingNumber,
  {from, body, mediaUrls = [], sentAs}: {from: string; body: string} & Partial<Pick<Message, 'mediaUrls' | 'sentAs'>>,
): Message {
  return addMessage(state, at, {
    accountSid,
    from,
    to: phoneNumber,
    body,
    mediaUrls,
    direction: 'inbound',
    ...(sentAs !== undefined && {sentAs}),
  })
}

/** Calls off a message that was to be sent later. */
export function cancelMessage(state: State, now: number, message: Message): void {
  message.canceledAt = now
  state.messages = state.messages.filter(({sentAs}) => sentAs !== message.sid)
}

/** The number of the sandbox's that this is, if any account has it. */
export function numberOwner({incomingNumbers}: Readonly<State>, phoneNumber: string): IncomingNumber | undefined {
  return incomingNumbers.find((number) => number.phoneNumber === phoneNumber)
}

function addMessage(state: State, createdAt: number, fields: NewMessage): Message {
  const mediaCount = fields.mediaUrls?.length ?? 0
  const message: Message = {
    sid: nextSid(state, mediaCount > 0 ? 'MM' : 'SM'),
    messagingServiceSid: null,
    ...fields,
    mediaCount,
    createdAt,
    updatedAt: createdAt,
  }
  state.messages.push(message)
  return message
}

/** What a message counts as, and what it costs. */
export function messageUsage({body, mediaCount, direction}: Message): {category: string; usage: number; price: number} {
  const way = direction === 'inbound' ? 'inbound' : 'outbound'
  if (mediaCount > 0) return {category: `mms-${way}`, usage: 1, price: MMS_PRICE}
  const usage = segmentCount(body)
  return {category: `sms-${way}`, usage, price: usage * SMS_SEGMENT_PRICE}
}
