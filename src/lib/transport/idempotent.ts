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

export interface IdempotentSend<Result> {
  readonly send: (sending: SenderOptions) => Promise<Result>
  /** What the request makes, as soon as it is there. */
  readonly find: () => Promise<Result | undefined>
  /** Left out where repeating the request does no harm. */
  readonly guard?: SendGuard
}

/** Twilio has no idempotency keys: a request is sent again only when what it makes is not there. */
const rounds = 3

/**
 * Sends a change that must not happen twice. When its answer is lost, looks for what it would have made, more than
 * once, and sends it again only when that is not there.
 * @throws {UnknownOutcome} when it is still not known after three rounds.
 */
export async function sendOnce<Result>(
  transport: Transport,
  {send, find, guard}: IdempotentSend<Result>,
): Promise<Result> {
  const attempt = guard
    ? async () => guard.withTime(async () => send({beforeEachTry: guard.requireTime}))
    : async () => send({})
  for (let round = 1; ; round++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error
      await transport.pause(1)
      const found = await until(transport, find, {timeoutMs: visibilityTimeoutMs})
      if (found !== undefined) return found
      if (round === rounds) throw error
    }
  }
}

export interface ListedSend<Sent> {
  readonly send: () => Promise<Sent>
  /** What is like it, and was sent lately. */
  readonly list: () => Promise<readonly Sent[]>
  /** Where a person sees what was sent. */
  readonly seeAt: string
}

/**
 * The same for what nothing tells from another one like it (a message, a call): when its answer is lost, what was not listed
 * before is taken for it.
 * @throws {Failure} `temporary` when it is not known whether it was sent; then a person decides whether to send it again.
 */
export async function sendListedOnce<Sent extends {readonly sid: string}>(
  transport: Transport,
  {send, list, seeAt}: ListedSend<Sent>,
): Promise<Sent> {
  const before = new Set((await list()).map(({sid}) => sid))
  const find = async () => (await list()).find(({sid}) => !before.has(sid))
  try {
    return await sendOnce(transport, {send, find})
  } catch (error) {
    if (!(error instanceof UnknownOutcome)) throw error
    const suggestions = [`It may have been sent: look at ${seeAt} before sending it again.`]
    throw new Failure({code: 'OUTCOME_UNKNOWN', message: error.message, suggestions, cause: error})
  }
}

/** Repeats for a few seconds while a failure may only mean that Twilio does not show yet what was just made. */
export async function retryUntilVisible<Result>(
  transport: Transport,
  work: () => Promise<Result>,
  maybeTooEarly: (error: unknown) => boolean,
): Promise<Result> {
  const attempt = async () => {
    try {
      return {result: await work()}
    } catch (error) {
      if (maybeTooEarly(error)) return undefined
      throw error
    }
  }
  const done = await until(transport, attempt, {timeoutMs: visibilityTimeoutMs})
  return done ? done.result : work()
}
