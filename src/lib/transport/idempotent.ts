import {UnknownOutcome} from '../errors.js'
import type {Transport} from './transport.js'

/** How often, over a few seconds, Twilio is asked whether a change arrived: what was just made may not be seen at once. */
const looks = 4

/**
 * Sends a change that must not happen twice. When its answer is lost, looks for what it would have made, more than
 * once, and sends it again only when that is not there (Twilio has no idempotency keys).
 * @throws {UnknownOutcome} when it is still not known after three rounds.
 */
export async function sendOnce<Made>(
  {make, look}: {make: () => Promise<Made>; look: () => Promise<Made | undefined>},
  transport: Transport,
): Promise<Made> {
  for (let round = 1; ; round++) {
    try {
      return await make()
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error
      for (let seen = 1; seen <= looks; seen++) {
        await transport.pause(seen)
        const found = await look()
        if (found !== undefined) return found
      }
      if (round === 3) throw error
    }
  }
}

/** Repeats for a few seconds while `error` may only mean that Twilio does not see yet what was just made. */
export async function retryUntilVisible<Result>(
  work: () => Promise<Result>,
  maybeTooEarly: (error: unknown) => boolean,
  transport: Transport,
): Promise<Result> {
  for (let seen = 1; ; seen++) {
    try {
      return await work()
    } catch (error) {
      if (!maybeTooEarly(error) || seen > looks) throw error
      await transport.pause(seen)
    }
  }
}
