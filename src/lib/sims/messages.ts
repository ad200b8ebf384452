import {ensureSent} from '../carrier/ensure.js'
import {isActive, type OutgoingMessage, type Sim, type SimMessage} from '../carrier/port.js'
import {ourCommand} from '../command-line.js'
import {Failure, refused, usage} from '../errors.js'
import {followSent} from '../follow.js'
import {longestWait} from '../poll.js'
import type {SimContext} from './context.js'

/** How long a message is followed. */
const usualMs = 120_000

/** What one SMS holds (https://www.twilio.com/docs/iot/supersim/api/smscommand-resource). */
const longestText = 160
const mostBytes = 140

/** @throws {Failure} `usage` for what cannot be sent to such a SIM; nothing is sent then. */
export function checkMessage({sim, payload, binary, port}: OutgoingMessage): void {
  if (port !== undefined && sim.product === 'wireless')
    throw usage(
      'PORT_NOT_SUPPORTED',
      '--port is for Super SIM: Programmable Wireless sends by SMS.',
      'Leave --port out.',
    )
  if (binary && port === undefined && sim.product === 'super-sim') {
    throw usage(
      'PORT_REQUIRED',
      'Super SIM sends only text by SMS; bytes go over IP, to a UDP port that the device listens on.',
      'Add --port N, or send text.',
    )
  }
  if (binary && !/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(payload))
    throw usage('PAYLOAD_NOT_BASE64', 'With --binary the payload must be Base64.', 'For example: printf hello | base64')
  if (payload === '')
    throw usage('PAYLOAD_EMPTY', 'There is nothing to send.', 'Give the payload as the second argument.')
  const isTooLong = binary ? Buffer.from(payload, 'base64').length > mostBytes : payload.length > longestText
  if (port === undefined && isTooLong) {
    throw usage(
      'PAYLOAD_TOO_LONG',
      `One message holds ${longestText} characters or ${mostBytes} bytes.`,
      sim.product === 'super-sim' ? 'Send less, or over IP: add --port N.' : 'Send less.',
    )
  }
}

/** Sends one message, once. @throws {Failure} `usage`, `refused` for a SIM that is not active, `temporary` */
export async function sendMessage({sims, appSpace}: SimContext, message: OutgoingMessage): Promise<SimMessage> {
  checkMessage(message)
  const {sim} = message
  if (!isActive(sim)) {
    throw refused(
      'SIM_NOT_ACTIVE',
      `${sim.name ?? sim.sid} is ${sim.status}: it receives no messages.`,
      `To activate it: ${ourCommand(`twilio:sims:activate ${sim.sid} -a ${appSpace}`)}`,
    )
  }
  return ensureSent(sims, message, ourCommand(`twilio:m2m -a ${appSpace}`))
}

/** The message as it ends. @throws {Failure} `temporary` when it has not after two minutes. */
export async function followMessage({sims, appSpace}: SimContext, sent: SimMessage): Promise<SimMessage> {
  const {transport} = sims
  const refresh = (latest: SimMessage) => sims.fetchMessage(latest)
  const [fact, seeAt] = [`${sent.sid} was sent`, ourCommand(`twilio:m2m -a ${appSpace}`)]
  const message = await followSent(transport, sent, {refresh, isFinal, usualMs, fact, seeAt})
  if (isFinal(message)) return message
  throw new Failure({
    code: 'MESSAGE_PENDING',
    message: `${message.sid} was sent, and is still ${message.status} after ${longestWait(transport, usualMs) / 1000} seconds.`,
    // Running the same command again would send another one.
    suggestions: [`See what becomes of it: ${seeAt}`],
  })
}

/** Over IP nobody reports whether a device got it. */
function isFinal({status, transport}: SimMessage): boolean {
  return ['delivered', 'received', 'failed'].includes(status) || (transport === 'ip' && status === 'sent')
}

/** Every message that was not there yet, oldest first, as they come; until the run is stopped. */
export async function* newMessages(
  {sims}: SimContext,
  {sim, seen}: {readonly sim: Sim | undefined; readonly seen: readonly SimMessage[]},
): AsyncGenerator<SimMessage> {
  const known = new Set(seen.map(({sid}) => sid))
  for (;;) {
    await sims.transport.sleep(2000)
    const added = (await sims.listMessages(sim && {sim})).filter(({sid}) => !known.has(sid)).reverse()
    for (const message of added) {
      known.add(message.sid)
      yield message
    }
  }
}
