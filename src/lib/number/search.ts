import {refused, usage} from '../errors.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {isMissing} from '../twilio/errors.js'
import {
  listNumbers,
  searchNumbers,
  type AvailableNumber,
  type NumberQuery,
  type OwnedNumber,
} from '../twilio/numbers.js'
import {tollFreeCodes} from './pending-registrations.js'
import type {NumberChoice} from '../addon/record.js'

/** What can be had for a choice: a number of the main account to move in, or numbers to buy, best first. */
export interface Candidates {
  readonly owned?: OwnedNumber
  readonly numbers: readonly string[]
}

export interface Regulation {
  readonly addressSid?: string
  readonly bundleSid?: string
}

/** @throws {Failure} `usage` for what cannot be: nothing is sent for it. */
export function checkChoice({country, type, areaCode, contains, phoneNumber}: NumberChoice): void {
  if (phoneNumber !== undefined) {
    checkPhoneNumber(phoneNumber)
    return
  }
  if (areaCode !== undefined) {
    if (country !== 'US' && country !== 'CA') {
      throw usage(
        'AREA_CODE_NOT_THERE',
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
        'AREA_CODE_OF_OTHER_TYPE',
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
      'NUMBER_TYPE_NOT_THERE',
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
  if (/^\+[1-9]\d{6,14}$/.test(text) && (!text.startsWith('+1') || /^\+1[2-9]\d\d[2-9]\d{6}$/.test(text))) return
  throw usage(
    'NUMBER_INVALID',
    `"${text}" is not a phone number.`,
    'Give it in E.164 form: a plus, the country code, the number, e.g. +18015556666.',
  )
}

/**
 * Looks for numbers, with nothing bought or moved.
 * @throws {Failure} `refused` when there are none, with the area codes that have some.
 */
export async function findCandidates(
  main: TwilioAccount,
  choice: NumberChoice,
  regulation: Regulation,
): Promise<Candidates> {
  if (choice.phoneNumber !== undefined) {
    const [owned] = await listNumbers(main, {e164: choice.phoneNumber})
    return {numbers: [choice.phoneNumber], ...(owned && {owned})}
  }
  return {numbers: (await listChoices(main, choice, regulation)).map(({e164}) => e164)}
}

/** The numbers that can be bought, from anywhere in the country where that was allowed. @throws {Failure} as `findCandidates` */
export async function listChoices(
  main: TwilioAccount,
  choice: NumberChoice,
  regulation: Regulation,
): Promise<AvailableNumber[]> {
  const wanted = query(choice, regulation)
  const found = await search(main, wanted)
  if (found.length > 0) return found
  const {areaCode, ...anywhere} = wanted
  const elsewhere = areaCode === undefined ? [] : await search(main, anywhere)
  if (choice.anyArea === true && elsewhere.length > 0) return elsewhere
  throw none(choice, regulation, elsewhere)
}

function query({country, type, areaCode, contains}: NumberChoice, {addressSid, bundleSid}: Regulation): NumberQuery {
  return {
    country,
    type,
    withoutAddress: addressSid === undefined && bundleSid === undefined,
    ...(areaCode !== undefined && {areaCode}),
    ...(contains !== undefined && {contains}),
  }
}

async function search(main: TwilioAccount, wanted: NumberQuery): Promise<AvailableNumber[]> {
  try {
    return await searchNumbers(main, wanted)
  } catch (error) {
    // Twilio has no such list for that country: 404, which for a person is the same as an empty one.
    if (isMissing(error)) return []
    throw error
  }
}

function none({country, type, areaCode, contains}: NumberChoice, regulation: Regulation, elsewhere: AvailableNumber[]) {
  const where = areaCode === undefined ? country : `area code ${areaCode} (${country})`
  const like = contains === undefined ? '' : ` like ${contains}`
  const others = [...new Set(elsewhere.map(({e164}) => e164.slice(2, 5)))].slice(0, 5)
  return refused(
    'NO_NUMBERS',
    `Twilio has no ${type} numbers${like} with voice and SMS in ${where} now; nothing was bought.`,
    ...(others.length > 0
      ? [`Area codes with numbers: ${others.map((each) => `--area-code ${each}`).join(', ')}.`]
      : []),
    ...(areaCode === undefined ? [] : ['Add --any-area to take one from anywhere in the country.']),
    ...(contains === undefined ? [] : ['Ask for less with --contains: fewer digits, more *.']),
    ...(regulation.addressSid === undefined && country !== 'US' && country !== 'CA'
      ? [
          'Many countries sell numbers only to who has an address there: give one of the main account with --address-sid AD….',
        ]
      : []),
    ...(type === 'local' ? [] : [`Try another --number-type; not every country has ${type} numbers.`]),
  )
}
