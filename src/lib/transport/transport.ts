import {type Pacing, tellEveryMs} from '../poll.js'
import {sleeper, stoppable, timer, type Wait} from './interrupt.js'
import type {Pace} from './pace.js'
import {backoff, defaultPolicy, longest, retrying, type RetryPolicy} from './retry.js'
import {tellingSlowAnswers} from './slow-answers.js'
import type {Send} from './types.js'

/** Everything that is sent to Twilio and Akkeris goes through a sender of this. */
export interface Transport extends Pacing {
  /** Retries by the rules of retry.ts; refuses to send anything new after Ctrl-C. */
  sender(options?: SenderOptions): Send
}

export interface SenderOptions {
  /** Called before each single try, retries included; what it throws keeps the request from being sent. */
  readonly beforeEachTry?: () => void
  /** For tidying up behind an interrupted run. */
  readonly evenIfInterrupted?: boolean
  /** Tried once: for what is not worth waiting for. */
  readonly once?: boolean
}

export interface TransportOptions extends Pick<Pacing, 'tell' | 'tellEnd' | 'longestWaitMs'> {
  readonly send: Send
  readonly signal: AbortSignal
  readonly pace?: Pace | undefined
  /** How time passes. */
  readonly wait?: Wait
  /** Called before anything is sent that is no mere question. */
  readonly onChange?: (() => void) | undefined
}

/** What a server asks for may be a minute, and several delays follow one another: what takes that long in all is reported. */
const longDelayMs = 4000

export function createTransport({
  send,
  signal,
  pace,
  onChange,
  tell,
  tellEnd,
  longestWaitMs,
  wait = timer,
}: TransportOptions): Transport {
  const sleep = sleeper(signal, wait)
  const sendOnce = tellingSlowAnswers(send, {tell, tellEnd})
  let changed = false
  const policy: RetryPolicy = {
    ...defaultPolicy,
    hasChanged: () => changed,
    // Many at once take turns: each waits for its own, however long one wait of another kind may be.
    limitedForMs: Math.min(defaultPolicy.limitedForMs, pace ? Infinity : (longestWaitMs ?? Infinity)),
    async sleep(milliseconds, {waitedMs: before, timeoutMs}) {
      const what = 'before trying again, as the server is busy'
      try {
        for (let waitedMs = 0; waitedMs < milliseconds; waitedMs += tellEveryMs) {
          if ((pace ? 0 : before) + milliseconds > longDelayMs)
            tell?.({what, waitedMs: before + waitedMs, timeoutMs: Math.max(timeoutMs, before + milliseconds)})
          await sleep(Math.min(tellEveryMs, milliseconds - waitedMs))
        }
      } finally {
        tellEnd?.(what)
      }
    },
  }
  const tidyingUp: RetryPolicy = {
    ...policy,
    // Whoever pressed Ctrl-C waits for the end of the run: not for long.
    get limitedForMs() {
      return signal.aborted ? 6000 : policy.limitedForMs
    },
    get maxDelayMs() {
      return signal.aborted ? 2000 : policy.maxDelayMs
    },
    async sleep(milliseconds, told) {
      if (signal.aborted) return wait(milliseconds)
      await policy.sleep(milliseconds, told).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    },
  }
  return {
    sleep,
    tell,
    tellEnd,
    longestWaitMs,
    now: () => performance.now(),
    // Half of it for certain: looking again at once would see nothing new.
    pause: (time) => sleep((longest(time, policy) + backoff(time, policy)) / 2),
    sender({beforeEachTry, evenIfInterrupted = false, once = false} = {}) {
      const checked: Send = async (request) => {
        beforeEachTry?.()
        if (request.method !== 'GET') {
          changed = true
          onChange?.()
        }
        const sentAt = performance.now()
        const response = await sendOnce(request)
        pace?.answered(response, performance.now() - sentAt)
        return response
      }
      const allowed = evenIfInterrupted ? checked : stoppable(checked, signal)
      if (once) return retrying(inTurn(allowed), {...policy, tries: 1, limitedForMs: -1})
      return retrying(inTurn(allowed), evenIfInterrupted ? tidyingUp : policy)
    },
  }

  /** Before it is looked whether there is time left on the lease: to wait for the turn takes some. */
  function inTurn(allowed: Send): Send {
    if (!pace) return allowed
    return async (request) => {
      // After Ctrl-C only what tidies up is sent, and somebody waits for that.
      if (!signal.aborted)
        await pace.turn(request, sleep).catch((error: unknown) => {
          if (!signal.aborted) throw error
        })
      return allowed(request)
    }
  }
}
