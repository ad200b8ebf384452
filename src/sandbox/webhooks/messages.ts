import type {Step} from '../state/clock.js'
import type {State} from '../state/state.js'
import type {Message} from '../state/types/messaging.js'
import type {IncomingNumber} from '../state/types/numbers.js'
import {deliveryFailure, messageSteps, numberOwner, senderOf, sendMessage} from '../world/messages.js'
import {isPhoneNumber} from '../world/number-ranges.js'
import {serviceOf} from '../world/registrations.js'
import {segmentCount} from '../world/segments.js'
import {type Due, webhookIn} from './due.js'
import {placeFields} from './places.js'
import type {Element} from './twiml.js'

/** Twilio tells nobody of the first status of a message: who sent it has it from the answer. */
export function dueMessages({messages}: Readonly<State>, now: number): Due[] {
  return messages.flatMap((subject): Due[] => {
    if (subject.createdAt > now) return []
    if (subject.direction === 'inbound')
      return [{at: subject.createdAt, subject, name: 'received', task: {kind: 'message'}}]
    const webhook = subject.statusCallback
    if (!webhook) return []
    return messageSteps(subject)
      .slice(1)
      .filter(({since}) => since <= now)
      .map(({status, since}) => ({
        at: since,
        subject,
        name: status,
        task: {kind: 'notice', webhook, form: statusFields(subject, {status, since})},
      }))
  })
}

function statusFields(message: Message, {status, since}: Step<string>): Record<string, string> {
  return {
    ...identity(message, senderOf(message, since)),
    SmsStatus: status,
    MessageStatus: status,
    ...(status === 'undelivered' && {ErrorCode: String(deliveryFailure(message)[0])}),
  }
}

function identity(message: Message, from: string | null): Record<string, string> {
  const {sid, accountSid, to, messagingServiceSid} = message
  return {
    ApiVersion: '2010-04-01',
    AccountSid: accountSid,
    MessageSid: sid,
    SmsSid: sid,
    From: from ?? '',
    To: to,
    ...(messagingServiceSid !== null && {MessagingServiceSid: messagingServiceSid}),
  }
}

/** What Twilio sends when a message arrives. */
export function arrivalFields(message: Message): Record<string, string> {
  const {sid, from, to, body, mediaUrls = []} = message
  const media = mediaUrls.flatMap((url, index) => [
    [`MediaUrl${index}`, url],
    [`MediaContentType${index}`, mediaTypeOf(url)],
  ])
  return {
    ...identity(message, from),
    SmsMessageSid: sid,
    SmsStatus: 'received',
    Body: body,
    NumSegments: String(segmentCount(body)),
    NumMedia: String(mediaUrls.length),
    ...(Object.fromEntries(media) as Record<string, string>),
    ...placeFields('From', from ?? ''),
    ...placeFields('To', to),
  }
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  gif: 'image/gif',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
}

function mediaTypeOf(url: string): string {
  return MEDIA_TYPES[/\.(\w+)(?:[?#]|$)/.exec(url)?.[1] ?? ''] ?? 'image/jpeg'
}

/** Where a number, or the messaging service that it is in, wants to hear of messages. */
export function messageWebhooks(state: Readonly<State>, {to}: Message) {
  const number = numberOwner(state, to)
  const service = number && serviceOf(state, number)
  if (service && service.settings.use_inbound_webhook_on_number !== true)
    return {
      address: webhookIn(service.settings, 'inbound_request', 'inbound_method'),
      fallback: webhookIn(service.settings, 'fallback'),
    }
  const settings = numberSettings(number)
  return {address: webhookIn(settings, 'sms'), fallback: webhookIn(settings, 'sms_fallback')}
}

export function numberSettings(number: IncomingNumber | undefined): IncomingNumber['settings'] {
  return number?.settings ?? {}
}

/** Sends what a `<Message>` says, in reply to a message. Undefined where it says nothing that can be sent. */
export function sendReply(state: State, now: number, {received, verb, base}: Reply): Message | undefined {
  const {attributes, children, ownText} = verb
  const to = attributes.to ?? received.from ?? ''
  const part = (name: string): string[] => children.filter((child) => child.name === name).map(({text}) => text)
  const body = part('Body').join('') || ownText
  const mediaUrls = part('Media').map((url) => new URL(url, base).href)
  const callback = attributes.statusCallback ?? attributes.action
  if (!isPhoneNumber(to) || (body === '' && mediaUrls.length === 0)) return undefined
  return sendMessage(state, now, {
    accountSid: received.accountSid,
    from: attributes.from ?? received.to,
    to,
    body,
    mediaUrls,
    direction: 'outbound-reply',
    inReplyTo: received.sid,
    ...(callback && {
      statusCallback: {url: new URL(callback, base).href, method: attributes.method === 'GET' ? 'GET' : 'POST'},
    }),
  })
}

interface Reply {
  readonly received: Message
  readonly verb: Element
  /** What addresses in it are relative to. */
  readonly base: string
}
