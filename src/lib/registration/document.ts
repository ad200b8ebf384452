import {type ErrorDetails, errorDetails, type ResultErrors} from '../error-document.js'
import type {Reason, ReviewState} from '../twilio/reviews.js'
import type {Sending} from '../twilio/sending.js'
import {usKindOf, type UsNumberKind} from '../twilio/us-number.js'
import type {FixedStep} from './fix.js'
import type {FleetRegistration} from './fleet.js'
import type {Rules} from './policy.js'
import type {Registration} from './read.js'
import {type StepName, stepNames, type Steps} from './steps.js'

/** The registration that the number of an app-space needs before US carriers deliver its SMS. */
export interface RegistrationDocument extends NumberRegistration {
  readonly appSpace: string
}

/** The registration of a number. */
interface NumberRegistration {
  readonly appSpace: string
  /** E.164. */
  readonly phoneNumber: string
  /** How US carriers classify it, which decides the steps. */
  readonly kind: UsNumberKind
  /** Whether US carriers deliver its SMS. */
  readonly sending: Sending
  /** In order; none for a number that needs no registration. */
  readonly steps: readonly RegistrationStep[]
}

/** The same, after rejected parts were corrected. */
export interface RegistrationFixDocument extends RegistrationDocument {
  /** What was corrected and resubmitted. */
  readonly fixed: readonly FixedStep[]
}

/** Those of every add-on that has a number, by app-space. */
export interface FleetRegistrationDocument extends ResultErrors {
  readonly registrations: readonly NumberRegistration[]
  /** Add-ons whose registration could not be read. */
  readonly notRead: readonly {readonly appSpace: string; readonly error: ErrorDetails}[]
}

/** The registration of one number; with `--all` those of every add-on. */
export type RegistrationsDocument = RegistrationDocument | FleetRegistrationDocument

/** A registration that was written to a file. */
export interface RegistrationFileDocument {
  readonly file: string
  readonly sections: readonly string[]
  /** What it was checked against. */
  readonly rules: Omit<Rules, 'asked'>
}

export interface RegistrationStep {
  readonly step: StepName
  /** `missing`: not begun. */
  readonly state: ReviewState | 'missing'
  readonly sid: string | null
  /** In Twilio's words; null where it has none. */
  readonly status: string | null
  /** Of the last change, ISO 8601, UTC. */
  readonly since: string | null
  /** Why it was rejected. */
  readonly reasons: readonly Reason[]
  /** Of a mock brand: it registers nothing. */
  readonly mock: boolean
}

export function registrationDocument({record, number, sending, steps}: Registration): RegistrationDocument {
  return {
    appSpace: record.appSpace,
    phoneNumber: number.e164,
    kind: usKindOf(number.e164),
    sending,
    steps: stepNames(number.e164).map((step) => {
      const found = steps[step]
      return {
        step,
        state: found?.state ?? 'missing',
        sid: found?.sid ?? null,
        status: found?.status ?? null,
        since: found?.since?.toISOString() ?? null,
        reasons: found?.reasons ?? [],
        mock: isMock(found),
      }
    }),
  }
}

function isMock(step: Steps[StepName]): boolean {
  return step !== undefined && 'mock' in step && step.mock
}

export function fleetRegistrationDocument(
  entries: readonly FleetRegistration[],
): Omit<FleetRegistrationDocument, keyof ResultErrors> {
  return {
    registrations: entries.flatMap(({registration}) => (registration ? [registrationDocument(registration)] : [])),
    notRead: entries.flatMap(({record: {appSpace}, failure}) =>
      failure ? [{appSpace, error: errorDetails(failure)}] : [],
    ),
  }
}
