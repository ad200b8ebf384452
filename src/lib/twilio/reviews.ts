import {isObject} from '../shape.js'

/** The review of something that was submitted to Twilio or to a registry of the carriers. */
export type ReviewState = 'draft' | 'in-review' | 'approved' | 'rejected'

/** Why something was rejected. */
export interface Reason {
  /** Twilio's (https://www.twilio.com/docs/api/errors/CODE); null where it gives none. */
  readonly code: number | null
  readonly message: string
  /** Rejected fields, by Twilio's names. */
  readonly fields: readonly string[]
}

export interface Review {
  readonly sid: string
  readonly state: ReviewState
  /** In Twilio's words. */
  readonly status: string
  /** The last change that Twilio tells of. */
  readonly since: Date
  readonly reasons: readonly Reason[]
}

/** Every status of profiles, brands, campaigns and toll-free verifications. Whatever Twilio adds is taken for a review that goes on. */
const states: Readonly<Record<string, ReviewState>> = {
  draft: 'draft',
  'twilio-approved': 'approved',
  'twilio-rejected': 'rejected',
  APPROVED: 'approved',
  FAILED: 'rejected',
  SUSPENDED: 'rejected',
  DELETION_PENDING: 'rejected',
  DELETION_FAILED: 'rejected',
  VERIFIED: 'approved',
  EXPIRED: 'rejected',
  TWILIO_APPROVED: 'approved',
  TWILIO_REJECTED: 'rejected',
}

export function reviewOf(
  {sid, dateUpdated}: {readonly sid: string; readonly dateUpdated: Date},
  {status, errors}: {readonly status: string; readonly errors?: unknown},
): Review {
  const state = states[status] ?? 'in-review'
  const reasons = Array.isArray(errors) && state === 'rejected' ? errors.map(reasonOf) : []
  return {sid, state, status, since: new Date(dateUpdated), reasons}
}

/** Twilio writes each of them in another way: `code` or `error_code`, with a sentence, or without. */
function reasonOf(error: unknown): Reason {
  const {code, error_code: errorCode, description, reason, fields} = isObject(error) ? error : {}
  const number = Number(code ?? errorCode)
  const known = Number.isInteger(number) && number > 0 ? number : null
  const sentence = [description, reason].find((text) => typeof text === 'string' && text !== '')
  return {
    code: known,
    message:
      typeof sentence === 'string'
        ? sentence
        : ((known === null ? undefined : profileErrors[known]) ?? seeTwilio(known)),
    fields: Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : [],
  }
}

function seeTwilio(code: number | null): string {
  return code === null ? 'Twilio gives no reason.' : `See https://www.twilio.com/docs/api/errors/${code}`
}

/** Those of customer profiles and trust products, which come without a sentence. */
const profileErrors: Readonly<Record<number, string>> = {
  18601: 'Twilio could not verify that the website is that of the business.',
  18602: 'Twilio could not verify the registration number of the business.',
  18603: 'Twilio could not verify the address.',
  18604: 'Twilio could not verify the authorized representative.',
  18605: 'Twilio could not verify the second authorized representative.',
  18606: 'The domain of the email address is not that of the website.',
  18607: 'The profile cannot be copied.',
  18608: 'The profile was copied already.',
  18609: 'Twilio does not accept this registration authority.',
}
