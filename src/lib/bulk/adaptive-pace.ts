import pLimit, {type LimitFunction} from 'p-limit'
import pThrottle from 'p-throttle'

import type {Pace} from '../transport/pace.js'
import {retryAfterMs} from '../transport/retry.js'

/** Twilio allows so many reads and so many writes a second on one Map, all its items together: https://www.twilio.com/docs/sync/limits */
const registryPerSecond = 20

const startWith = 4

/** An answer that takes so many times as long as the fastest tells of a server that is busy. */
const slow = 3

/** One halving answers all requests that were refused together. */
const halveEveryMs = 1000

export interface AdaptivePace extends Pace {
  /** For what is done at once; how much that is changes as it goes on. */
  readonly limit: LimitFunction
}

interface PaceOptions {
  /** `--concurrency` */
  readonly ceiling: number
  readonly now?: () => number
}

/**
 * Additive increase, multiplicative decrease, as TCP does it: a little more is done at once with each answer that comes fast, half as
 * much after a 429, and nothing is sent before its `Retry-After` is over. Requests to the registry are spread over time besides.
 */
export function adaptivePace({ceiling, now = () => performance.now()}: PaceOptions): AdaptivePace {
  const limit = pLimit(Math.min(startWith, ceiling))
  let atOnce = limit.concurrency
  let fastestMs = Infinity
  let halvedAt = -Infinity
  let heldUntil = -Infinity
  const [read, write] = [registryTurns(), registryTurns()]

  function setAtOnce(wanted: number): void {
    atOnce = Math.min(Math.max(wanted, 1), ceiling)
    limit.concurrency = Math.floor(atOnce)
  }

  return {
    limit,
    async turn({method, url}, sleep) {
      if (heldUntil > now()) await sleep(heldUntil - now())
      if (/\bsync\.twilio\.com\//.test(url)) await (method === 'GET' ? read : write)()
    },
    answered({status, headers}, tookMs) {
      if (status === 429) {
        heldUntil = Math.max(heldUntil, now() + (retryAfterMs(headers['retry-after']) ?? 0))
        if (now() - halvedAt < halveEveryMs) return
        halvedAt = now()
        return setAtOnce(atOnce / 2)
      }
      fastestMs = Math.min(fastestMs, tookMs)
      if (tookMs <= slow * fastestMs) setAtOnce(atOnce + 1 / atOnce)
    },
  }
}

function registryTurns(): () => Promise<void> {
  return pThrottle({limit: registryPerSecond, interval: 1000, strict: true})(async () => undefined)
}
