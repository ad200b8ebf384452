import {Failure, UnknownOutcome} from '../errors.js'
import {numberOf} from '../text.js'
import {type HttpRequest, type HttpResponse, NoAnswer, type Send} from './types.js'

export interface RetryPolicy {
  /** Tries in all for a failure of the network or the server. */
  readonly tries: number
  /**
   * After how long no more waiting begins while the answer is 429, which is never processed and so always safe to repeat: where many
   * work at once, a turn of one's own comes sooner or later, after however many tries.
   */
  readonly limitedForMs: number
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  /** A `Retry-After` beyond this is not waited for. */
  readonly maxRetryAfterMs: number
  /** @param wait what was waited for this answer before, and how long that may be in all */
  readonly sleep: (milliseconds: number, wait: {waitedMs: number; timeoutMs: number}) => Promise<void>
  readonly random: () => number
  /** Whether the run may have changed anything by now. */
  readonly hasChanged?: () => boolean
}

export const defaultPolicy: Omit<RetryPolicy, 'sleep'> = {
  tries: 5,
  limitedForMs: 120_000,
  firstDelayMs: 250,
  maxDelayMs: 8000,
  maxRetryAfterMs: 60_000,
  random: Math.random,
}

/** Exponential backoff with full jitter: any delay from nothing to the cap of this try (1 = the first retry). */
export function backoff(retry: number, policy: RetryPolicy): number {
  return policy.random() * longest(retry, policy)
}

export function longest(retry: number, {firstDelayMs, maxDelayMs}: RetryPolicy): number {
  return Math.min(maxDelayMs, firstDelayMs * 2 ** (retry - 1))
}

/** The wait that the server asks for: seconds or a date, as RFC 9110 allows; undefined when it says nothing usable. */
export function retryAfterMs(value: string | undefined, now = Date.now()): number | undefined {
  if (value === undefined || value.trim() === '') return undefined
  const seconds = Number(value)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

/**
 * The rules of repeating (docs/architecture.md): 429 and what was never sent, always; other failures only when the
 * request changes nothing by being repeated. A POST or PATCH whose answer is lost ends as `UnknownOutcome` at once:
 * only the caller knows where to look.
 * @throws {UnknownOutcome} a change may or may not have happened.
 * @throws {Failure} `temporary` when the retries ran out and nothing was changed.
 */
export function retrying(send: Send, policy: RetryPolicy): Send {
  return async (request) => {
    const repeatable = request.method === 'GET' || request.method === 'DELETE'
    const tries = {limited: 0, failed: 0}
    let limitedMs = 0
    for (;;) {
      const outcome = await attempt(send, request)
      if (outcome.kind === 'answer') return outcome.response

      if (outcome.kind === 'unknown' && !repeatable) throw new UnknownOutcome(outcome.reason, outcome.cause)
      const limited = outcome.kind === 'limited'
      const tried = limited ? ++tries.limited : ++tries.failed
      // Jitter on top of what the server asks for, or all that were given the same delay would come back together.
      const delay = (outcome.retryAfterMs ?? 0) + backoff(tried, policy)
      const isEnough = limited ? limitedMs > policy.limitedForMs : tried >= mostTries(outcome.cause, policy)
      if (isEnough || delay > policy.maxRetryAfterMs) throw gaveUp(request, outcome, tried, policy)
      const wait = {waitedMs: limitedMs, timeoutMs: limited ? policy.limitedForMs : delay}
      if (limited) limitedMs += delay
      await policy.sleep(delay, wait)
    }
  }
}

function mostTries(cause: unknown, {tries}: RetryPolicy): number {
  return cause instanceof NoAnswer ? Math.min(cause.mostTries ?? tries, tries) : tries
}

type Attempt =
  | {kind: 'answer'; response: HttpResponse}
  | {kind: 'limited' | 'unsent' | 'unknown'; reason: string; retryAfterMs?: number | undefined; cause?: unknown}

async function attempt(send: Send, request: HttpRequest): Promise<Attempt> {
  let response: HttpResponse
  try {
    response = await send(request)
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    return {kind: error.sent ? 'unknown' : 'unsent', reason: error.message, cause: error}
  }
  const {status} = response
  if (status < 500 && status !== 429 && (status >= 300 || isWhole(request, response))) return {kind: 'answer', response}
  const {host} = new URL(request.url)
  const wait = retryAfterMs(response.headers['retry-after'])
  if (status === 429) {
    return {kind: 'limited', reason: `${host} answered 429: too many requests at once`, retryAfterMs: wait}
  }
  if (status >= 500) return {kind: 'unknown', reason: `${host} answered ${status}`, retryAfterMs: wait}
  return {kind: 'unknown', reason: `${host} answered ${status} with something that is not JSON`}
}

/**
 * Every answer of both APIs is JSON, or 204 with nothing; a success that is neither is incomplete, or comes from something in
 * between.
 */
function isWhole({method}: HttpRequest, {status, body}: HttpResponse): boolean {
  if (body === '') return status === 204 || method === 'DELETE'
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}

function gaveUp(
  {url}: HttpRequest,
  failed: Exclude<Attempt, {kind: 'answer'}>,
  tries: number,
  {hasChanged = () => true}: RetryPolicy,
): Failure {
  const {reason, cause} = failed
  const again = hasChanged()
    ? 'Nothing was rolled back: run the same command again later to resume.'
    : 'Run the same command again later.'
  return new Failure({
    code: 'SERVICE_UNAVAILABLE',
    message: tries === 1 ? `${reason}.` : `${reason}, ${tries} times in a row.`,
    suggestions: [again, ...remedies(url, failed)],
    cause,
  })
}

function remedies(url: string, {kind, retryAfterMs, cause}: Exclude<Attempt, {kind: 'answer'}>): string[] {
  if (kind === 'limited') {
    const wait =
      retryAfterMs === undefined
        ? ''
        : ` ${new URL(url).host} asks to wait ${numberOf(Math.ceil(retryAfterMs / 1000), 'second')}.`
    return [`Run fewer commands at the same time.${wait}`]
  }
  const explained = cause instanceof NoAnswer ? cause.suggestion : undefined
  return explained === undefined ? statusPages(url) : [explained]
}

/** Where a service says that it has trouble: neither KORE nor Akkeris does, as far as we know. */
function statusPages(url: string): string[] {
  return /(^|\.)twilio\.com$/.test(new URL(url).hostname) ? ['See https://status.twilio.com'] : []
}
