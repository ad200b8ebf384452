import {inSandbox} from '../lib/command-line.js'
import {type Failure, usage} from '../lib/errors.js'
import {writeToStderr} from './progress.js'

/** The document of a run in the sandbox says so: nothing of it is on Twilio or Akkeris. */
export function markSandbox(document: object): object {
  return inSandbox() ? {sandbox: true, ...document} : document
}

export function tellSandbox(): void {
  writeToStderr('sandbox: nothing is bought')
}

/** @param problem what the sandbox says is wrong with a request of its own commands */
export function sandboxRequestInvalid(problem: string): Failure {
  return usage('SANDBOX_REQUEST_INVALID', `${problem}.`, 'See what it takes: add --help.')
}
