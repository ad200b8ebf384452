import type {Pacing} from '../poll.js'
import {type HttpRequest, type Send, timeoutMs} from './types.js'

/** Answers come within a second, as a rule. */
const slowMs = 4000

/** Tells whose answer takes long, at each try of a request; where several wait for one host, only once. */
export function tellingSlowAnswers(send: Send, {tell, tellEnd}: Pick<Pacing, 'tell' | 'tellEnd'>): Send {
  const tries = new WeakMap<HttpRequest, number>()
  const slow = new Map<string, number>()

  function begin(what: string): void {
    const others = slow.get(what) ?? 0
    slow.set(what, others + 1)
    if (others === 0) tell?.({what, waitedMs: slowMs, timeoutMs})
  }

  function end(what: string): void {
    const others = (slow.get(what) ?? 1) - 1
    slow.set(what, others)
    if (others === 0) tellEnd?.(what)
  }

  return async (request) => {
    const time = (tries.get(request) ?? 0) + 1
    tries.set(request, time)
    const what = `for ${new URL(request.url).host} to answer${time === 1 ? '' : `, try ${time}`}`
    const state = {isSlow: false}
    const timer = setTimeout(() => {
      state.isSlow = true
      begin(what)
    }, slowMs)
    try {
      return await send(request)
    } finally {
      clearTimeout(timer)
      if (state.isSlow) end(what)
    }
  }
}
