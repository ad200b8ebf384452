import type {AddressRequirements, Capabilities} from '../state/state.js'
import {localCountry, placeOf, TOLL_FREE_AREA_CODES, type Place} from './nanp.js'

export type NumberType = 'Local' | 'Mobile' | 'TollFree'

/** Numbers that are alike: the same first digits, the same rules. */
export interface NumberRange {
  readonly country: string
  readonly type: NumberType
  /** The digits after `+` that all of them share. */
  readonly prefix: string
  /** How many digits follow. */
  readonly free: number
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
  [country, type, prefix, free]: readonly [string, NumberType, string, number],
  addressRequirements: AddressRequirements,
  place?: Partial<Place>,
): NumberRange => ({
  country,
  type,
  prefix,
  free,
  addressRequirements,
  needsBundle: country === 'DE',
  sms: type === 'Mobile' ? 'all' : 'half',
  ...(place && {place}),
})

/** Where regulators keep numbers free for fiction, theirs are used: nobody real owns what the sandbox sells. */
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

/** `+1 areaCode 555 xxxx`: the exchange that is not given to subscribers. */
export function nanpRange(areaCode: string): NumberRange | undefined {
  const tollFree = (TOLL_FREE_AREA_CODES as readonly string[]).includes(areaCode)
  const country = tollFree ? 'US' : localCountry(areaCode)
  if (!country) return undefined
  const place = placeOf(areaCode)
  return {
    country,
    type: tollFree ? 'TollFree' : 'Local',
    prefix: `1${areaCode}555`,
    free: 4,
    addressRequirements: 'none',
    needsBundle: false,
    sms: 'all',
    ...(place && {place}),
  }
}

export function rangesOf(country: string, type: NumberType): readonly NumberRange[] {
  return INTERNATIONAL.filter((candidate) => candidate.country === country && candidate.type === type)
}

/** The types of number that can be had in a country, in the order Twilio lists them. */
export function typesOf(country: string): readonly NumberType[] {
  if (country === 'US' || country === 'CA') return ['Local', 'TollFree']
  return (['Local', 'Mobile', 'TollFree'] as const).filter((type) => rangesOf(country, type).length > 0)
}

/** The range a number for sale belongs to; undefined when the sandbox sells no such number. */
export function rangeOf(phoneNumber: string): NumberRange | undefined {
  const nanp = /^\+1(\d{3})[2-9]\d{6}$/.exec(phoneNumber)
  if (nanp?.[1] !== undefined) return nanpRange(nanp[1])
  return INTERNATIONAL.find(
    ({prefix, free}) => phoneNumber.startsWith(`+${prefix}`) && phoneNumber.length === 1 + prefix.length + free,
  )
}

/** Whether it could be somebody's number at all. */
export function isPhoneNumber(text: string): boolean {
  if (text.startsWith('+1')) return /^\+1[2-9]\d\d[2-9]\d{6}$/.test(text)
  return /^\+[1-9]\d{7,14}$/.test(text)
}

export function capabilitiesOf(phoneNumber: string, {sms, country}: NumberRange): Capabilities {
  const text = sms === 'all' || Number(phoneNumber.at(-1)) % 2 === 0
  return {voice: true, sms: text, mms: text && (country === 'US' || country === 'CA')}
}

export function formatted(phoneNumber: string): string {
  const nanp = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phoneNumber)
  return nanp ? `(${nanp[1] ?? ''}) ${nanp[2] ?? ''}-${nanp[3] ?? ''}` : phoneNumber
}
