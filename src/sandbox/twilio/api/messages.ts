import type {Context} from '../../http/context.js'
import {ApiError, notComplete} from '../../http/errors.js'
import {rfc2822} from '../../http/format.js'
import type {State} from '../../state/state.js'
import type {Account} from '../../state/types/accounts.js'
import type {Webhook} from '../../state/types/common.js'
import type {Message} from '../../state/types/messaging.js'
import {
  cancelMessage,
  deliveryFailure,
  existingMessages,
  messageStatus,
  messageUsage,
  senderOf,
  sendMessage,
  sentAt,
} from '../../world/messages.js'
import {isPhoneNumber} from '../../world/number-ranges.js'
import {segmentCount} from '../../world/segments.js'
import {MESSAGE_FROM_FAILURES, MESSAGE_TO_FAILURES, TEST_NUMBER, type TestFailure} from '../../world/test-values.js'
import {timeFilters} from '../shared/filters.js'
import {v2010Resource} from '../shared/resource.js'

export const messageRoutes = v2010Resource<Message>('Messages', {
  key: 'messages',
  all: existingMessages,
  filters: {
    To: ({to}) => to,
    From: (message, {now}) => senderOf(message, now),
    ...timeFilters<Message>('DateSent', (message, {now}) => sentAt(message, now)),
  },
  create,
  update,
  remove,
  render: (message, {now}) => render(message, now),
})

const MAX_CHARACTERS = 1600

function create({state, form, now}: Context, {sid: accountSid}: Account): Message {
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
  if (body.length > MAX_CHARACTERS)
    throw new ApiError(400, 21617, 'The concatenated message body exceeds the 1600 character limit')
  if (to === from) throw new ApiError(400, 21266, "'To' and 'From' number cannot be the same")
  if (messagingServiceSid) checkService(state, accountSid, messagingServiceSid)
  if (from) checkFrom(state, accountSid, from)
  throwIfFailing(MESSAGE_TO_FAILURES.get(to))
  if (!isPhoneNumber(to)) throw new ApiError(400, 21211, `Invalid 'To' Phone Number: ${to}`)

  const statusCallback = readStatusCallback(form)
  const sendAt = readSendAt(form, now)
  return sendMessage(state, now, {
    accountSid,
    from,
    messagingServiceSid,
    to,
    body,
    mediaUrls: media,
    ...(statusCallback && {statusCallback}),
    ...(sendAt !== undefined && {sendAt}),
  })
}

/** Twilio tells nobody how a message was sent with another method than POST. */
function readStatusCallback(form: URLSearchParams): Webhook | undefined {
  const url = form.get('StatusCallback') ?? ''
  const isValid = url === '' || (url.length <= 4000 && URL.canParse(url) && /^https?:/.test(url))
  if (!isValid || (url !== '' && new URL(url).hostname.includes('_')))
    throw new ApiError(400, 21609, `Invalid 'StatusCallback': ${url}`)
  return url === '' ? undefined : {url, method: 'POST'}
}

function checkService({messagingServices}: State, accountSid: string, sid: string): void {
  if (!/^MG[0-9a-f]{32}$/i.test(sid)) throw new ApiError(400, 21705, 'The Messaging Service Sid is invalid')
  if (!messagingServices.some((each) => each.sid === sid && each.accountSid === accountSid))
    throw new ApiError(400, 21701, 'The Messaging Service does not exist')
}

const EARLIEST_MS = 300_000
const LATEST_MS = 35 * 86_400_000

/** Without a messaging service the parameters have no effect but the one that is an error. */
function readSendAt(form: URLSearchParams, now: number): number | undefined {
  const type = form.get('ScheduleType')
  if (!type) return undefined
  if (type !== 'fixed')
    throw new ApiError(400, 35126, 'The ScheduleType value provided is not supported for this channel')
  const text = form.get('SendAt')
  if (!text) throw new ApiError(400, 35111, 'SendAt timestamp is missing')
  if (!form.get('MessagingServiceSid'))
    throw new ApiError(400, 35118, 'MessagingServiceSid is required to schedule a message')
  const sendAt = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : NaN
  if (!(sendAt >= now + EARLIEST_MS && sendAt <= now + LATEST_MS))
    throw new ApiError(400, 35114, 'SendAt time must be between 300 seconds and 35 days in the future')
  return sendAt
}

/** A message is redacted, or called off while it is scheduled; nothing else can be changed. */
function update(message: Message, {state, form, now}: Context): void {
  const body = form.get('Body')
  const status = form.get('Status')
  if ((body === null) === (status === null) || (body ?? '') !== '' || (status ?? 'canceled') !== 'canceled')
    throw new ApiError(400, 30400, 'Parameters are not valid')
  const current = messageStatus(message, now).status
  if (status !== null) {
    // https://www.twilio.com/docs/api/errors/30409
    if (current !== 'scheduled') throw new ApiError(409, 30409, 'This message cannot be canceled: it is not scheduled')
    cancelMessage(state, now, message)
    return
  }
  checkFinal(current)
  message.body = ''
  message.updatedAt = now
}

function remove(message: Message, {state, now}: Context): void {
  checkFinal(messageStatus(message, now).status)
  state.messages = state.messages.filter((each) => each !== message)
}

function checkFinal(status: string): void {
  if (!['delivered', 'undelivered', 'received', 'canceled'].includes(status))
    throw notComplete('the message has not been delivered yet')
}

function checkFrom(state: State, accountSid: string, from: string): void {
  throwIfFailing(MESSAGE_FROM_FAILURES.get(from))
  if (from === TEST_NUMBER) return
  const owned = state.incomingNumbers.find((number) => number.accountSid === accountSid && number.phoneNumber === from)
  if (!owned?.capabilities.sms)
    throw new ApiError(400, 21606, `'From' ${from} is not a valid message-capable Twilio number for this account`)
}

function throwIfFailing(failure: TestFailure | undefined): void {
  if (failure) throw new ApiError(400, ...failure)
}

function render(message: Message, now: number): unknown {
  const {status, since} = messageStatus(message, now)
  const sent = sentAt(message, now)
  const [errorCode, errorMessage] = status === 'undelivered' ? deliveryFailure(message) : [null, null]
  const uri = `/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}`
  return {
    sid: message.sid,
    account_sid: message.accountSid,
    api_version: '2010-04-01',
    body: message.body,
    direction: message.direction ?? 'outbound-api',
    from: senderOf(message, now),
    to: message.to,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.mediaCount),
    num_segments: String(segmentCount(message.body)),
    status,
    date_created: rfc2822(message.createdAt),
    date_sent: sent === undefined ? null : rfc2822(sent),
    date_updated: rfc2822(Math.max(message.updatedAt, since)),
    error_code: errorCode,
    error_message: errorMessage,
    price: sent === undefined ? null : `-${messageUsage(message).price.toFixed(5)}`,
    price_unit: 'USD',
    subresource_uris: {media: `${uri}/Media.json`},
    uri: `${uri}.json`,
  }
}
