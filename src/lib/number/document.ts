import type {NumberOptions} from '../addon/number-options.js'
import {type Unfinished, unfinished} from '../addon/unfinished.js'
import type {AvailableNumber, NumberType} from '../twilio/available-numbers.js'
import type {Capabilities} from '../twilio/capabilities.js'
import type {NumberPrices} from '../twilio/pricing.js'
import type {Sending} from '../twilio/sending.js'
import {shownWebhooks, type Webhooks} from '../twilio/webhooks.js'
import type {NumberInfo} from './read.js'
import type {NumberSet} from './set.js'

/** The phone number of an app-space. */
export interface NumberDocument {
  readonly appSpace: string
  /** E.164. */
  readonly phoneNumber: string
  readonly phoneNumberSid: string
  readonly accountSid: string | null
  /** False where the subaccount no longer has it. */
  readonly isThere: boolean
  /** Null where the subaccount no longer has it. */
  readonly capabilities: Capabilities | null
  /** What is set, by Twilio's parameters, URLs without passwords and tokens; null where the subaccount no longer has it. */
  readonly webhooks: Webhooks | null
  /** Whether TWILIO_PHONE_NUMBER is this number. */
  readonly configVar: NumberInfo['configVar']
  /** Whether US carriers deliver its SMS. */
  readonly sending: Sending
  /** What Twilio requires before the number may send messages, if anything. */
  readonly pendingRegistrations: string | null
  /** Of the subaccount, E.164. */
  readonly otherNumbers: readonly string[]
  /** An operation on the add-on that was interrupted, if any. */
  readonly unfinished: Unfinished | null
}

export function numberDocument(info: NumberInfo): NumberDocument {
  const {record, recorded, number, others, configVar, sending, pendingRegistrations} = info
  return {
    appSpace: record.appSpace,
    phoneNumber: recorded.e164,
    phoneNumberSid: recorded.sid,
    accountSid: record.accountSid ?? null,
    isThere: number !== undefined,
    capabilities: number?.capabilities ?? null,
    webhooks: number ? shownWebhooks(number.webhooks) : null,
    configVar,
    sending,
    pendingRegistrations: pendingRegistrations ?? null,
    otherNumbers: others,
    unfinished: unfinished(record) ?? null,
  }
}

/** A number with the webhooks that were asked for; with `--dry-run` what would change. */
export type NumberSettingDocument = NumberSetDocument | NumberSetPreviewDocument

export interface NumberSetPreviewDocument {
  readonly dryRun: true
  readonly appSpace: string
  /** E.164. */
  readonly phoneNumber: string
  /** Empty where all is set already. */
  readonly wouldChange: NumberSet['changed']
}

/** A number with the webhooks that were asked for. */
export interface NumberSetDocument {
  readonly appSpace: string
  /** E.164. */
  readonly phoneNumber: string
  /** Empty where all was set already. */
  readonly changed: NumberSet['changed']
  /** What is set, by Twilio's parameters, URLs without passwords and tokens. */
  readonly webhooks: Webhooks
}

export function numberSetDocument(appSpace: string, {number, changed}: NumberSet): NumberSetDocument {
  return {appSpace, phoneNumber: number.e164, changed, webhooks: shownWebhooks(number.webhooks)}
}

/** Numbers that can be bought now. */
export interface NumberSearchDocument {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly type: NumberType
  /** Of the prices, ISO 4217. */
  readonly currency: string
  readonly numbers: readonly FoundNumber[]
}

interface FoundNumber {
  /** E.164. */
  readonly phoneNumber: string
  readonly friendlyName: string
  readonly locality: string | null
  readonly region: string | null
  readonly capabilities: Capabilities
  /** Null where Twilio does not say. */
  readonly pricePerMonth: number | null
}

export function numberSearchDocument(
  {country, type}: NumberOptions,
  numbers: readonly AvailableNumber[],
  {currency, perMonth}: NumberPrices,
): NumberSearchDocument {
  return {
    country,
    type,
    currency,
    numbers: numbers.map(({e164, friendlyName, locality, region, capabilities}) => ({
      phoneNumber: e164,
      friendlyName,
      locality: locality ?? null,
      region: region ?? null,
      capabilities,
      pricePerMonth: perMonth[type] ?? null,
    })),
  }
}
