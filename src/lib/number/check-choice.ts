import type {NumberChoice} from '../addon/number-options.js'
import {usage} from '../errors.js'
import {tollFreeCodes} from '../twilio/us-number.js'

/** @throws {Failure} `usage` for what cannot exist: nothing is sent for it. */
export function checkChoice({country, type, areaCode, contains, phoneNumber}: NumberChoice): void {
  if (phoneNumber !== undefined) {
    checkPhoneNumber(phoneNumber)
    return
  }
  if (areaCode !== undefined) {
    if (country !== 'US' && country !== 'CA') {
      throw usage(
        'AREA_CODE_NOT_SUPPORTED',
        `Twilio knows area codes in the US and Canada only, not in ${country}.`,
        `Use --contains with the first digits, e.g. --contains 4420.`,
      )
    }
    if (!/^[2-9](?!11)\d\d$/.test(areaCode)) {
      throw usage(
        'AREA_CODE_INVALID',
        `"${areaCode}" is not an area code.`,
        'An area code has three digits, does not begin with 0 or 1 and does not end in 11, e.g. 801.',
      )
    }
    if (tollFreeCodes.test(areaCode) !== (type === 'toll-free')) {
      throw usage(
        'AREA_CODE_TYPE_MISMATCH',
        `${areaCode} is ${type === 'toll-free' ? 'not a toll-free' : 'a toll-free'} area code.`,
        type === 'toll-free'
          ? 'Toll-free ones are 800, 833, 844, 855, 866, 877 and 888.'
          : 'Add --number-type toll-free, or give a local area code.',
      )
    }
  }
  if (contains !== undefined && !/^[\dA-Za-z*]{2,16}$/.test(contains)) {
    throw usage(
      'CONTAINS_INVALID',
      `--contains ${contains} cannot match a number.`,
      'Use two to sixteen digits or letters, * for any digit, e.g. --contains 801555****.',
    )
  }
  if (type === 'mobile' && (country === 'US' || country === 'CA')) {
    throw usage(
      'NUMBER_TYPE_NOT_SUPPORTED',
      `There are no mobile numbers in ${country}: local ones do voice and SMS.`,
      'Leave --number-type out.',
    )
  }
}

/**
 * E.164; and in North America (https://www.nanpa.com) neither area code nor exchange begins with 0 or 1.
 * @throws {Failure} `usage`
 */
export function checkPhoneNumber(text: string): void {
  if (isE164(text)) return
  const meant = e164Of(text)
  throw usage(
    'NUMBER_INVALID',
    `"${text}" is not a phone number.`,
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    'Give it in E.164 form: a plus, the country code, the number, e.g. +18015556666.',
  )
}

function isE164(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text) && (!text.startsWith('+1') || /^\+1[2-9]\d\d[2-9]\d{6}$/.test(text))
}

/** Of a number as people write it: with spaces, brackets, dashes or 00; without its country, it is one of North America. */
function e164Of(text: string): string | undefined {
  const digits = text.replaceAll(/\(0\)|[\s().\-/]/g, '').replace(/^00/, '+')
  const inNorthAmerica = digits.startsWith('1') ? `+${digits}` : `+1${digits}`
  return [digits, inNorthAmerica].find(isE164)
}
