import {Failure, UnknownOutcome} from '../errors.js'
import {until, visibilityTimeoutMs} from '../poll.js'
import type {SenderOptions, Transport} from './transport.js'

/** The lease under which something is sent that must not happen twice. */
export interface SendGuard {
  /** Throws where too little of it is left; called before each single try. */
  readonly requireTime: () => void
  /** Does the work, renewing the lease and starting over where `requireTime` threw. */
  withTime<Result>(work: () => Promise<Result>): Promise<Result>
}

interface Send<Result> {
  readonly send: (sending: SenderOptions) => Promise<Result>
  /** What the request makes, as soon as it is there. */
  readonly find: () => Promise<Result | undefined>
  readonly guard?: SendGuard
}

export interface SingleSend<Result> extends Send<Result> {
  /** What may have happened, for the message, e.g. `+18015550100 was bought`. */
  readonly effect: string
}

/**
 * How long a new thing may take to show in Twilio's lists: what people reported is 3 to 8 seconds, and nobody promises anything. A
 * duration is the same by Twilio's clock and by the monotonic one of the waits, which stops rather than jumps.
 */
export const listsLateMs = 30_000

/**
 * Sends a change that costs or leaves something behind, and sends it once. When its answer is lost, looks for what it would have
 * made for as long as that may take to show. It is never sent again, however likely it seems that it did not arrive: no look proves
 * that, and a second purchase cannot be taken back, while after exit 7 a person runs the same command again (docs/decisions/0012).
 * @throws {UnknownOutcome} when it does not show.
 * @throws {Failure} the same where looking failed or was interrupted: then `cause` is the unknown outcome.
 */
export async function sendOnce<Result>(transport: Transport, single: SingleSend<Result>): Promise<Result> {
  try {
    return await attempt(single)
  } catch (error) {
    if (!(error instanceof UnknownOutcome)) throw error
    return findAfterwards(transport, single, error)
  }
}

async function findAfterwards<Result>(
  transport: Transport,
  {find, guard, effect}: SingleSend<Result>,
  unknown: UnknownOutcome,
): Promise<Result> {
  const doubt = `It is not known whether ${effect}: ${unknown.message.replace(/\.$/, '')}`
  let failed: Failure | undefined
  const look = async () => {
    try {
      failed = undefined
      return await find()
    } catch (error) {
      // What is only temporary may be over at the next look.
      if (!(error instanceof Failure) || error.outcome === 'interrupted') throw error
      failed = error
      return undefined
    }
  }
  try {
    await transport.pause(1)
    const found = await untilListed(transport, look, {guard, what: `to see whether ${effect}`})
    if (found !== undefined) return found
  } catch (error) {
    if (!(error instanceof Failure) || error.outcome !== 'interrupted') throw error
    throw new Failure({
      code: 'INTERRUPTED',
      message: `Interrupted. ${doubt}.`,
      suggestions: [lookAgain],
      cause: unknown,
    })
  }
  if (!failed) {
    const message = `${doubt}, and it did not show in the ${listsLateMs / 1000} seconds after.`
    throw new UnknownOutcome(message, unknown.cause, [lookAgain])
  }
  const message = `${doubt}, and looking for it failed: ${failed.message}`
  throw new Failure({code: 'OUTCOME_UNKNOWN', message, suggestions: [lookAgain], cause: unknown})
}

const lookAgain = 'Run the same command again in a minute: it looks once more, and does only what is missing.'

/** Looks for something for as long as it may take to show in Twilio's lists, and keeps the lease meanwhile. */
export async function untilListed<Result>(
  transport: Transport,
  find: () => Promise<Result | undefined>,
  {guard, what}: {readonly guard?: SendGuard | undefined; readonly what: string},
): Promise<Result | undefined> {
  const onWait = async () => guard?.withTime(async () => guard.requireTime())
  return until(transport, find, {timeoutMs: listsLateMs, onWait, what})
}

/** How often a change is sent that does no harm when it is repeated. */
const rounds = 3

/**
 * Sends a change that does no harm when it is repeated. When its answer is lost, looks whether it took effect, and sends it again
 * where it did not.
 * @throws {UnknownOutcome} when it is still not known after three rounds.
 */
export async function sendRepeatable<Result>(transport: Transport, change: Send<Result>): Promise<Result> {
  for (let round = 1; ; round++) {
    try {
      return await attempt(change)
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error
      await transport.pause(1)
      const found = await until(transport, change.find, {timeoutMs: visibilityTimeoutMs})
      if (found !== undefined) return found
      if (round === rounds) throw error
    }
  }
}

async function attempt<Result>({send, guard}: Send<Result>): Promise<Result> {
  return guard ? guard.withTime(async () => send({beforeEachTry: guard.requireTime})) : send({})
}

export interface ListedSend<Sent> extends Pick<SingleSend<Sent>, 'effect'> {
  readonly send: () => Promise<Sent>
  /** What is like it, and was sent lately. */
  readonly list: () => Promise<readonly Sent[]>
  /** Where a person sees what was sent. */
  readonly seeAt: string
}

/**
 * `sendOnce` for what nothing tells from another one like it (a message, a call): when its answer is lost, what was not listed
 * before is taken for it.
 * @throws {Failure} when it is not known whether it was sent; then a person decides whether to send it again.
 */
export async function sendListedOnce<Sent extends {readonly sid: string}>(
  transport: Transport,
  {send, list, effect, seeAt}: ListedSend<Sent>,
): Promise<Sent> {
  const before = new Set((await list()).map(({sid}) => sid))
  const find = async () => (await list()).find(({sid}) => !before.has(sid))
  try {
    return await sendOnce(transport, {send, find, effect})
  } catch (error) {
    if (!isInDoubt(error)) throw error
    throw error.retold({suggestions: [`Look at ${seeAt} before sending it again.`]})
  }
}

/** What `sendOnce` ends with when it does not know. */
function isInDoubt(error: unknown): error is Failure {
  return error instanceof Failure && (error instanceof UnknownOutcome || error.cause instanceof UnknownOutcome)
}

/** Repeats for a few seconds while a failure may only mean that Twilio does not show yet what was just made. */
export async function retryUntilVisible<Result>(
  transport: Transport,
  work: () => Promise<Result>,
  maybeTooEarly: (error: unknown) => boolean,
): Promise<Result> {
  const attemptOnce = async () => {
    try {
      return {result: await work()}
    } catch (error) {
      if (maybeTooEarly(error)) return undefined
      throw error
    }
  }
  const done = await until(transport, attemptOnce, {timeoutMs: visibilityTimeoutMs})
  return done ? done.result : work()
}
