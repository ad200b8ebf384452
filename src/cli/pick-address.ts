import {formatAddress, shippingAddresses} from '../lib/sims/address.js'
import type {OrderRecord} from '../lib/sims/order.js'
import type {OrderTerms} from '../lib/sims/order-request.js'
import type {TwilioAccount} from '../lib/twilio/connect.js'
import type {StoredAddress} from '../lib/twilio/regulation.js'
import {askChoice} from './prompts.js'

/**
 * The address that cards are shipped to: that of an interrupted order, the given or the only one, else the one that a person chooses. eSIM
 * profiles have none.
 */
export async function pickAddress(
  main: TwilioAccount,
  {kind, addressSid: given}: OrderTerms,
  unfinished: OrderRecord | undefined,
): Promise<StoredAddress | undefined> {
  if (kind !== 'card') return undefined
  const addresses = await shippingAddresses(main, unfinished?.addressSid ?? given)
  if (addresses.length <= 1) return addresses[0]
  const choices = addresses.map((address) => ({value: address.sid, name: formatAddress(address)}))
  const flag = `--address-sid AD… (${choices.map(({value, name}) => `${value}: ${name}`).join('; ')})`
  const sid = await askChoice('Ship the cards to which address?', choices, {flag})
  return addresses.find((address) => address.sid === sid)
}
