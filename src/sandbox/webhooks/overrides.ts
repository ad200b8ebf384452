/** Why a request failed: no connection, no answer in time, or an answer that says so. */
export type FailureKind = 'ct' | 'rt' | '4xx' | '5xx'

/** How often and how long an address is tried. */
export interface Overrides {
  /** The address without them. */
  readonly url: string
  readonly connectMs: number
  readonly readMs: number
  readonly totalMs: number
  readonly retries: number
  readonly retried: readonly FailureKind[]
}

/**
 * What the fragment of an address says, `#rc=3&rp=5xx,ct`, and otherwise what Twilio does: one more try, and only when there was no
 * connection (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
 */
export function overridesOf(address: string): Overrides {
  const [url = '', fragment = ''] = address.split('#')
  const given = new URLSearchParams(fragment)
  const number = (name: string, {min, max, initial}: {min: number; max: number; initial: number}): number => {
    const value = Number(given.get(name) ?? initial)
    return Number.isInteger(value) ? Math.min(Math.max(value, min), max) : initial
  }
  const kinds: readonly FailureKind[] = ['ct', 'rt', '4xx', '5xx']
  const policy = (given.get('rp') ?? 'ct').split(',')
  return {
    url,
    connectMs: number('ct', {min: 100, max: 10_000, initial: 5000}),
    readMs: number('rt', {min: 100, max: 15_000, initial: 15_000}),
    totalMs: number('tt', {min: 100, max: 15_000, initial: 15_000}),
    retries: number('rc', {min: 0, max: 5, initial: 1}),
    retried: policy.includes('all') ? kinds : kinds.filter((kind) => policy.includes(kind)),
  }
}
