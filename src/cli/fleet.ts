import {readFile} from 'node:fs/promises'

import {errorDetails, type ResultErrors} from '../lib/error-document.js'
import {type Failure, refused} from '../lib/errors.js'
import type {FleetPlan} from '../lib/fleet/plan.js'
import {locally} from '../lib/local-files.js'
import {toFailure, worstFirst} from './failures.js'
import {readAll} from './stdin.js'

/** A declared fleet, as it stands in the file. */
export async function readFleetFile(path: string): Promise<string> {
  if (path === '-') return readAll(process.stdin)
  const suggestions = ['Give another file, or - for standard input.'] as const
  return locally({doing: `read the declared add-ons in ${path}`, suggestions}, () => readFile(path, 'utf8'))
}

/** Of `terraform plan -detailed-exitcode`, where something differs; here it is that of a wrong command line otherwise (decision 18). */
const differencesExitCode = 2

/** What would end with that, with another exit code. */
export function exitCodeTaken(error: unknown): Failure {
  const failure = toFailure(error)
  if (failure.exitCode !== differencesExitCode) return failure
  return refused('NOT_PLANNED', failure.message, ...failure.suggestions)
}

/** Sets the exit code. What was blocked is told with the plan, what failed when it did. */
export function endApply(
  {changes, blocked}: FleetPlan,
  outcomes: ReadonlyMap<string, 'done' | Failure>,
  isDetailed: boolean,
): ResultErrors {
  const failed = [...outcomes.values()].filter((outcome) => outcome !== 'done')
  const failures = worstFirst([...failed, ...blocked.map(({failure}) => failure)])
  const [worst] = failures
  if (isDetailed && !worst && changes.length > 0) process.exitCode = differencesExitCode
  if (!worst) return {}
  process.exitCode = Math.max(Number(process.exitCode ?? 0), worst.exitCode)
  return {error: errorDetails(worst), errors: failures.map(errorDetails)}
}
