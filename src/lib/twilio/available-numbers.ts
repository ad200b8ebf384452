import {type Capabilities, capabilitiesOf} from './capabilities.js'
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

/** https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource */
export interface AvailableNumber {
  readonly e164: string
  readonly friendlyName: string
  readonly locality: string | undefined
  readonly region: string | undefined
  readonly capabilities: Capabilities
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
    pageSize: 50,
    limit: 50,
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
    capabilities: capabilitiesOf(capabilities),
  }))
}
