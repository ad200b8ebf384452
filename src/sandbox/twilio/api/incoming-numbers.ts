import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountBySid, accountInPath, isMain} from '../../http/auth.js'
import {rfc2822} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {ApiError, json, noContent, notFound, pageOf2010} from '../../http/respond.js'
import {param, type Context, type Route} from '../../http/router.js'
import type {Account, IncomingNumber, State} from '../../state/state.js'
import {isTaken, keypad, searchInventory} from '../../world/inventory.js'
import {isAreaCode, localCountry, TEST_AREA_CODE, TEST_NUMBER} from '../../world/nanp.js'
import {defaultSettings, readSettings} from './number-settings.js'
import {capabilitiesOf, formatted, isPhoneNumber, nanpRange, rangeOf, type NumberRange} from '../../world/ranges.js'
import {checkRegulations} from '../../world/regulations.js'
import {giveBack, moveRental, startRental} from '../../world/rentals.js'
import {readFriendlyName} from '../settings.js'

const LIST = '/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json'
const ONE = '/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json'

export const incomingNumberRoutes: readonly Route[] = [
  {product: 'api', method: 'GET', path: LIST, handle: list},
  {product: 'api', method: 'POST', path: LIST, handle: create},
  {product: 'api', method: 'GET', path: ONE, handle: (context) => json(200, render(find(context)))},
  {product: 'api', method: 'POST', path: ONE, handle: update},
  {product: 'api', method: 'DELETE', path: ONE, handle: remove},
]

function list(context: Context): HttpResponse {
  const {state, query} = context
  const account = accountInPath(context)
  const friendlyName = query.get('FriendlyName')
  const pattern = keypad(query.get('PhoneNumber') ?? '').replaceAll('*', '\\d')
  const numbers = state.incomingNumbers.filter(
    (number) =>
      number.accountSid === account.sid &&
      (friendlyName === null || number.friendlyName === friendlyName) &&
      new RegExp(pattern).test(number.phoneNumber),
  )
  return pageOf2010(context, 'incoming_phone_numbers', numbers.reverse(), render)
}

function create(context: Context): HttpResponse {
  const {state, form, now} = context
  const account = accountInPath(context)
  const settings = {...defaultSettings(), ...readSettings(form)}
  const friendlyName = readFriendlyName(form)
  refuseTrial(state, account)
  const phoneNumber = chooseNumber(context)
  const range = rangeOf(phoneNumber) ?? nanpRange('801')
  if (!range) throw unavailable(phoneNumber)
  const papers = {addressSid: form.get('AddressSid') || null, bundleSid: form.get('BundleSid') || null}
  checkRegulations(state, account.sid, range, papers)
  const number: IncomingNumber = {
    sid: nextSid(state, 'PN'),
    accountSid: account.sid,
    phoneNumber,
    friendlyName: friendlyName ?? formatted(phoneNumber),
    isoCountry: range.country,
    addressRequirements: range.addressRequirements,
    capabilities: capabilitiesOf(phoneNumber, range),
    ...papers,
    settings,
    createdAt: now,
    updatedAt: now,
  }
  state.incomingNumbers.push(number)
  startRental(state, number)
  return json(201, render(number))
}

function update(context: Context): HttpResponse {
  const {state, form, now} = context
  const number = find(context)
  const changes = readSettings(form)
  const friendlyName = readFriendlyName(form)
  const target = form.get('AccountSid') ?? number.accountSid
  const addressSid = form.get('AddressSid')
  const bundleSid = form.get('BundleSid')
  const moves = target !== number.accountSid
  // Addresses and bundles belong to one account: a number that moves leaves its own behind.
  const papers = {
    addressSid: addressSid ?? (moves ? null : number.addressSid),
    bundleSid: bundleSid ?? (moves ? null : number.bundleSid),
  }
  if (moves) checkMove(context, target)
  if (moves || addressSid !== null || bundleSid !== null) checkRegulations(state, target, rangeOfOwned(number), papers)
  if (friendlyName !== undefined) number.friendlyName = friendlyName
  Object.assign(number.settings, changes)
  Object.assign(number, papers)
  number.accountSid = target
  if (moves) moveRental(state, number, now)
  number.updatedAt = now
  return json(200, render(number))
}

