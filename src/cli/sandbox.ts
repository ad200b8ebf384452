import {inSandbox} from '../lib/command-line.js'
import {writeToStderr} from './progress.js'

/** The document of a run in the sandbox says so: nothing of it is on Twilio or Akkeris. */
export function markSandbox(document: object): object {
  return inSandbox() ? {sandbox: true, ...document} : document
}

export function tellSandbox(): void {
  writeToStderr('sandbox: nothing is bought')
}
