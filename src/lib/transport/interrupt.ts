import timers from 'node:timers/promises'

import {interrupted} from '../errors.js'
import type {Send} from './types.js'

/**
 * After Ctrl-C nothing new is sent, but what is under way is waited for (a request takes `timeoutMs` at most), so that
 * no change happens unseen. A second Ctrl-C ends the process at once (lib/base-command.ts).
 */
export function stoppable(send: Send, signal: AbortSignal): Send {
  return async (request) => {
    if (signal.aborted) throw interrupted()
    return send(request)
  }
}

/** Lets time pass; with a signal not past its abort, which it throws. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>

export const timer: Wait = async (milliseconds, signal) => timers.setTimeout(milliseconds, undefined, {signal})

/** Waits, but not past Ctrl-C. */
export function sleeper(signal: AbortSignal, wait: Wait = timer): (milliseconds: number) => Promise<void> {
  return async (milliseconds) => {
    try {
      await wait(milliseconds, signal)
    } catch (error) {
      if (signal.aborted) throw interrupted()
      throw error
    }
  }
}
