import {Errors} from '@oclif/core'

import {errorDetails, type ErrorDocument} from '../lib/error-document.js'
import {asFailure, Failure, interrupted, usage} from '../lib/errors.js'
import {safeLines} from '../lib/secrets.js'
import {colorsFor} from './output/colors.js'
import {renderFailure} from './output/failure.js'
import {parserFailure} from './parser-failure.js'
import {endProgress, writeToStderr} from './progress.js'

/** Failures of ours as they are; oclif's and inquirer's translated; anything else is a bug. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Error && error.name === 'ExitPromptError') return interrupted()
  if (error instanceof Errors.CLIError) {
    const {message, suggestions} = parserFailure(error)
    return usage('ARGUMENTS_INVALID', message, ...suggestions, 'See what it takes: add --help.')
  }
  return asFailure(error)
}

/** The end of a run without a result: its exit code, what happened on stderr and, with `logJson`, a document for a program. */
export function tellFailure(failure: Failure, logJson?: (document: ErrorDocument) => void): void {
  process.exitCode = failure.exitCode
  endProgress()
  logJson?.({error: errorDetails(failure)})
  explainFailure(failure)
  const {outcome, cause} = failure
  if (outcome === 'bug') writeToStderr(safeLines(cause instanceof Error ? (cause.stack ?? '') : String(cause)))
}

/** What happened and how to fix it, on stderr. */
export function explainFailure(failure: Failure): void {
  writeToStderr(renderFailure(failure, colorsFor(process.stderr, process.env)))
}

/** Of several, the one whose exit code counts comes first. */
export function worstFirst(failures: readonly Failure[]): Failure[] {
  return [...failures].sort((a, b) => b.exitCode - a.exitCode)
}
