import type {Context} from '../../http/context.js'
import {ApiError} from '../../http/errors.js'
import {rfc2822} from '../../http/format.js'
import type {State} from '../../state/state.js'
import type {Account} from '../../state/types/accounts.js'
import type {Message} from '../../state/types/messaging.js'
import {existingMessages, MESSAGE_SENT_MS, messageStatus, messageUsage, sendMessage} from '../../world/messages.js'
import {isPhoneNumber} from '../../world/number-ranges.js'
import {segmentCount} from '../../world/segments.js'
import {MESSAGE_FROM_FAILURES, MESSAGE_TO_FAILURES, TEST_NUMBER, type TestFailure} from '../../world/test-values.js'
import {v2010Resource} from '../shared/resource.js'
import {readWebhook} from '../shared/webhooks.js'

export const messageRoutes = v2010Resource<Message>('Messages', {
  key: 'messages',
  all: existingMessages,
  filters: {To: ({to}) => to, From: ({from}) => from},
  create,
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
  if (from) checkFrom(state, accountSid, from)
  throwIfFailing(MESSAGE_TO_FAILURES.get(to))
  if (!isPhoneNumber(to)) throw new ApiError(400, 21211, `Invalid 'To' Phone Number: ${to}`)

  const statusCallback = readWebhook(form, 'StatusCallback')
  return sendMessage(state, now, {
    accountSid,
    from,
    messagingServiceSid,
    to,
    body,
    mediaUrls: media,
    ...(statusCallback && {statusCallback}),
  })
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
  const inbound = message.direction === 'inbound'
  const sent = ['sent', 'delivered', 'undelivered'].includes(status)
  const undelivered = status === 'undelivered'
  const uri = `/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}`
  return {
    sid: message.sid,
    account_sid: message.accountSid,
    api_version: '2010-04-01',
    body: message.body,
    direction: message.direction ?? 'outbound-api',
    from: message.from,
    to: message.to,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.mediaCount),
    num_segments: String(segmentCount(message.body)),
    status,
    date_created: rfc2822(message.createdAt),
    date_sent: sent || inbound ? rfc2822(message.createdAt + (inbound ? 0 : MESSAGE_SENT_MS)) : null,
    date_updated: rfc2822(since),
    error_code: undelivered ? 30003 : null,
    error_message: undelivered ? 'Unreachable destination handset' : null,
    price: sent || inbound ? `-${messageUsage(message).price.toFixed(5)}` : null,
    price_unit: 'USD',
    subresource_uris: {media: `${uri}/Media.json`},
    uri: `${uri}.json`,
  }
}
