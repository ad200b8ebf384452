import {Failure, usage} from '../errors.js'
import {followSent} from '../follow.js'
import {deliveryErrors} from '../twilio/delivery-errors.js'
import {deliveryLogs, ensureSent, fetchMessage, type Message} from '../twilio/messages.js'
import {readSending, type Sending} from '../twilio/sending.js'
import {isUsPhone} from '../twilio/us-number.js'
import type {Sender} from './sender.js'

/** Characters that one message may have (https://www.twilio.com/docs/messaging/api/message-resource). */
const longestText = 1600

/** How long a message is followed: carriers confirm within seconds, or not at all. */
const usualMs = 120_000

/** @throws {Failure} `usage` for what cannot be sent. */
export function checkText(text: string): void {
  if (text.trim() === '')
    throw usage('TEXT_EMPTY', 'There is nothing to send.', 'Give the text as the second argument.')
  if (text.length <= longestText) return
  throw usage(
    'TEXT_TOO_LONG',
    `The text has ${text.length} characters; one message may have ${longestText}.`,
    'Send less, or several messages.',
  )
}

/** Whether US carriers deliver what is sent from this number; undefined where it goes to somebody else's. */
export async function sendingTo({twilio, from, numberSid}: Sender, to: string): Promise<Sending | undefined> {
  return isUsPhone(to) ? readSending(() => twilio, {sid: numberSid, e164: from}) : undefined
}

/** Sends a message, once. */
export async function sendText({twilio, from}: Sender, {to, body}: {to: string; body: string}): Promise<Message> {
  return ensureSent(twilio, {from, to, body})
}

/**
 * A message as it ends, or as it is after two minutes.
 * @throws {Failure} `refused` when it failed or was not delivered, with Twilio's reason.
 */
export async function followText({twilio}: Sender, sent: Message): Promise<Message> {
  const refresh = () => fetchMessage(twilio, sent.sid)
  const fact = `${sent.sid} to ${sent.to} was sent`
  const message = await followSent(twilio.transport, sent, {refresh, isFinal, usualMs, fact, seeAt: deliveryLogs})
  if (['failed', 'undelivered', 'canceled'].includes(message.status)) throw notDelivered(message)
  return message
}

export function isFinal({status}: Message): boolean {
  return ['delivered', 'read', 'received', 'failed', 'undelivered', 'canceled'].includes(status)
}

function notDelivered({sid, to, status, errorCode, errorMessage}: Message): Failure {
  const known = errorCode === undefined ? undefined : deliveryErrors()[errorCode]
  const reason = known?.message ?? errorMessage ?? 'Twilio gives no reason.'
  return new Failure({
    code: known?.code ?? 'MESSAGE_NOT_DELIVERED',
    message: `${sid} to ${to}: ${status}. ${reason}${errorCode === undefined ? '' : ` (Twilio error ${errorCode})`}`,
    suggestions: known?.suggestions ?? [
      errorCode === undefined
        ? 'See https://console.twilio.com (Monitor > Logs).'
        : `See https://www.twilio.com/docs/api/errors/${errorCode}`,
    ],
    // It is in the message itself, and the request for that succeeded.
    ...(errorCode !== undefined && {twilio: {code: errorCode, status: 200}}),
  })
}
