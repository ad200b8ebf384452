export interface Step<Status> {
  readonly status: Status
  /** When it was reached. */
  readonly since: number
}

/**
 * How far something has come that happens in steps, each so many milliseconds after the start. Statuses follow from the
 * time alone and are never stored, because reading must not write.
 */
export function stepAt<Status>(
  now: number,
  start: number,
  first: Status,
  ...later: readonly (readonly [afterMs: number, status: Status])[]
): Step<Status> {
  const [afterMs, status] = later.findLast(([ms]) => now - start >= ms) ?? [0, first]
  return {status, since: start + afterMs}
}
