import type {State} from '../state/state.js'
import type {NumberRange} from './number-ranges.js'

export interface RegulatoryDocuments {
  readonly addressSid: string | null
  readonly bundleSid: string | null
}

/** `reason` is the end of a sentence that begins with "but". */
type MissingDocument = {readonly document: 'address'; readonly reason: string} | {readonly document: 'approved bundle'}

/**
 * Some countries require to know who uses a number: by an address, by an approved bundle, or by both, of the account
 * that has the number. Tells which of them a number still needs.
 */
export function missingDocument(
  state: Readonly<State>,
  accountSid: string,
  {country, addressRequirements, needsBundle}: NumberRange,
  {addressSid, bundleSid}: RegulatoryDocuments,
): MissingDocument | undefined {
  const reason = addressProblem(state, accountSid, {country, addressRequirements, addressSid})
  if (reason !== undefined) return {document: 'address', reason}

  const bundle = state.bundles.find(({sid}) => sid === bundleSid)
  const approved = bundle?.accountSid === accountSid && bundle.status === 'twilio-approved'
  if ((bundleSid !== null && !approved) || (needsBundle && !(approved && bundle.isoCountry === country)))
    return {document: 'approved bundle'}
  return undefined
}

function addressProblem(
  {addresses}: Readonly<State>,
  accountSid: string,
  {
    country,
    addressRequirements,
    addressSid,
  }: Pick<NumberRange, 'country' | 'addressRequirements'> & Pick<RegulatoryDocuments, 'addressSid'>,
): string | undefined {
  const address = addresses.find(({sid}) => sid === addressSid)
  if (addressSid !== null && address?.accountSid !== accountSid) return `the account has no address ${addressSid}`
  if (addressRequirements !== 'none' && addressSid === null) return "the 'AddressSid' parameter was empty"
  if (addressRequirements === 'local' && address?.isoCountry !== country) return `the address must be in ${country}`
  if (addressRequirements === 'foreign' && address?.isoCountry === country)
    return `the address must be outside ${country}`
  return undefined
}
