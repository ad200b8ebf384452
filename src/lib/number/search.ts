import {createHash} from 'node:crypto'

import {requireAuthToken} from '../addon/main-account.js'
import type {NumberChoice, NumberOptions, Regulatory} from '../addon/number-options.js'
import {refused} from '../errors.js'
import {compareText} from '../text.js'
import {type AvailableNumber, type NumberQuery, searchNumbers} from '../twilio/available-numbers.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {isMissing} from '../twilio/errors.js'
import {listNumbers, type OwnedNumber} from '../twilio/numbers.js'

/** What can be had for a choice: a number of the main account to transfer, or numbers to buy. */
export interface Candidates {
  readonly owned?: OwnedNumber
  readonly numbers: readonly string[]
}

/** As many as a person chooses from, and an item of the registry has room for; more are asked for, so that others choose others. */
const most = 20

/**
 * Looks for numbers, with nothing bought or transferred. Those on sale are in another order for each app-space: add-ons that are created
 * at the same time are offered the same ones, and would take them from each other.
 * @throws {Failure} `refused` when there are none, with the area codes that have some; `credentials` when one may not be transferred.
 */
export async function findCandidates(
  main: TwilioAccount,
  options: NumberOptions,
  appSpace: string,
): Promise<Candidates> {
  const {phoneNumber} = options
  if (phoneNumber === undefined) {
    const onSale = (await listOnSale(main, options)).map(({e164}) => e164)
    return {numbers: inOrderOf(appSpace, onSale).slice(0, most)}
  }
  const [owned] = await listNumbers(main, {e164: phoneNumber})
  if (owned) requireAuthToken(main, `move ${owned.e164} into a subaccount`)
  return {numbers: [phoneNumber], ...(owned && {owned})}
}

function inOrderOf(appSpace: string, numbers: readonly string[]): string[] {
  const rank = (e164: string) => createHash('sha256').update(`${appSpace} ${e164}`).digest('hex')
  return numbers
    .map((e164) => ({e164, rank: rank(e164)}))
    .sort((one, other) => compareText(one.rank, other.rank))
    .map(({e164}) => e164)
}

/** The numbers that can be bought, from anywhere in the country where that was allowed. @throws {Failure} as `findCandidates` */
export async function listChoices(main: TwilioAccount, options: NumberOptions): Promise<AvailableNumber[]> {
  return (await listOnSale(main, options)).slice(0, most)
}

async function listOnSale(main: TwilioAccount, options: NumberOptions): Promise<AvailableNumber[]> {
  const wanted = query(options)
  const found = await search(main, wanted)
  if (found.length > 0) return found
  const {areaCode, ...anywhere} = wanted
  const elsewhere = areaCode === undefined ? [] : await search(main, anywhere)
  if (options.anyArea === true && elsewhere.length > 0) return elsewhere
  throw none(options, elsewhere)
}

function query({country, type, areaCode, contains, addressSid, bundleSid}: NumberOptions): NumberQuery {
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

function none(
  {country, type, areaCode, contains, addressSid}: NumberChoice & Regulatory,
  elsewhere: AvailableNumber[],
) {
  const where = areaCode === undefined ? country : `area code ${areaCode} (${country})`
  const like = contains === undefined ? '' : ` like ${contains}`
  const others = [...new Set(elsewhere.map(({e164}) => e164.slice(2, 5)))].slice(0, 5)
  return refused(
    'NO_NUMBERS_AVAILABLE',
    `Twilio has no ${type} numbers${like} with voice and SMS in ${where} now; nothing was bought.`,
    ...(others.length > 0
      ? [`Area codes with numbers: ${others.map((each) => `--area-code ${each}`).join(', ')}.`]
      : []),
    ...(areaCode === undefined ? [] : ['Add --any-area to take one from anywhere in the country.']),
    ...(contains === undefined ? [] : ['Make --contains less specific: fewer digits, more *.']),
    ...(addressSid === undefined && country !== 'US' && country !== 'CA'
      ? [
          'In many countries, numbers are sold only to holders of an address there: give one of the main account with --address-sid AD….',
        ]
      : []),
    ...(type === 'local' ? [] : [`Try another --number-type; not every country has ${type} numbers.`]),
  )
}
