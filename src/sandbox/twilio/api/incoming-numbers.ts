import type {Context} from '../../http/context.js'
import {ApiError} from '../../http/errors.js'
import {formatPhoneNumber, rfc2822} from '../../http/format.js'
import type {Route} from '../../http/router.js'
import {accountBySid, isMain} from '../../state/accounts.js'
import {nextSid} from '../../state/ids.js'
import type {State} from '../../state/state.js'
import type {Account} from '../../state/types/accounts.js'
import type {IncomingNumber} from '../../state/types/numbers.js'
import {keypadDigits} from '../../world/inventory.js'
import {capabilitiesOf, nanpRange, type NumberRange, type NumberType, rangeOf} from '../../world/number-ranges.js'
import {missingDocument, type RegulatoryDocuments} from '../../world/regulations.js'
import {newRental, releaseNumbers, transferRental} from '../../world/rentals.js'
import {readFriendlyName} from '../shared/parameters.js'
import {type Resource, v2010Resource} from '../shared/resource.js'
import {defaultSettings, readSettings} from '../shared/settings.js'
import {INCOMING_NUMBER_SETTINGS} from './incoming-number-settings.js'
import {numberToBuy, unavailable} from './number-to-buy.js'

const RESOURCE: Resource<IncomingNumber> = {
  key: 'incoming_phone_numbers',
  all: ({incomingNumbers}) => incomingNumbers,
  filters: {
    FriendlyName: ({friendlyName}) => friendlyName,
    // Everything that the sandbox sells is Twilio's own, and out of beta.
    Beta: () => () => true,
    Origin: () => 'twilio',
    PhoneNumber:
      ({phoneNumber}) =>
      (pattern) =>
        new RegExp(keypadDigits(pattern).replaceAll('*', '\\d')).test(phoneNumber),
  },
  create: buy,
  update,
  remove: ({sid}, {state, now}) => releaseNumbers(state, now, (number) => number.sid === sid),
  render,
}

const TYPES: readonly NumberType[] = ['Local', 'Mobile', 'TollFree']

/** All numbers, and those of one type, which can be listed and bought under the name of the type as well. */
export const incomingNumberRoutes: readonly Route[] = [
  ...TYPES.flatMap((type) =>
    v2010Resource(`IncomingPhoneNumbers/${type}`, {
      ...RESOURCE,
      all: ({incomingNumbers}) => incomingNumbers.filter(({phoneNumber}) => typeOf(phoneNumber) === type),
      render: commonProperties,
    }).filter(({path}) => path.endsWith(`/${type}.json`)),
  ),
  // After them: a type is not the SID of a number.
  ...v2010Resource('IncomingPhoneNumbers', RESOURCE),
]

/** Twilio shows only the first of them in its documents; the others are what regulatory bundles call them. */
const TYPE_NAMES: Readonly<Record<NumberType, string>> = {Local: 'local', Mobile: 'mobile', TollFree: 'toll-free'}

/** The test number is in no range: it is a local one of the US. */
function typeOf(phoneNumber: string): NumberType {
  return rangeOf(phoneNumber)?.type ?? 'Local'
}

function buy({state, form, now}: Context, account: Account): IncomingNumber {
  const settings = {
    ...defaultSettings(INCOMING_NUMBER_SETTINGS),
    ...readSettings(INCOMING_NUMBER_SETTINGS, form),
  }
  const friendlyName = readFriendlyName(form)
  checkTrial(state, account)
  const phoneNumber = numberToBuy(state, form)
  const range = rangeOf(phoneNumber) ?? nanpRange('801')
  if (!range) throw unavailable(phoneNumber)
  const documents = {addressSid: form.get('AddressSid') || null, bundleSid: form.get('BundleSid') || null}
  checkDocuments(state, account.sid, range, documents)
  const number: IncomingNumber = {
    sid: nextSid(state, 'PN'),
    accountSid: account.sid,
    phoneNumber,
    friendlyName: friendlyName ?? formatPhoneNumber(phoneNumber),
    isoCountry: range.country,
    addressRequirements: range.addressRequirements,
    capabilities: capabilitiesOf(phoneNumber, range),
    ...documents,
    settings,
    createdAt: now,
    updatedAt: now,
  }
  state.incomingNumbers.push(number)
  state.rentals.push(newRental(number))
  return number
}

