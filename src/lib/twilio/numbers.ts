import type {IncomingPhoneNumberInstance} from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js'

import {UnknownOutcome} from '../errors.js'
import type {SenderOptions} from '../transport/transport.js'
import type {TwilioAccount} from './connect.js'

export const numberTypes = ['local', 'mobile', 'toll-free'] as const
export type NumberType = (typeof numberTypes)[number]

export interface NumberQuery {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly type: NumberType
  readonly areaCode?: string
  readonly contains?: string
  /** Numbers that Twilio sells only to who has an address on file are left out. */
  readonly withoutAddress: boolean
}

export interface Capabilities {
  readonly voice: boolean
  readonly sms: boolean
  readonly mms: boolean
}

/** https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource */
export interface AvailableNumber {
  readonly e164: string
  readonly friendlyName: string
  readonly locality: string | undefined
  readonly region: string | undefined
  readonly capabilities: Capabilities
}

/** With each URL the method by which it is asked. */
const methodOf = {
  voiceUrl: 'voiceMethod',
  voiceFallbackUrl: 'voiceFallbackMethod',
  smsUrl: 'smsMethod',
  smsFallbackUrl: 'smsFallbackMethod',
  statusCallback: 'statusCallbackMethod',
} as const
type UrlKey = keyof typeof methodOf

/** What answers in place of the URLs. */
const handlerKeys = ['voiceApplicationSid', 'smsApplicationSid', 'trunkSid'] as const

const clearable = [...(Object.keys(methodOf) as UrlKey[]), ...handlerKeys]

/** What Twilio asks, and how, when a number is called or written to; what is not set is left out. */
export type Webhooks = Readonly<
  Partial<Record<UrlKey | (typeof methodOf)[UrlKey] | (typeof handlerKeys)[number], string>>
>

/** https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export interface OwnedNumber {
  readonly sid: string
  readonly e164: string
  readonly accountSid: string
  readonly capabilities: Capabilities
  readonly webhooks: Webhooks
  readonly createdAt: Date
}

/** With empty strings, webhooks are taken away. */
export interface NumberSettings extends Webhooks {
  /** Of the account that is to hold the number. */
  readonly addressSid?: string
  readonly bundleSid?: string
}

/** What makes a number that has some webhooks have others. */
export function webhooksInPlaceOf(there: Webhooks, wanted: Webhooks): Webhooks {
  const unwanted = clearable.filter((key) => there[key] !== undefined && wanted[key] === undefined)
  return {...Object.fromEntries(unwanted.map((key) => [key, ''])), ...wanted}
}

/** Numbers that can be bought now and can do both voice and SMS, as many as one page of an answer holds. */
export async function searchNumbers(account: TwilioAccount, query: NumberQuery): Promise<AvailableNumber[]> {
  const api = await account.api()
  const country = api.v2010.account.availablePhoneNumbers(query.country)
  const wanted = {
    voiceEnabled: true,
    smsEnabled: true,
    ...(query.areaCode !== undefined && {areaCode: Number(query.areaCode)}),
    ...(query.contains !== undefined && {contains: query.contains}),
    ...(query.withoutAddress && {excludeAllAddressRequired: true}),
    pageSize: 20,
    limit: 20,
  }
  const lists = {
    local: () => country.local.list(wanted),
    mobile: () => country.mobile.list(wanted),
    'toll-free': () => country.tollFree.list(wanted),
  }
  const found = await lists[query.type]()
  return found.map(({phoneNumber, friendlyName, locality, region, capabilities}) => ({
    e164: phoneNumber,
    friendlyName,
    locality: locality || undefined,
    region: region || undefined,
    capabilities: plainCapabilities(capabilities),
  }))
}

/** The numbers that an account holds, oldest first. */
export async function listNumbers(account: TwilioAccount, {e164}: {e164?: string} = {}): Promise<OwnedNumber[]> {
  const api = await account.api()
  const numbers = await api.v2010.account.incomingPhoneNumbers.list(e164 === undefined ? {} : {phoneNumber: e164})
  return numbers
    .map(plain)
    .filter((each) => e164 === undefined || each.e164 === e164)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

/** Spends money, and twice when it is sent twice: see provision.ts for how that is kept from happening. */
export async function buyNumber(
  account: TwilioAccount,
  e164: string,
  options: NumberSettings,
  sending: SenderOptions,
): Promise<OwnedNumber> {
  const api = await account.api(sending)
  const number = plain(await api.v2010.account.incomingPhoneNumbers.create({phoneNumber: e164, ...options}))
  if (!number.sid) throw new UnknownOutcome(`Twilio answered the purchase of ${e164} without a SID`)
  return number
}

/** From one account of the family to another; only the main account's own token may. Repeating it does no harm. */
export async function moveNumber(
  main: TwilioAccount,
  {number, from, to, options = {}}: {number: string; from: string; to: string; options?: NumberSettings},
): Promise<OwnedNumber> {
  const api = await main.api()
  return plain(
    await api.v2010
      .accounts(from)
      .incomingPhoneNumbers(number)
      .update({accountSid: to, ...options}),
  )
}

/** Changes what a number that the account holds calls. Repeating it does no harm. */
export async function updateNumber(account: TwilioAccount, sid: string, options: NumberSettings): Promise<OwnedNumber> {
  const api = await account.api()
  return plain(await api.v2010.account.incomingPhoneNumbers(sid).update(options))
}

/** Gives the number up for good: it can usually not be bought back. */
export async function releaseNumber(account: TwilioAccount, sid: string): Promise<void> {
  const api = await account.api()
  await api.v2010.account.incomingPhoneNumbers(sid).remove()
}

function plain(number: IncomingPhoneNumberInstance): OwnedNumber {
  const {sid, phoneNumber, accountSid, capabilities, dateCreated} = number
  return {
    sid,
    e164: phoneNumber,
    accountSid,
    capabilities: plainCapabilities(capabilities),
    webhooks: webhooksOf(number),
    createdAt: new Date(dateCreated),
  }
}

function webhooksOf(number: IncomingPhoneNumberInstance): Webhooks {
  const set = clearable.filter((key) => number[key])
  const methods = Object.entries(methodOf).filter(([url]) => number[url as UrlKey])
  return Object.fromEntries([
    ...set.map((key) => [key, number[key]]),
    ...methods.map(([, method]) => [method, number[method] || 'POST']),
  ]) as Webhooks
}

/** The documents leave it open which of them there are. */
function plainCapabilities(given: Partial<Capabilities> | null | undefined): Capabilities {
  const {voice = false, sms = false, mms = false} = given ?? {}
  return {voice, sms, mms}
}
