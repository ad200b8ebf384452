import {refused, usage, type Failure} from '../errors.js'
import {printable} from '../text.js'
import {createCall, fetchCall, listCalls, type Call, type CallScript} from '../twilio/calls.js'
import {follow, sendListed, type Sender} from './sender.js'

/** What TwiML in a request may hold (https://www.twilio.com/docs/voice/api/call-resource). */
const longestTwiml = 4000

/** How long a call is followed. */
const timeoutMs = 600_000

/** TwiML that says a text. @throws {Failure} `usage` when it is empty or too long. */
export async function twimlOf(
  text: string,
  {voice, language}: {readonly voice?: string | undefined; readonly language?: string | undefined},
): Promise<string> {
  // XML knows no control characters, whatever one does about them.
  const said = printable(text).trim()
  if (said === '') throw usage('TEXT_EMPTY', 'There is nothing to say.', 'Give it with --say "text", or give --url.')
  const {default: VoiceResponse} = await import('twilio/lib/twiml/VoiceResponse.js')
  const response = new VoiceResponse()
  // The SDK's types list the voices there were when it was made; Twilio judges.
  type Attributes = Parameters<typeof response.say>[0]
  response.say({...(voice && {voice}), ...(language && {language})} as unknown as Attributes, said)
  const twiml = response.toString()
  if (twiml.length <= longestTwiml) return twiml
  throw usage(
    'TEXT_TOO_LONG',
    `What is to be said takes ${twiml.length} characters of TwiML, and a call holds ${longestTwiml}.`,
    'Say less, or serve the TwiML and give its --url.',
  )
}

/** Calls, once. */
export async function makeCall(sender: Sender, to: string, script: CallScript): Promise<Call> {
  const {twilio, from} = sender
  return sendListed(sender, {
    list: () => listCalls(twilio, {from, to}),
    send: () => createCall(twilio, {from, to}, script),
  })
}

/**
 * A call as it ends, or as it is after ten minutes.
 * @throws {Failure} `refused` when nobody was reached.
 */
export async function followCall({twilio}: Sender, made: Call): Promise<Call> {
  const again = () => fetchCall(twilio, made.sid)
  const call = await follow(made, twilio, {again, isFinal, timeoutMs})
  if (isFinal(call) && call.status !== 'completed') throw notReached(call)
  return call
}

export function isFinal({status}: Call): boolean {
  return ['completed', 'busy', 'failed', 'no-answer', 'canceled'].includes(status)
}

function notReached({sid, to, status}: Call): Failure {
  const reasons: Partial<Record<Call['status'], string>> = {
    busy: 'The line is busy, or the call was declined.',
    'no-answer': 'Nobody answered.',
    failed: 'The number could not be reached: most often there is no such number.',
    canceled: 'It was ended before anybody answered.',
  }
  return refused(
    `CALL_${status.toUpperCase().replace('-', '_')}`,
    `${sid} to ${to}: ${status}. ${reasons[status] ?? ''}`.trimEnd(),
    'Check the number, or call again later.',
    'What happened in detail: https://console.twilio.com (Monitor > Logs > Calls).',
  )
}