function remove(context: Context): HttpResponse {
  const {sid} = find(context)
  giveBack(context.state, context.now, (number) => number.sid === sid)
  return noContent()
}

function find(context: Context): IncomingNumber {
  const account = accountInPath(context)
  const sid = param(context, 'Sid')
  const number = context.state.incomingNumbers.find((each) => each.sid === sid && each.accountSid === account.sid)
  if (!number) throw notFound(context.path)
  return number
}

/** The number to buy. The test values are Twilio's documented ones. */
function chooseNumber({state, form}: Context): string {
  const wanted = form.get('PhoneNumber')
  if (wanted !== null) return checkNumber(state, `+${wanted.replaceAll(/[\s()+.-]/g, '')}`, wanted)
  const areaCode = form.get('AreaCode')
  if (areaCode === null) throw new ApiError(400, 21421, 'Either a PhoneNumber or an AreaCode is needed')
  if (areaCode === TEST_AREA_CODE) return TEST_NUMBER
  if (!isAreaCode(areaCode)) throw new ApiError(400, 21451, `Invalid area code: ${areaCode}`)
  const country = localCountry(areaCode)
  const [found] = country
    ? searchInventory(state, {country, type: 'Local', areaCode, accepts: () => true, limit: 1})
    : []
  if (found === undefined) throw new ApiError(400, 21452, `No phone numbers found in area code ${areaCode}`)
  return found
}

function checkNumber(state: State, phoneNumber: string, asSent: string): string {
  if (phoneNumber === TEST_NUMBER) return phoneNumber
  if (phoneNumber === '+15005550000') throw unavailable(asSent)
  if (phoneNumber.startsWith('+1500555') || !isPhoneNumber(phoneNumber))
    throw new ApiError(400, 21421, `${asSent} is not a valid number`)
  if (isTaken(state, phoneNumber) || !rangeOf(phoneNumber)) throw unavailable(asSent)
  return phoneNumber
}

function unavailable(phoneNumber: string): ApiError {
  return new ApiError(400, 21422, `${phoneNumber} is not available`)
}

function refuseTrial(state: State, account: Account): void {
  if (account.type !== 'Trial') return
  if (!isMain(state, account)) throw new ApiError(400, 21404, 'Trial accounts cannot buy numbers in subaccounts')
  if (state.incomingNumbers.some(({accountSid}) => accountSid === account.sid))
    throw new ApiError(400, 21404, 'Trial accounts are allowed only one Twilio number')
}

/** Between a main account and what it owns, by the main account's own SID and token. */
function checkMove({state, caller}: Context, target: string): void {
  if (!isMain(state, caller.account) || caller.kind !== 'token')
    throw new ApiError(400, 21474, 'API User must be the parent account to transfer phone numbers')
  if (!/^AC[0-9a-f]{32}$/i.test(target)) throw new ApiError(400, 21470, 'Invalid AccountSid')
  const account = accountBySid(state, target)
  if (!account) throw new ApiError(400, 21471, `Account ${target} does not exist`)
  if (account.status !== 'active') throw new ApiError(400, 21472, `Account ${target} is not active`)
}

function rangeOfOwned({phoneNumber, isoCountry, addressRequirements}: IncomingNumber): NumberRange {
  const known = rangeOf(phoneNumber)
  if (known) return known
  return {
    country: isoCountry,
    type: 'Local',
    prefix: phoneNumber.slice(1),
    free: 0,
    addressRequirements,
    needsBundle: false,
    sms: 'all',
  }
}

function render(number: IncomingNumber): unknown {
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
