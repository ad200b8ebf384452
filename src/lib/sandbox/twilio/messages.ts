import type {HttpResponse} from '../../transport/types.js'
import {accountInPath} from '../auth.js'
import {rfc2822} from '../dates.js'
import {nextSid} from '../ids.js'
import {ApiError, json, notFound} from '../respond.js'
import {param, type Context, type Route} from '../router.js'
import type {Message} from '../state.js'
import {TEST_NUMBER} from './nanp.js'
import {isPhoneNumber} from './ranges.js'

const LIST = '/2010-04-01/Accounts/{AccountSid}/Messages.json'
const ONE = '/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json'

export const messageRoutes: readonly Route[] = [
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

/** How long the sandbox takes to deliver, by its own clock. */
const DELIVERY_MS = 2000

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

function render(message: Message, now: number): unknown {
  const delivered = now - message.createdAt >= DELIVERY_MS
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
    status: delivered ? 'delivered' : 'queued',
    date_created: rfc2822(message.createdAt),
    date_sent: delivered ? rfc2822(message.createdAt) : null,
    date_updated: rfc2822(delivered ? message.createdAt + DELIVERY_MS : message.createdAt),
    error_code: null,
    error_message: null,
    price: null,
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
