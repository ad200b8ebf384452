import {inSandbox} from '../lib/command-line.js'
import {writeToStderr} from './progress.js'

/** Nothing of a run in the sandbox is on Twilio or Akkeris: one line on stderr says so, and each document. */
export class SandboxNotice {
  #isGiven = false

  give(): void {
    if (!this.#isGiven) writeToStderr('sandbox: nothing is bought')
    this.#isGiven = true
  }

  mark(document: object): object {
    return this.#isGiven ? {sandbox: true, ...document} : markSandbox(document)
  }
}

/** Before anything is looked for: the command line may ask for the sandbox. */
export function markSandbox(document: object): object {
  return inSandbox() ? {sandbox: true, ...document} : document
}
