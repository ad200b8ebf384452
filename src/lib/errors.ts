/** What each exit code means to a script: docs/exit-codes.md. */
export const exitCodes = {
  refused: 1,
  usage: 2,
  plan: 3,
  notFound: 4,
  credentials: 5,
  conflict: 6,
  temporary: 7,
  bug: 70,
  interrupted: 130,
} as const

export type Outcome = keyof typeof exitCodes
export type ExitCode = (typeof exitCodes)[Outcome]

export interface FailureDetails {
  /** For scripts, e.g. `PLAN_UNKNOWN`; part of the JSON contract (docs/json.md). */
  readonly code: string
  readonly outcome: Outcome
  /** What happened, in a sentence. */
  readonly message: string
  /** How to fix it; at least one way unless there is none. */
  readonly suggestions?: readonly string[]
  readonly twilio?: {readonly code: number; readonly status: number}
  readonly cause?: unknown
}

/** Something that happened to the person, not a bug of ours: everything else that is thrown is one. */
export class Failure extends Error {
  readonly code: string
  readonly outcome: Outcome
  readonly suggestions: readonly string[]
  readonly twilio: {readonly code: number; readonly status: number} | undefined

  constructor({code, outcome, message, suggestions = [], twilio, cause}: FailureDetails) {
    super(message, cause === undefined ? {} : {cause})
    this.name = 'Failure'
    this.code = code
    this.outcome = outcome
    this.suggestions = suggestions
    this.twilio = twilio
  }

  get exitCode(): ExitCode {
    return exitCodes[this.outcome]
  }

  /** The same failure with more suggestions, the new ones first. */
  withSuggestions(...suggestions: string[]): Failure {
    return new Failure({...this.details(), suggestions: [...suggestions, ...this.suggestions]})
  }

  private details(): FailureDetails {
    const {code, outcome, message, suggestions, twilio, cause} = this
    return {code, outcome, message, suggestions, cause, ...(twilio && {twilio})}
  }
}

/**
 * A change was sent and no (usable) answer came: it may or may not have happened. Whoever catches this looks before
 * sending again; uncaught, it ends the run with "run it again to resume".
 */
export class UnknownOutcome extends Failure {
  constructor(message: string, cause?: unknown) {
    super({
      code: 'NO_ANSWER',
      outcome: 'temporary',
      message,
      suggestions: ['Run the same command again: it resumes where it stopped.'],
      cause,
    })
  }
}

export const usage = (code: string, message: string, ...suggestions: string[]): Failure =>
  new Failure({code, outcome: 'usage', message, suggestions})

export const conflict = (code: string, message: string, ...suggestions: string[]): Failure =>
  new Failure({code, outcome: 'conflict', message, suggestions})

export const notFound = (code: string, message: string, ...suggestions: string[]): Failure =>
  new Failure({code, outcome: 'notFound', message, suggestions})

export const refused = (code: string, message: string, ...suggestions: string[]): Failure =>
  new Failure({code, outcome: 'refused', message, suggestions})

export const badCredentials = (code: string, message: string, ...suggestions: string[]): Failure =>
  new Failure({code, outcome: 'credentials', message, suggestions})

export const temporary = (code: string, message: string, ...suggestions: string[]): Failure =>
  new Failure({
    code,
    outcome: 'temporary',
    message,
    suggestions: [...suggestions, 'Run the same command again to resume.'],
  })

export const interrupted = (): Failure =>
  new Failure({
    code: 'INTERRUPTED',
    outcome: 'interrupted',
    message: 'Interrupted; nothing was rolled back.',
    suggestions: ['Run the same command again to resume.'],
  })
