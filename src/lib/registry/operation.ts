import {Failure, UnknownOutcome} from '../errors.js'
import {NoAnswer} from '../transport/types.js'
import {takeOverSeconds} from './acquire-lease.js'
import {type ItemData, LeaseLost} from './items.js'
import type {Lease} from './lease.js'

/** How often an operation starts over because another run took its item over. */
const attempts = 5

/**
 * A change of what an item records. The intent is written before the first step, so that any run can resume from
 * wherever this one stops; the last write says what the item has become and gives the lease up.
 */
export interface Operation<Data extends ItemData, Result> {
  readonly intent?: Partial<Data> | undefined
  /** What must be true under the lease before anything is done; a failure leaves no trace of this run. */
  readonly preconditions?: () => Promise<void>
  readonly steps: () => Promise<Result>
  /** The last write; by default the item stays as the steps left it, and then all is done whatever becomes of the lease. */
  readonly commit?: (result: Result) => Promise<void>
  /** Called with what a person should know although it went well. */
  readonly warn?: ((sentence: string) => void) | undefined
  /** What this run did so far, to be taken back after a definite refusal; none once there is only the way forward. */
  readonly rollback?: () => Rollback | undefined
  /** How to resume after anything but a definite refusal, or where nothing is rolled back. */
  readonly resume?: (failure: Failure) => readonly string[]
}

export interface Rollback {
  /** Undoes what this run did, and nothing that it found, the item last. Returns whether there was anything. */
  readonly undo: () => Promise<boolean>
  /** What to do about what could not be taken back. */
  readonly otherwise: string
}

/** Carries an operation out under a lease. @throws what it ends with, by the rule of `concludeFailure` */
export async function runOperation<Data extends ItemData, Result>(
  lease: Lease<Data>,
  {intent, preconditions, steps, commit, warn, rollback, resume}: Operation<Data, Result>,
): Promise<Result> {
  try {
    await preconditions?.()
  } catch (error) {
    throw await withdraw(lease, error, resume)
  }
  try {
    if (intent) await lease.save(intent)
    const result = await steps()
    await (commit ? commit(result) : releaseOrWarn(lease, warn))
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
  const held = await quietly(lease, () => lease.remove())
  return error instanceof Failure && typeof held === 'string' ? error.withSuggestions(held) : error
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
  // The item is another run's, and with it what was done here. (A lease on something else may be lost as well.)
  if (error instanceof LeaseLost && error.key === lease.key) return error
  if (rollback && isDefinite(error)) return rollBack(lease, error, rollback)
  const held = mayStillArrive(error)
    ? stillHeld(lease, 'Twilio may still be at work on its last request')
    : await releaseQuietly(lease)
  // The lease ran out, and another run changed what was refused: an account that it closed refuses any token, for one.
  if (held instanceof LeaseLost && isDefinite(error)) return held
  const more = [
    ...(error instanceof Failure ? (resume?.(error) ?? []) : []),
    ...(typeof held === 'string' ? [held] : []),
  ]
  return error instanceof Failure && more.length > 0 ? error.withSuggestions(...more) : error
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
    const held = await releaseQuietly(lease)
    if (error instanceof Failure && error.outcome === 'interrupted') return error
    return because.withSuggestions(
      `Not everything could be rolled back (${reasonOf(error)}): ${otherwise}`,
      ...(typeof held === 'string' ? [held] : []),
    )
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

/**
 * Why the operation failed is what the person must hear first, not that its lease could not be released.
 * @returns what that means for other runs, if it could not be; `LeaseLost` where one of them has it.
 */
export async function releaseQuietly<Data extends ItemData>(
  lease: Lease<Data>,
): Promise<string | LeaseLost | undefined> {
  return quietly(lease, () => lease.release())
}

async function quietly<Data extends ItemData>(
  lease: Lease<Data>,
  giveUp: () => Promise<void>,
): Promise<string | LeaseLost | undefined> {
  try {
    await giveUp()
    return undefined
  } catch (error) {
    if (error instanceof LeaseLost) return error
    lease.abandon()
    return stillHeld(lease, `it could not be released: ${reasonOf(error)}`)
  }
}

async function releaseOrWarn<Data extends ItemData>(lease: Lease<Data>, warn: Operation<Data, unknown>['warn']) {
  const held = await releaseQuietly(lease)
  if (typeof held === 'string') warn?.(held)
}

function stillHeld<Data extends ItemData>({key, record}: Lease<Data>, why: string): string {
  const seconds = takeOverSeconds(record.lease?.seconds ?? 0)
  return `The lease on ${key} expires within ${seconds} s (${why.replace(/\.$/, '')}); until then other runs wait.`
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Does work that nobody else may do meanwhile; the item itself stays as it is. */
export async function withLease<Data extends ItemData, Result>(
  lease: Lease<Data>,
  work: (lease: Lease<Data>) => Promise<Result>,
  warn?: (sentence: string) => void,
): Promise<Result> {
  return runOperation(lease, {steps: () => work(lease), warn})
}

interface Restart {
  /** Of the lease; without it, whichever was lost. */
  readonly key?: string
  /** Tidies up behind a run that failed after it had started over. */
  readonly onFailure?: () => Promise<void>
}

/** Starts over when another run took the item over while this one slept: everything is read again. */
export async function restartIfLeaseLost<Result>(
  attempt: () => Promise<Result>,
  {key, onFailure}: Restart = {},
): Promise<Result> {
  for (let number = 1; ; number++) {
    try {
      return await attempt()
    } catch (error) {
      const isLost = error instanceof LeaseLost && (key ?? error.key) === error.key
      if (isLost && number < attempts) continue
      if (number > 1) await onFailure?.().catch(() => undefined)
      throw error
    }
  }
}
