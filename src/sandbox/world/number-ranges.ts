import type {AddressRequirements, Capabilities} from '../state/types/numbers.js'
import {countryOfAreaCode, isTollFreeAreaCode, type Place, placeOf} from './nanp.js'

export type NumberType = 'Local' | 'Mobile' | 'TollFree'

/** Numbers that share their first digits, and the rules for using them. */
export interface NumberRange {
  readonly country: string
  readonly type: NumberType
  /** The digits after `+` that all of them begin with. */
  readonly prefix: string
  /** How many digits follow the prefix. */
  readonly freeDigits: number
  readonly addressRequirements: AddressRequirements
  readonly needsBundle: boolean
  /** `half`: even numbers only. Few fixed-line numbers outside the US and Canada can send SMS. */
  readonly sms: 'all' | 'half'
  readonly place?: Partial<Place>
}

export const COUNTRIES: ReadonlyMap<string, {name: string; callingCode: string}> = new Map([
  ['US', {name: 'United States', callingCode: '1'}],
  ['CA', {name: 'Canada', callingCode: '1'}],
  ['GB', {name: 'United Kingdom', callingCode: '44'}],
  ['IE', {name: 'Ireland', callingCode: '353'}],
  ['DE', {name: 'Germany', callingCode: '49'}],
  ['FR', {name: 'France', callingCode: '33'}],
  ['NL', {name: 'Netherlands', callingCode: '31'}],
  ['SE', {name: 'Sweden', callingCode: '46'}],
  ['AU', {name: 'Australia', callingCode: '61'}],
])

const range = (
  [country, type, prefix, freeDigits]: readonly [string, NumberType, string, number],
  addressRequirements: AddressRequirements,
  place?: Partial<Place>,
): NumberRange => ({
  country,
  type,
  prefix,
  freeDigits,
  addressRequirements,
  needsBundle: country === 'DE',
  sms: type === 'Mobile' ? 'all' : 'half',
  ...(place && {place}),
})

/** Numbers that regulators set aside for fiction, where there are any, so that nobody owns what the sandbox sells. */
const INTERNATIONAL: readonly NumberRange[] = [
  range(['GB', 'Local', '442079460', 3], 'any', {locality: 'London', region: 'England'}),
  range(['GB', 'Local', '441614960', 3], 'any', {locality: 'Manchester', region: 'England'}),
  range(['GB', 'Mobile', '447700900', 3], 'any'),
  range(['GB', 'TollFree', '448081570', 3], 'any'),
  range(['IE', 'Local', '3531555', 4], 'local', {locality: 'Dublin'}),
  range(['DE', 'Local', '493023125', 3], 'local', {locality: 'Berlin'}),
  range(['DE', 'Mobile', '4915228817', 3], 'local'),
  range(['FR', 'Local', '3319900', 4], 'local', {locality: 'Paris'}),
  range(['FR', 'Mobile', '3363998', 4], 'local'),
  range(['NL', 'Local', '3120555', 4], 'local', {locality: 'Amsterdam'}),
  range(['NL', 'Mobile', '316555', 5], 'any'),
  range(['SE', 'Local', '46846500', 3], 'any', {locality: 'Stockholm'}),
  range(['SE', 'Mobile', '46701740', 3], 'none'),
  range(['AU', 'Local', '6125550', 4], 'any', {locality: 'Sydney', region: 'NSW'}),
  range(['AU', 'Mobile', '61491570', 3], 'local'),
  range(['AU', 'TollFree', '611800975', 3], 'none'),
]

/** `+1 areaCode 555 xxxx`: 555 is not assigned to subscribers. */
export function nanpRange(areaCode: string): NumberRange | undefined {
  const tollFree = isTollFreeAreaCode(areaCode)
  const country = tollFree ? 'US' : countryOfAreaCode(areaCode)
  if (!country) return undefined
  const place = placeOf(areaCode)
  return {
    country,
    type: tollFree ? 'TollFree' : 'Local',
    prefix: `1${areaCode}555`,
    freeDigits: 4,
    addressRequirements: 'none',
    needsBundle: false,
    sms: 'all',
    ...(place && {place}),
  }
}

export function rangesOf(country: string, type: NumberType): readonly NumberRange[] {
  return INTERNATIONAL.filter((candidate) => candidate.country === country && candidate.type === type)
}

/** The types of number that are sold in a country, in the order in which Twilio lists them. */
export function typesOf(country: string): readonly NumberType[] {
  if (country === 'US' || country === 'CA') return ['Local', 'TollFree']
  return (['Local', 'Mobile', 'TollFree'] as const).filter((type) => rangesOf(country, type).length > 0)
}

/** Undefined for a number that the sandbox does not sell. */
export function rangeOf(phoneNumber: string): NumberRange | undefined {
  const nanp = /^\+1(\d{3})[2-9]\d{6}$/.exec(phoneNumber)
  if (nanp?.[1] !== undefined) return nanpRange(nanp[1])
  return INTERNATIONAL.find(
    ({prefix, freeDigits}) =>
      phoneNumber.startsWith(`+${prefix}`) && phoneNumber.length === 1 + prefix.length + freeDigits,
  )
}

/** Whether it has the form of a phone number in E.164. */
export function isPhoneNumber(text: string): boolean {
  if (text.startsWith('+1')) return /^\+1[2-9]\d\d[2-9]\d{6}$/.test(text)
  return /^\+[1-9]\d{7,14}$/.test(text)
}

export function capabilitiesOf(phoneNumber: string, {sms, country}: NumberRange): Capabilities {
  const text = sms === 'all' || Number(phoneNumber.at(-1)) % 2 === 0
  return {voice: true, sms: text, mms: text && (country === 'US' || country === 'CA')}
}
