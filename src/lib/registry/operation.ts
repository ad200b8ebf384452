import {Failure, UnknownOutcome} from '../errors.js'
import {NoAnswer} from '../transport/types.js'
import {type ItemData, LeaseLost} from './items.js'
import type {Lease} from './lease.js'

/** How often an operation starts over because another run took its item over. */
const attempts = 5

/**
 * A change of what an item stands for. The intent is written before the first step, so that any run can resume from
 * wherever this one stops; the last write says what the item has become and gives the lease up.
 */
export interface Operation<Data extends ItemData, Result> {
  readonly intent?: Partial<Data> | undefined
  /** What must be true under the lease before anything is done; a failure leaves no trace of this run. */
  readonly preconditions?: () => Promise<void>
  readonly steps: () => Promise<Result>
  /** The last write; by default the item stays as the steps left it. */
  readonly commit?: (result: Result) => Promise<void>
  /** What this run did so far, to be taken back after a definite refusal; none once there is only the way forward. */
  readonly rollback?: () => Rollback | undefined
  /** How to resume after anything but a definite refusal, or where nothing is rolled back. */
  readonly resume?: (failure: Failure) => readonly string[]
}

export interface Rollback {
  /** Takes back what this run did and nothing that it found, the item last. Gives whether there was anything. */
  readonly undo: () => Promise<boolean>
  /** What to do about what could not be taken back. */
  readonly otherwise: string
}

/** Carries an operation out under a lease. @throws what it ends with, by the rule of `concludeFailure` */
export async function runOperation<Data extends ItemData, Result>(
  lease: Lease<Data>,
  {intent, preconditions, steps, commit, rollback, resume}: Operation<Data, Result>,
): Promise<Result> {
  try {
    await preconditions?.()
  } catch (error) {
    throw await withdraw(lease, error, resume)
  }
  try {
    if (intent) await lease.save(intent)
    const result = await steps()
    await (commit ? commit(result) : lease.release())
    return result
  } catch (error) {
    throw await concludeFailure(lease, error, {rollback: rollback?.(), resume})
  }
}

/** Nothing was done yet: an item that this run wrote goes, any other is left as it was found. */
async function withdraw<Data extends ItemData>(
  lease: Lease<Data>,
  error: unknown,
  resume: Operation<Data, unknown>['resume'],
): Promise<unknown> {
  if (!lease.isNew || error instanceof LeaseLost) return concludeFailure(lease, error, {resume})
  await lease.remove().catch(() => undefined)
  return error
}

/**
 * The one rule for a failure: after a definite refusal everything is rolled back where that is possible. After an unknown
 * outcome, a temporary failure or Ctrl-C everything is kept, and the failure says how to resume.
 * @returns the error to end with.
 */
export async function concludeFailure<Data extends ItemData>(
  lease: Lease<Data>,
  error: unknown,
  {
    rollback,
    resume,
  }: {readonly rollback?: Rollback | undefined; readonly resume?: Operation<Data, unknown>['resume'] | undefined},
): Promise<unknown> {
  // The item is another run's, and with it what was done here.
  if (error instanceof LeaseLost) return error
  if (rollback && isDefinite(error)) return rollBack(lease, error, rollback)
  if (!mayStillArrive(error)) await releaseQuietly(lease)
  return error instanceof Failure && resume ? error.withSuggestions(...resume(error)) : error
}

async function rollBack<Data extends ItemData>(
  lease: Lease<Data>,
  because: Failure,
  {undo, otherwise}: Rollback,
): Promise<unknown> {
  try {
    const undone = await undo()
    return undone ? because.withSuggestions('Rolled back: nothing of this run is left.') : because
  } catch (error) {
    if (error instanceof LeaseLost) return error
    await releaseQuietly(lease)
    if (error instanceof Failure && error.outcome === 'interrupted') return error
    const why = error instanceof Error ? error.message : String(error)
    return because.withSuggestions(`Not everything could be rolled back (${why}): ${otherwise}`)
  }
}

/** Twilio or Akkeris said no: nothing that was asked for will happen any more. */
export function isDefinite(error: unknown): error is Failure {
  return error instanceof Failure && error.outcome !== 'temporary' && error.outcome !== 'interrupted'
}

/**
 * Twilio may still be at work on a request, or its lists may not show yet what it did (`sendOnce` could not look for long enough):
 * then whoever comes next must wait for the lease to run out.
 */
function mayStillArrive(error: unknown): boolean {
  if (error instanceof UnknownOutcome) return error.cause instanceof NoAnswer
  return error instanceof Failure && error.cause instanceof UnknownOutcome
}

/** Why the operation failed is what the person must hear, not that its lease could not be released. */
export async function releaseQuietly<Data extends ItemData>(lease: Lease<Data>): Promise<void> {
  await lease.release().catch(() => undefined)
}

/** Does work that nobody else may do meanwhile; the item itself stays as it is. */
export async function withLease<Data extends ItemData, Result>(
  lease: Lease<Data>,
  work: (lease: Lease<Data>) => Promise<Result>,
): Promise<Result> {
  return runOperation(lease, {steps: () => work(lease), commit: () => releaseQuietly(lease)})
}

/**
 * Starts over when another run took the item over while this one slept: everything is read again.
 * `onFailure` tidies up behind a run that failed after it had started over.
 */
export async function restartIfLeaseLost<Result>(
  attempt: () => Promise<Result>,
  onFailure?: () => Promise<void>,
): Promise<Result> {
  for (let number = 1; ; number++) {
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof LeaseLost && number < attempts) continue
      if (number > 1) await onFailure?.().catch(() => undefined)
      throw error
    }
  }
}
