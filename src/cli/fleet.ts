import {readFile} from 'node:fs/promises'

import {Failure, refused} from '../lib/errors.js'
import {locally} from '../lib/local-files.js'
import {toFailure} from './failures.js'
import {readAll} from './stdin.js'

/** A declared fleet, as it stands in the file. */
export async function readFleetFile(path: string): Promise<string> {
  if (path === '-') return readAll(process.stdin)
  const suggestions = ['Give another file, or - for standard input.'] as const
  return locally({doing: `read the declared add-ons in ${path}`, suggestions}, () => readFile(path, 'utf8'))
}

/** Of `terraform plan -detailed-exitcode`, where something differs; here it is that of a wrong command line otherwise (decision 18). */
export const differencesExitCode = 2

/** What would end with that, with another exit code. */
export function exitCodeTaken(error: unknown): Failure {
  const failure = toFailure(error)
  if (failure.exitCode !== differencesExitCode) return failure
  return refused('NOT_PLANNED', failure.message, ...failure.suggestions)
}
