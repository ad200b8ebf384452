import {ourCommand} from '../command-line.js'
import type {CodeOf} from '../error-codes.js'
import {Failure, temporary} from '../errors.js'
import {quoted} from '../secrets.js'
import {parseRefusal} from '../transport/refusal.js'

/** KORE's error codes that the code reacts to (https://docs.korewireless.com). */
export const koreCodes = {alreadyYours: 83003, notFound: 83005, nameTaken: 83011} as const

interface Answer {
  readonly status: number
  readonly code: number | undefined
}

/** KORE answered and said no: a definite answer, nothing happened. */
export class KoreRefusal extends Failure {
  private constructor(
    details: {
      readonly code: CodeOf<'refused' | 'credentials'>
      readonly message: string
      readonly suggestions: readonly string[]
    },
    readonly answer: Answer,
  ) {
    super(details)
  }

  /** By the status: its own body and that of a gateway before it look different. */
  static from(status: number, body: string, path: string): KoreRefusal {
    const {code, message = 'no reason given'} = parseRefusal(body)
    const said = `${quoted(message)} (${code === undefined ? `HTTP ${status}` : `error ${code}`})`
    const answer = {status, code}
    if (status !== 401 && status !== 403) {
      const suggestions = code === undefined ? [] : [`See https://docs.korewireless.com/errors/${code}`]
      return new KoreRefusal({code: 'KORE_REFUSED', message: `KORE refused: ${said}`, suggestions}, answer)
    }
    const suggestions = [
      status === 401
        ? `Check the API client in KORE's console, then run \`${ourCommand('twilio:login --kore')}\`; \`${ourCommand('twilio:doctor')}\` shows which one is used.`
        : 'The API client needs the product SuperSIM among its scopes: see docs/sims.md.',
    ]
    const doing = status === 401 ? 'does not accept the access token' : `does not let this API client use ${path}`
    return new KoreRefusal({code: 'KORE_CREDENTIALS_REFUSED', message: `KORE ${doing}: ${said}`, suggestions}, answer)
  }
}

/** Did KORE refuse with this code? */
export function refusedWith(error: unknown, code: number): boolean {
  return error instanceof KoreRefusal && error.answer.code === code
}

export function isMissing(error: unknown): boolean {
  return error instanceof KoreRefusal && (error.answer.status === 404 || error.answer.code === koreCodes.notFound)
}

export function unreadable(answered: string, problem: string): Failure {
  return temporary('KORE_RESPONSE_INVALID', `${answered} with something unexpected: ${problem}.`)
}
