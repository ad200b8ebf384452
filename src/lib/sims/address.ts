import {notFound, refused} from '../errors.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {listAddresses, type StoredAddress} from '../twilio/regulation.js'

/**
 * The addresses on file that cards can be shipped to: the chosen one, else all.
 * @throws {Failure} `notFound` for one that is not on file, `refused` where none is.
 */
export async function shippingAddresses(main: TwilioAccount, chosen: string | undefined): Promise<StoredAddress[]> {
  const all = await listAddresses(main)
  if (all.length === 0) {
    throw refused(
      'NO_ADDRESS_ON_FILE',
      `The main account ${main.sid} has no address on file to ship cards to.`,
      'Add one in the console: https://console.twilio.com/us1/develop/phone-numbers/regulatory-compliance/addresses',
      'Or order eSIM profiles, which are not shipped: add --esim.',
    )
  }
  if (chosen === undefined) return all
  const address = all.find(({sid}) => sid === chosen)
  if (address) return [address]
  throw notFound(
    'ADDRESS_NOT_FOUND',
    `The main account has no address ${chosen}.`,
    `On file: ${all.map((each) => `${each.sid} (${formatAddress(each)})`).join('; ')}`,
  )
}

export function formatAddress({
  customerName,
  street,
  streetSecondary,
  city,
  region,
  postalCode,
  isoCountry,
}: StoredAddress): string {
  return [customerName, street, streetSecondary, city, [region, postalCode].filter(Boolean).join(' '), isoCountry]
    .filter(Boolean)
    .join(', ')
}