function update(number: IncomingNumber, context: Context): void {
  const {state, form, now} = context
  const changes = readSettings(INCOMING_NUMBER_SETTINGS, form)
  const friendlyName = readFriendlyName(form)
  const target = form.get('AccountSid') ?? number.accountSid
  const addressSid = form.get('AddressSid')
  const bundleSid = form.get('BundleSid')
  const transferred = target !== number.accountSid
  // Addresses and bundles belong to one account: a transferred number leaves its own behind.
  const documents = {
    addressSid: addressSid ?? (transferred ? null : number.addressSid),
    bundleSid: bundleSid ?? (transferred ? null : number.bundleSid),
  }
  if (transferred) checkTransfer(context, target)
  if (transferred || addressSid !== null || bundleSid !== null)
    checkDocuments(state, target, rangeOfOwned(number), documents)
  if (friendlyName !== undefined) number.friendlyName = friendlyName
  Object.assign(number.settings, changes)
  Object.assign(number, documents)
  number.accountSid = target
  if (transferred) transferRental(state, number, now)
  number.updatedAt = now
}

function checkTrial(state: State, account: Account): void {
  if (account.type !== 'Trial') return
  if (!isMain(account)) throw new ApiError(400, 21404, 'Trial accounts cannot buy numbers in subaccounts')
  if (state.incomingNumbers.some(({accountSid}) => accountSid === account.sid))
    throw new ApiError(400, 21404, 'Trial accounts are allowed only one Twilio number')
}

function checkDocuments(state: State, accountSid: string, range: NumberRange, documents: RegulatoryDocuments): void {
  const missing = missingDocument(state, accountSid, range, documents)
  if (missing?.document === 'address')
    throw new ApiError(400, 21631, `Phone Number Requires an Address but ${missing.reason}`)
  if (missing) throw new ApiError(400, 21649, 'To purchase or transfer this number you must provide an approved bundle')
}

/** Numbers are transferred between a main account and its subaccounts, with the main account's SID and token. */
function checkTransfer({state, caller}: Context, target: string): void {
  if (!isMain(caller.account) || caller.kind !== 'token')
    throw new ApiError(400, 21474, 'API User must be the parent account to transfer phone numbers')
  if (!/^AC[0-9a-f]{32}$/i.test(target)) throw new ApiError(400, 21470, 'Invalid AccountSid')
  const account = accountBySid(state, target)
  if (!account) throw new ApiError(400, 21471, `Account ${target} does not exist`)
  if (account.status !== 'active') throw new ApiError(400, 21472, `Account ${target} is not active`)
}

/** The test number, which is in no range, keeps the rules that it was bought under. */
function rangeOfOwned({phoneNumber, isoCountry, addressRequirements}: IncomingNumber): NumberRange {
  const known = rangeOf(phoneNumber)
  if (known) return known
  return {
    country: isoCountry,
    type: 'Local',
    prefix: phoneNumber.slice(1),
    freeDigits: 0,
    addressRequirements,
    needsBundle: false,
    sms: 'all',
  }
}

function render(number: IncomingNumber) {
  return {...commonProperties(number), type: TYPE_NAMES[typeOf(number.phoneNumber)]}
}

/** All that is shown of a number under the name of its type. */
function commonProperties(number: IncomingNumber) {
  return {
    sid: number.sid,
    account_sid: number.accountSid,
    friendly_name: number.friendlyName,
    phone_number: number.phoneNumber,
    address_sid: number.addressSid,
    address_requirements: number.addressRequirements,
    bundle_sid: number.bundleSid,
    api_version: '2010-04-01',
    beta: false,
    capabilities: {...number.capabilities, fax: false},
    date_created: rfc2822(number.createdAt),
    date_updated: rfc2822(number.updatedAt),
    ...number.settings,
    emergency_address_status: 'unregistered',
    origin: 'twilio',
    status: 'in-use',
    uri: `/2010-04-01/Accounts/${number.accountSid}/IncomingPhoneNumbers/${number.sid}.json`,
  }
}
