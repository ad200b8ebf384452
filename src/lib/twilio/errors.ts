import {ourCommand} from '../command-line.js'
import type {CodeOf} from '../error-codes.js'
import {Failure} from '../errors.js'
import {quoted} from '../secrets.js'
import {moreSubaccounts} from '../subaccount-limit.js'
import {parseRefusal} from '../transport/refusal.js'
import {deliveryErrors} from './delivery-errors.js'

/** Twilio's error codes that the code reacts to (https://www.twilio.com/docs/api/errors). */
export const twilioCodes = {
  authenticate: 20003,
  notActive: 20005,
  subaccountLimit: 21480,
  suspendedByTwilio: 21478,
  numberInvalid: 21421,
  numberTaken: 21422,
  areaCodeInvalid: 21451,
  areaCodeEmpty: 21452,
  addressNeeded: 21631,
  bundleNeeded: 21649,
  secondaryTokenExists: 70002,
  simAlreadyYours: 83003,
  simNotFound: 83005,
  simNameTaken: 83011,
} as const

interface Explanation {
  readonly code: CodeOf<'refused' | 'credentials'>
  readonly suggestions: readonly string[]
  /** Where Twilio's own sentence is not enough. */
  readonly message?: string
}

/** The codes that need more than Twilio's own sentence. */
const explained = (): Readonly<Record<number, Explanation>> => ({
  [twilioCodes.authenticate]: {
    code: 'CREDENTIALS_REFUSED',
    suggestions: [
      `Check the account SID and the auth token: \`${ourCommand('twilio:doctor')}\` tells which ones are used, \`${ourCommand('twilio:login')}\` saves others.`,
    ],
  },
  [twilioCodes.notActive]: {
    code: 'ACCOUNT_NOT_ACTIVE',
    suggestions: ['The account is suspended or closed: see https://console.twilio.com or ask Twilio support.'],
  },
  [twilioCodes.subaccountLimit]: {
    code: 'SUBACCOUNT_LIMIT_REACHED',
    suggestions: [
      'The main account has as many subaccounts as Twilio lets it have: 1,000, unless Twilio raised the limit.',
      ...moreSubaccounts(),
    ],
  },
  [twilioCodes.suspendedByTwilio]: {
    code: 'SUSPENDED_BY_TWILIO',
    suggestions: ['Twilio itself suspended this account: only Twilio support can activate it again.'],
  },
  [twilioCodes.numberInvalid]: {
    code: 'NUMBER_REFUSED',
    suggestions: ['Give the number in E.164 form, e.g. --phone-number +18015556666.'],
  },
  [twilioCodes.numberTaken]: {
    code: 'NUMBER_TAKEN',
    suggestions: ['Somebody else has this number: leave --phone-number out, or choose another with --pick.'],
  },
  [twilioCodes.areaCodeInvalid]: {
    code: 'AREA_CODE_REFUSED',
    suggestions: ['Give another --area-code, or add --any-area to take a number from anywhere in the country.'],
  },
  [twilioCodes.areaCodeEmpty]: {
    code: 'NO_NUMBERS_AVAILABLE',
    suggestions: ['Give another --area-code, or add --any-area to take a number from anywhere in the country.'],
  },
  [twilioCodes.addressNeeded]: {
    code: 'ADDRESS_REQUIRED',
    suggestions: [
      'Numbers there need an address: add one to the main account in the Twilio console, then give its SID with --address-sid AD….',
    ],
  },
  [twilioCodes.bundleNeeded]: {
    code: 'BUNDLE_REQUIRED',
    suggestions: [
      'Numbers there need a regulatory bundle: have one approved in the Twilio console, then give its SID with --bundle-sid BU….',
    ],
  },
})

/** The code of what is refused because of what became of Twilio's IoT business. */
export const simsNotServed = 'SIMS_UNAVAILABLE' satisfies CodeOf<'refused'>

const gone: Explanation = {
  code: simsNotServed,
  suggestions: [
    'It does not serve SIMs to this account (any more): Twilio sold its IoT business to KORE, which serves the same SIMs now. Ask KORE support (https://www.korewireless.com) whether the account was moved.',
    'The rest of the add-on (number, voice, SMS) is not affected.',
  ],
}

/** Said of Super SIM or Programmable Wireless as a whole: one SIM is refused with codes of its own. */
function isGone({hostname, pathname}: URL, status: number, code: number | undefined): boolean {
  if (!/^(supersim|wireless)\./.test(hostname)) return false
  const isCollection = /^\/v1\/\w+$/.test(pathname)
  return (
    status === 410 || (status === 403 && (code === undefined || code === 20403)) || (status === 404 && isCollection)
  )
}

function explain(code: number): Explanation | undefined {
  return explained()[code] ?? deliveryErrors()[code]
}

/** Twilio answered and said no: a definite answer, nothing happened. */
export class TwilioRefusal extends Failure {
  /** `url` is Twilio's own address, wherever it was really sent. */
  static from(status: number, body: string, url: URL): TwilioRefusal {
    const {code, message = 'no reason given'} = parseRefusal(body)
    const known = isGone(url, status, code) ? gone : code === undefined ? undefined : explain(code)
    return new TwilioRefusal({
      code: known?.code ?? (status === 401 ? 'CREDENTIALS_REFUSED' : 'TWILIO_REFUSED'),
      message: known?.message
        ? `${known.message} (Twilio error ${code ?? status})`
        : `Twilio refused: ${quoted(message)} (${code === undefined ? `HTTP ${status}` : `error ${code}`})`,
      suggestions: known?.suggestions ?? [
        code === undefined ? 'See https://status.twilio.com' : `See https://www.twilio.com/docs/api/errors/${code}`,
      ],
      twilio: {code: code ?? status, status},
    })
  }
}

/** Did Twilio refuse with one of these codes? */
export function refusedWith(error: unknown, ...codes: number[]): error is TwilioRefusal {
  return error instanceof TwilioRefusal && error.twilio !== undefined && codes.includes(error.twilio.code)
}

export function isMissing(error: unknown): error is TwilioRefusal {
  return error instanceof TwilioRefusal && error.twilio?.status === 404
}
