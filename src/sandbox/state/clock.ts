export interface Step<T> {
  readonly status: T
  /** When it was reached. */
  readonly since: number
}

/**
 * How far something has come that happens in steps, each so many milliseconds after the start. It is told from the
 * time alone, because reading writes nothing.
 */
export function stepAt<T>(
  now: number,
  start: number,
  first: T,
  ...later: readonly (readonly [afterMs: number, status: T])[]
): Step<T> {
  const [afterMs, status] = later.findLast(([ms]) => now - start >= ms) ?? [0, first]
  return {status, since: start + afterMs}
}
