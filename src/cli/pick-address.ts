import {formatAddress, shippingAddresses} from '../lib/sims/address.js'
import type {TwilioAccount} from '../lib/twilio/connect.js'
import type {StoredAddress} from '../lib/twilio/regulation.js'
import {askChoice} from './prompts.js'

/** The address that cards are shipped to: the given or the only one, else the one that a person chooses. */
export async function pickAddress(main: TwilioAccount, given: string | undefined): Promise<StoredAddress | undefined> {
  const addresses = await shippingAddresses(main, given)
  if (addresses.length <= 1) return addresses[0]
  const choices = addresses.map((address) => ({value: address.sid, name: formatAddress(address)}))
  const flag = `--address-sid AD… (${choices.map(({value, name}) => `${value}: ${name}`).join('; ')})`
  const sid = await askChoice('Ship the cards to which address?', choices, {flag})
  return addresses.find((address) => address.sid === sid)
}
