import {ApiError} from '../http/respond.js'
import type {State} from '../state/state.js'
import type {NumberRange} from './ranges.js'

export interface RegulatoryDocuments {
  readonly addressSid: string | null
  readonly bundleSid: string | null
}

/** Some countries want to know who uses a number: by an address, by an approved bundle, or both. */
export function checkRegulations(
  state: State,
  accountSid: string,
  {country, addressRequirements, needsBundle}: NumberRange,
  {addressSid, bundleSid}: RegulatoryDocuments,
): void {
  const address = state.addresses.find(({sid}) => sid === addressSid)
  const owned = address?.accountSid === accountSid
  if (addressSid !== null && !owned) throw needsAddress(`the account has no address ${addressSid}`)
  if (addressRequirements !== 'none' && addressSid === null) throw needsAddress("the 'AddressSid' parameter was empty")
  if (addressRequirements === 'local' && address?.isoCountry !== country)
    throw needsAddress(`the address must be in ${country}`)
  if (addressRequirements === 'foreign' && address?.isoCountry === country)
    throw needsAddress(`the address must be outside ${country}`)

  const bundle = state.bundles.find(({sid}) => sid === bundleSid)
  const approved = bundle?.accountSid === accountSid && bundle.status === 'twilio-approved'
  if ((bundleSid !== null && !approved) || (needsBundle && !(approved && bundle.isoCountry === country)))
    throw new ApiError(400, 21649, 'To purchase or transfer this number you must provide an approved bundle')
}

function needsAddress(reason: string): ApiError {
  return new ApiError(400, 21631, `Phone Number Requires an Address but ${reason}`)
}
