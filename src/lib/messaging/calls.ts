import {stripVTControlCharacters} from 'node:util'

import {type Failure, refused, usage} from '../errors.js'
import {followSent} from '../follow.js'
import {type Call, type CallScript, ensureCalled, fetchCall} from '../twilio/calls.js'
import {deliveryLogs} from '../twilio/messages.js'
import type {Sender} from './sender.js'

/** Characters that TwiML in a request may have (https://www.twilio.com/docs/voice/api/call-resource). */
const longestTwiml = 4000

/** How long a call is followed. */
const usualMs = 600_000

/** TwiML that says a text. @throws {Failure} `usage` when it is empty or too long. */
export async function twimlOf(
  text: string,
  {voice, language}: {readonly voice?: string | undefined; readonly language?: string | undefined},
): Promise<string> {
  // XML allows no control characters, escaped or not.
  const spoken = stripVTControlCharacters(text)
    .replaceAll(/[^\P{Cc}\t\n]/gu, '')
    .trim()
  if (spoken === '') throw usage('TEXT_EMPTY', 'There is nothing to say.', 'Give it with --say "text", or give --url.')
  const {default: VoiceResponse} = await import('twilio/lib/twiml/VoiceResponse.js')
  const response = new VoiceResponse()
  // The SDK's types list the voices of its release; Twilio decides.
  type Attributes = Parameters<typeof response.say>[0]
  response.say({...(voice && {voice}), ...(language && {language})} as unknown as Attributes, spoken)
  const twiml = response.toString()
  if (twiml.length <= longestTwiml) return twiml
  throw usage(
    'TEXT_TOO_LONG',
    `The text takes ${twiml.length} characters of TwiML; a call may have ${longestTwiml}.`,
    'Shorten the text, or serve the TwiML yourself and give its --url.',
  )
}

/** Calls, once. */
export async function makeCall({twilio, from}: Sender, to: string, script: CallScript): Promise<Call> {
  return ensureCalled(twilio, {from, to}, script)
}

/**
 * A call as it ends, or as it is after ten minutes.
 * @throws {Failure} `refused` when nobody was reached.
 */
export async function followCall({twilio}: Sender, placed: Call): Promise<Call> {
  const refresh = () => fetchCall(twilio, placed.sid)
  const fact = `${placed.sid} to ${placed.to} was made`
  const call = await followSent(twilio.transport, placed, {refresh, isFinal, usualMs, fact, seeAt: deliveryLogs})
  if (isFinal(call) && call.status !== 'completed') throw notReached(call)
  return call
}

const notReachedBecause = {
  busy: ['CALL_BUSY', 'The line is busy, or the call was declined.'],
  'no-answer': ['CALL_NO_ANSWER', 'Nobody answered.'],
  failed: ['CALL_FAILED', 'The number could not be reached: most often, it does not exist.'],
  canceled: ['CALL_CANCELED', 'It was ended before anybody answered.'],
} as const

export function isFinal({status}: Call): boolean {
  return status === 'completed' || status in notReachedBecause
}

function notReached({sid, to, status}: Call): Failure {
  const [code, reason] = notReachedBecause[status as keyof typeof notReachedBecause]
  return refused(
    code,
    `${sid} to ${to}: ${status}. ${reason}`,
    'Check the number, or call again later.',
    'What happened in detail: https://console.twilio.com (Monitor > Logs > Calls).',
  )
}
