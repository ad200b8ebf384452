import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountInPath} from '../../http/auth.js'
import {stepAt, type Step} from '../../state/clock.js'
import {rfc2822} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {ApiError, json, notFound, pageOf2010} from '../../http/respond.js'
import {param, wanted, type Context, type Route} from '../../http/router.js'
import type {Message} from '../../state/state.js'
import {heldBy} from '../held.js'
import {TEST_NUMBER} from '../../world/nanp.js'
import {isPhoneNumber} from '../../world/ranges.js'
import {UNIT_PRICES} from '../../world/unit-prices.js'

const LIST = '/2010-04-01/Accounts/{AccountSid}/Messages.json'
const ONE = '/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json'

export const messageRoutes: readonly Route[] = [
  {product: 'api', method: 'GET', path: LIST, handle: list},
  {product: 'api', method: 'POST', path: LIST, handle: create},
  {product: 'api', method: 'GET', path: ONE, handle: fetchMessage},
]

type Failure = readonly [code: number, message: string]

/** Twilio's documented test values. */
const FROM_FAILURES: ReadonlyMap<string, Failure> = new Map<string, Failure>([
  ['+15005550001', [21212, "Invalid 'From' Number: +15005550001"]],
  ['+15005550008', [21611, "This 'From' number has exceeded the maximum number of queued messages"]],
])
const TO_FAILURES: ReadonlyMap<string, Failure> = new Map<string, Failure>([
  ['+15005550001', [21211, "Invalid 'To' Phone Number: +15005550001"]],
  ['+15005550002', [21612, "Message cannot be sent with the current combination of 'To' and 'From' parameters"]],
  ['+15005550003', [21408, 'Permission to send an SMS has not been enabled for the region of this number']],
  ['+15005550004', [21610, 'Attempt to send to unsubscribed recipient']],
  ['+15005550009', [21614, "'To' number is not a valid mobile number"]],
])

/** How long it takes in the sandbox, by its own clock, until a message is sent, and until it is delivered. */
const SENT_MS = 1000
const DELIVERED_MS = 2000

type Status = 'queued' | 'sent' | 'delivered' | 'undelivered'

function create(context: Context): HttpResponse {
  const {state, form, now} = context
  const account = accountInPath(context)
  const to = form.get('To')
  const from = form.get('From')
  const messagingServiceSid = form.get('MessagingServiceSid')
  const body = form.get('Body') ?? ''
  const media = form.getAll('MediaUrl')
  if (!to) throw new ApiError(400, 21604, "A 'To' phone number is required")
  if (!from && !messagingServiceSid)
    throw new ApiError(400, 21603, "A 'From' or 'MessagingServiceSid' parameter is required to send a message")
  if (body === '' && media.length === 0 && !form.has('ContentSid'))
    throw new ApiError(400, 21602, 'Message body is required')
  if (body.length > 1600)
    throw new ApiError(400, 21617, 'The concatenated message body exceeds the 1600 character limit')
  if (from) checkFrom(context, account.sid, from)
  refuse(TO_FAILURES.get(to))
  if (!isPhoneNumber(to)) throw new ApiError(400, 21211, `Invalid 'To' Phone Number: ${to}`)

  const message: Message = {
    sid: nextSid(state, media.length > 0 ? 'MM' : 'SM'),
    accountSid: account.sid,
    from,
    messagingServiceSid,
    to,
    body,
    mediaCount: media.length,
    createdAt: now,
    updatedAt: now,
  }
  state.messages.push(message)
  return json(201, render(message, now))
}

function list(context: Context): HttpResponse {
  const {state, now} = context
  const messages = heldBy(accountInPath(context).sid, now, state.messages).filter(
    ({to, from}) => wanted(context, 'To', to) && wanted(context, 'From', from),
  )
  return pageOf2010(context, 'messages', messages, (message) => render(message, now))
}

function fetchMessage(context: Context): HttpResponse {
  const account = accountInPath(context)
  const sid = param(context, 'Sid')
  const message = context.state.messages.find((each) => each.sid === sid && each.accountSid === account.sid)
  if (!message) throw notFound(context.path)
  return json(200, render(message, context.now))
}

function checkFrom({state}: Context, accountSid: string, from: string): void {
  refuse(FROM_FAILURES.get(from))
  if (from === TEST_NUMBER) return
  const owned = state.incomingNumbers.find((number) => number.accountSid === accountSid && number.phoneNumber === from)
  if (!owned?.capabilities.sms)
    throw new ApiError(400, 21606, `'From' ${from} is not a valid message-capable Twilio number for this account`)
}

function refuse(failure: Failure | undefined): void {
  if (failure) throw new ApiError(400, failure[0], failure[1])
}

function statusOf({to, createdAt}: Message, now: number): Step<Status> {
  const end = isUnreachable(to) ? 'undelivered' : 'delivered'
  return stepAt<Status>(now, createdAt, 'queued', [SENT_MS, 'sent'], [DELIVERED_MS, end])
}

/** Magic value: nobody is reached at numbers that end like this. */
export function isUnreachable(phoneNumber: string): boolean {
  return phoneNumber.endsWith('0000')
}

/** What a message counts as, and what it costs. */
export function billOf({body, mediaCount}: Message): {category: string; usage: number; price: number} {
  if (mediaCount > 0) return {category: 'mms-outbound', usage: 1, price: UNIT_PRICES.mms}
  const usage = segments(body)
  return {category: 'sms-outbound', usage, price: usage * UNIT_PRICES.smsSegment}
}

function render(message: Message, now: number): unknown {
  const {status, since} = statusOf(message, now)
  const sent = status !== 'queued'
  const undelivered = status === 'undelivered'
  const uri = `/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}`
  return {
    sid: message.sid,
    account_sid: message.accountSid,
    api_version: '2010-04-01',
    body: message.body,
    direction: 'outbound-api',
    from: message.from,
    to: message.to,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.mediaCount),
    num_segments: String(segments(message.body)),
    status,
    date_created: rfc2822(message.createdAt),
    date_sent: sent ? rfc2822(message.createdAt + SENT_MS) : null,
    date_updated: rfc2822(since),
    error_code: undelivered ? 30003 : null,
    error_message: undelivered ? 'Unreachable destination handset' : null,
    price: sent ? `-${billOf(message).price.toFixed(5)}` : null,
    price_unit: 'USD',
    subresource_uris: {media: `${uri}/Media.json`},
    uri: `${uri}.json`,
  }
}

/** 160 characters fit into one SMS, 70 when they need UCS-2; parts of longer ones hold a little less. */
function segments(body: string): number {
  const plain = /^[\u0020-\u007e\n\r]*$/.test(body)
  const [single, part] = plain ? [160, 153] : [70, 67]
  return body.length <= single ? 1 : Math.ceil(body.length / part)
}
