export interface Step<Status> {
  readonly status: Status
  /** When it was reached. */
  readonly since: number
}

type Later<Status> = readonly (readonly [afterMs: number, status: Status])[]

/** What something goes through that happens in steps, each so many milliseconds after the start. */
export function stepsFrom<Status>(start: number, first: Status, ...later: Later<Status>): readonly Step<Status>[] {
  return [{status: first, since: start}, ...later.map(([afterMs, status]) => ({status, since: start + afterMs}))]
}

/**
 * How far it has come. Statuses follow from the time alone and are never stored, because reading must not write.
 */
export function latestStep<Status>(steps: readonly Step<Status>[], now: number): Step<Status> {
  const step = steps.findLast(({since}) => since <= now) ?? steps[0]
  if (!step) throw new Error('What happens in steps has at least one.')
  return step
}

export function stepAt<Status>(now: number, start: number, first: Status, ...later: Later<Status>): Step<Status> {
  return latestStep(stepsFrom(start, first, ...later), now)
}
