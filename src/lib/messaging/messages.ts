import {Failure, usage} from '../errors.js'
import {deliveryErrors} from '../twilio/delivery-errors.js'
import {createMessage, fetchMessage, listMessages, type Message} from '../twilio/messages.js'
import {follow, sendListed, type Sender} from './sender.js'

/** What one message holds (https://www.twilio.com/docs/messaging/api/message-resource). */
const longestText = 1600

/** How long a message is followed: carriers confirm within seconds, or not at all. */
const timeoutMs = 120_000

/** @throws {Failure} `usage` for what cannot be sent. */
export function checkText(text: string): void {
  if (text.trim() === '')
    throw usage('TEXT_EMPTY', 'There is nothing to send.', 'Give the text as the second argument.')
  if (text.length <= longestText) return
  throw usage(
    'TEXT_TOO_LONG',
    `The text has ${text.length} characters, and one message holds ${longestText}.`,
    'Send less, or several messages.',
  )
}

/** Sends a message, once. */
export async function sendText(sender: Sender, {to, body}: {to: string; body: string}): Promise<Message> {
  const {twilio, from} = sender
  const ends = {from, to}
  return sendListed(sender, {
    list: async () => (await listMessages(twilio, ends)).filter((each) => each.body.trim() === body.trim()),
    send: () => createMessage(twilio, {...ends, body}),
  })
}

/**
 * A message as it ends, or as it is after two minutes.
 * @throws {Failure} `refused` when it failed or was not delivered, with Twilio's reason.
 */
export async function followText({twilio}: Sender, sent: Message): Promise<Message> {
  const again = () => fetchMessage(twilio, sent.sid)
  const message = await follow(sent, twilio, {again, isFinal, timeoutMs})
  if (['failed', 'undelivered', 'canceled'].includes(message.status)) throw notDelivered(message)
  return message
}

export function isFinal({status}: Message): boolean {
  return ['delivered', 'read', 'received', 'failed', 'undelivered', 'canceled'].includes(status)
}

function notDelivered({sid, to, status, errorCode, errorMessage}: Message): Failure {
  const known = errorCode === undefined ? undefined : deliveryErrors[errorCode]
  const reason = known?.message ?? errorMessage ?? 'Twilio does not say why.'
  return new Failure({
    code: known?.code ?? 'MESSAGE_NOT_DELIVERED',
    outcome: 'refused',
    message: `${sid} to ${to}: ${status}. ${reason}${errorCode === undefined ? '' : ` (Twilio error ${errorCode})`}`,
    suggestions: known?.suggestions ?? [
      errorCode === undefined
        ? 'See https://console.twilio.com (Monitor > Logs).'
        : `See https://www.twilio.com/docs/api/errors/${errorCode}`,
    ],
    // Told by the message itself, which was answered well.
    ...(errorCode !== undefined && {twilio: {code: errorCode, status: 200}}),
  })
}
