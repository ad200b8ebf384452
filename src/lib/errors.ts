import {ourCommand} from './command-line.js'
import {
  type AggregateCode,
  type CodeOf,
  type ErrorCode,
  type ExitCode,
  type Outcome,
  outcomeOf,
  outcomes,
} from './error-codes.js'
import {spelledOut} from './text.js'

export type FailureDetails = (
  | {readonly code: CodeOf<Outcome>}
  /** Represents several failures: the exit code is that of `worst`. */
  | {readonly code: AggregateCode; readonly worst: Failure}
) & {
  /** What happened, in a sentence. */
  readonly message: string
  /** How to fix it; at least one way unless there is none. */
  readonly suggestions?: readonly string[]
  readonly twilio?: {readonly code: number; readonly status: number} | undefined
  readonly cause?: unknown
}

const resumeAgain = 'Run the same command again to resume.'

/** Something that happened to the person, not a bug of ours: everything else that is thrown is one. */
export class Failure extends Error {
  /** For scripts; part of the JSON contract (docs/json.md). */
  readonly code: ErrorCode
  readonly outcome: Outcome
  readonly suggestions: readonly string[]
  readonly twilio: {readonly code: number; readonly status: number} | undefined
  readonly #details: FailureDetails

  constructor(details: FailureDetails) {
    const {code, message, suggestions = [], twilio, cause} = details
    super(message, cause === undefined ? {} : {cause})
    this.name = 'Failure'
    this.code = code
    this.outcome = 'worst' in details ? details.worst.outcome : outcomeOf(details.code)
    this.suggestions = suggestions
    this.twilio = twilio
    this.#details = details
  }

  get exitCode(): ExitCode {
    return outcomes[this.outcome].exitCode
  }

  /** The same failure with more suggestions, the new ones first: a command line that resumes says more than "the same command". */
  withSuggestions(...suggestions: string[]): Failure {
    const isSaid = suggestions.some((each) => each.includes('o resume: '))
    const others = this.suggestions.filter((each) => !isSaid || each !== resumeAgain)
    return this.retold({suggestions: [...suggestions, ...others]})
  }

  /** The same failure in other words. */
  retold(words: Partial<Pick<FailureDetails, 'message' | 'suggestions'>>): Failure {
    return new Failure({...this.#details, ...words})
  }
}

/** Before anything was changed there is nothing to resume. */
export function beforeAnyChange(suggestions: readonly string[]): readonly string[] {
  return suggestions.map((each) => (each === resumeAgain ? 'Run the same command again.' : each))
}

/** A failure as it is; anything else that was thrown is a bug. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  return new Failure({
    code: 'INTERNAL_ERROR',
    message: `This is a bug in aka-twilio: ${error instanceof Error ? error.message : String(error)}`,
    suggestions: [
      `Please report it with the command, what is printed here and what \`${ourCommand('twilio:doctor')}\` says.`,
      'Running the same command again is safe.',
    ],
    cause: error,
  })
}

/**
 * A change was sent and no (usable) answer came: it may or may not have happened. Whoever catches this looks before
 * sending again; uncaught, it ends the run with "run it again to resume".
 */
export class UnknownOutcome extends Failure {
  constructor(
    message: string,
    cause?: unknown,
    suggestions: readonly string[] = ['Run the same command again: it resumes where it stopped.'],
  ) {
    super({code: 'OUTCOME_UNKNOWN', message, suggestions, cause})
  }
}

/** What was typed may have characters that nobody sees: the message shows them. */
export const usage = (code: CodeOf<'usage'>, message: string, ...suggestions: string[]): Failure =>
  new Failure({code, message: spelledOut(message), suggestions})

export const conflict = (code: CodeOf<'conflict'>, message: string, ...suggestions: string[]): Failure =>
  new Failure({code, message, suggestions})

export const notFound = (code: CodeOf<'notFound'>, message: string, ...suggestions: string[]): Failure =>
  new Failure({code, message: spelledOut(message), suggestions})

export const refused = (code: CodeOf<'refused'>, message: string, ...suggestions: string[]): Failure =>
  new Failure({code, message, suggestions})

export const badCredentials = (code: CodeOf<'credentials'>, message: string, ...suggestions: string[]): Failure =>
  new Failure({code, message, suggestions})

export const temporary = (code: CodeOf<'temporary'>, message: string, ...suggestions: string[]): Failure =>
  new Failure({
    code,
    message,
    suggestions: [...suggestions, resumeAgain],
  })

/** Interrupted before anything was sent that changes something. */
export const cancelled = (): Failure =>
  new Failure({code: 'INTERRUPTED', message: 'Cancelled; nothing was changed.', suggestions: []})

export const interrupted = (): Failure =>
  new Failure({
    code: 'INTERRUPTED',
    message: 'Interrupted; nothing was rolled back.',
    suggestions: [resumeAgain],
  })
