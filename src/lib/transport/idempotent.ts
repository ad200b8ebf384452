import {UnknownOutcome} from '../errors.js'
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
