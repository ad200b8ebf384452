import {Errors} from '@oclif/core'

import {Failure, interrupted} from '../lib/errors.js'

/** Failures of ours as they are; oclif's and inquirer's translated; anything else is a bug. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof Error && error.name === 'ExitPromptError') return interrupted()
  if (error instanceof Errors.CLIError) {
    return new Failure({
      code: 'ARGUMENTS_INVALID',
      message: parserSentence(error.message),
      suggestions: [...(error.suggestions ?? []), 'See what it takes: add --help.'],
    })
  }
  return new Failure({
    code: 'INTERNAL_ERROR',
    message: `This is a bug in aka-twilio: ${error instanceof Error ? error.message : String(error)}`,
    suggestions: [
      'Please report it with the command, `aka version` and what is printed here.',
      'Running the same command again is safe.',
    ],
  })
}

/** oclif's sentence without what it puts around it. */
function parserSentence(message: string): string {
  const [sentence = message] = message.split('\nSee more help')
  return sentence.replace(/^The following errors? occurred:\s+/, '')
}

/** Of several, the one whose exit code counts comes first. */
export function worstFirst(failures: readonly Failure[]): Failure[] {
  return [...failures].sort((a, b) => b.exitCode - a.exitCode)
}
