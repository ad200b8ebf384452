import {type SendGuard, sendOnce} from '../transport/idempotent.js'
import type {SenderOptions} from '../transport/transport.js'
import type {TwilioAccount} from './connect.js'
import type {Subaccount} from './subaccount.js'

/** What identifies an address (https://www.twilio.com/docs/usage/api/address). */
export interface Address {
  readonly customerName: string
  readonly street: string
  readonly streetSecondary: string
  readonly city: string
  readonly region: string
  readonly postalCode: string
  readonly isoCountry: string
}

export async function fetchAddress(account: TwilioAccount, sid: string): Promise<Address> {
  const api = await account.api()
  return plain(await api.v2010.account.addresses(sid).fetch())
}

export interface StoredAddress extends Address {
  readonly sid: string
}

/** Every address of the account, oldest first. */
export async function listAddresses(account: TwilioAccount): Promise<StoredAddress[]> {
  const api = await account.api()
  const addresses = await api.v2010.account.addresses.list()
  return addresses
    .sort((a, b) => new Date(a.dateCreated).getTime() - new Date(b.dateCreated).getTime())
    .map((each) => ({sid: each.sid, ...plain(each)}))
}

/** A copy of the address in the subaccount, made where none is identical. Gives its SID. */
export async function ensureAddress(
  {twilio, whenVisible}: Subaccount,
  like: Address,
  guard: SendGuard,
): Promise<string> {
  const find = () => whenVisible(() => findAddress(twilio, like))
  const effect = `the address of ${like.customerName} was copied into ${twilio.sid}`
  const send = (sending: SenderOptions) => createAddress(twilio, like, sending)
  return (await find()) ?? sendOnce(twilio.transport, {effect, send, find, guard})
}

async function findAddress(account: TwilioAccount, like: Address): Promise<string | undefined> {
  const api = await account.api()
  const {customerName, isoCountry} = like
  const addresses = await api.v2010.account.addresses.list({customerName, isoCountry})
  return addresses.find((each) => JSON.stringify(plain(each)) === JSON.stringify(like))?.sid
}

async function createAddress(account: TwilioAccount, address: Address, sending: SenderOptions): Promise<string> {
  const api = await account.api(sending)
  const {streetSecondary, ...required} = address
  const {sid} = await api.v2010.account.addresses.create({
    ...required,
    ...(streetSecondary && {streetSecondary}),
    // The original was accepted as it is; a corrected copy could not be recognised when a run resumes.
    autoCorrectAddress: false,
  })
  return sid
}

/**
 * A copy of a bundle of the main account in the subaccount, recognised by its name when a run resumes. Gives its SID
 * (https://www.twilio.com/docs/phone-numbers/regulatory/api/bundle-clone).
 */
export async function ensureBundleClone(
  main: TwilioAccount,
  {account, twilio, whenVisible}: Subaccount,
  bundleSid: string,
  guard: SendGuard,
): Promise<string> {
  const friendlyName = `aka-twilio ${bundleSid}`
  const find = () => whenVisible(() => findBundle(twilio, friendlyName))
  const send = async (sending: SenderOptions) => {
    const numbers = await main.numbers(sending)
    const clone = await numbers.v2.bundleClone(bundleSid).create({targetAccountSid: account.sid, friendlyName})
    return clone.bundleSid
  }
  const effect = `${bundleSid} was copied into ${account.sid}`
  return (await find()) ?? sendOnce(main.transport, {effect, send, find, guard})
}

async function findBundle(account: TwilioAccount, friendlyName: string): Promise<string | undefined> {
  const numbers = await account.numbers()
  const bundles = await numbers.v2.regulatoryCompliance.bundles.list({friendlyName})
  return bundles.find((each) => each.friendlyName === friendlyName)?.sid
}

function plain(address: {[Name in keyof Address]: Address[Name] | null}): Address {
  const {customerName, street, streetSecondary, city, region, postalCode, isoCountry} = address
  return {
    customerName: customerName ?? '',
    street: street ?? '',
    streetSecondary: streetSecondary ?? '',
    city: city ?? '',
    region: region ?? '',
    postalCode: postalCode ?? '',
    isoCountry: isoCountry ?? '',
  }
}
