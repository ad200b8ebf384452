import type {ExitCode} from './error-codes.js'
import type {Failure} from './errors.js'
import {safeText} from './secrets.js'

/** What `--json` prints when a command fails. */
export interface ErrorDocument {
  readonly error: ErrorDetails
}

/** What went wrong although there is a result; only where the exit code is not 0. */
export interface ResultErrors {
  /** The one with the highest exit code. */
  readonly error?: ErrorDetails
  /** All of them, that one first. */
  readonly errors?: readonly ErrorDetails[]
}

export interface ErrorDetails {
  /** For scripts; it never changes. All of them: docs/error-codes.md */
  readonly code: string
  /** What happened, for a person; may be reworded. */
  readonly message: string
  /** What to do about it, for a person; may be reworded. */
  readonly suggestions: readonly string[]
  /** docs/exit-codes.md */
  readonly exitCode: ExitCode
  /** Only where Twilio refused, or did not deliver. */
  readonly twilio?: {
    /** https://www.twilio.com/docs/api/errors */
    readonly code: number
    /** HTTP status of Twilio's answer. */
    readonly status: number
  }
}

/** Key by key: everything else that an error may carry, credentials and all, stays out. */
export function errorDetails({code, message, suggestions, exitCode, twilio}: Failure): ErrorDetails {
  return {
    code,
    message: safeText(message),
    suggestions: suggestions.map(safeText),
    exitCode,
    ...(twilio && {twilio: {code: twilio.code, status: twilio.status}}),
  }
}
