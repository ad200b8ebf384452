import {ApiError} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'

/** A year, in seconds: https://www.twilio.com/docs/api/errors/54011 */
const LONGEST_S = 31_536_000

interface Expiring {
  readonly expiresAt?: number | undefined
}

/**
 * When something expires, by the first of these parameters that a request has; `current` without one, because it is not put off by
 * an update. None, or 0, is never.
 */
export function readExpiry(
  form: URLSearchParams,
  names: readonly string[],
  now: number,
  current?: number,
): {expiresAt: number | undefined} {
  const texts = names.flatMap((name) => form.get(name) ?? [])
  for (const text of texts)
    if (!/^\d*$/.test(text) || Number(text) > LONGEST_S) throw new ApiError(400, 54011, 'Invalid TTL')
  const [text] = texts
  if (text === undefined) return {expiresAt: current}
  return {expiresAt: Number(text) > 0 ? now + Number(text) * 1000 : undefined}
}

/** Twilio takes a little longer, and says only that it may. */
export function isExpired({expiresAt = Infinity}: Expiring, now: number): boolean {
  return expiresAt <= now
}

export function renderExpiry({expiresAt}: Expiring): string | null {
  return expiresAt === undefined ? null : iso8601(expiresAt)
}
