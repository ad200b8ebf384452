import {type NumberType, rangeOf} from './number-ranges.js'
import {TEST_NUMBER} from './test-values.js'

/*
 * In US dollars, close to Twilio's list prices for the US.
 */

export const SMS_SEGMENT_PRICE = 0.0083
export const MMS_PRICE = 0.022
export const CALL_MINUTE_PRICE = 0.014
/** For a command to or from a SIM. */
export const COMMAND_PRICE = 0.05

/** What a message, a minute or a command of a usage category costs; nothing where that depends on more. */
export function unitPriceOf(category: string): number {
  if (/^sms\b/.test(category)) return SMS_SEGMENT_PRICE
  if (/^mms\b/.test(category)) return MMS_PRICE
  if (/^calls\b/.test(category)) return CALL_MINUTE_PRICE
  return /-(sms)?commands$/.test(category) ? COMMAND_PRICE : 0
}

/** Of what a SIM sends and receives. */
export const MEGABYTE_PRICE = 0.1

/** Once for each brand, without and with secondary vetting. */
export const BRAND_PRICE = 4.5
export const BRAND_WITH_VETTING_PRICE = 46

/** Once for each campaign. */
export const CAMPAIGN_VETTING_PRICE = 15

/** By use case. */
export const CAMPAIGN_MONTHLY_PRICES: Readonly<Record<string, number>> & {readonly others: number} = {
  LOW_VOLUME: 1.5,
  CHARITY: 3,
  EMERGENCY: 5,
  others: 10,
}

/** What a number of a country costs per month: only what the sandbox sells. */
const MONTHLY: Readonly<Record<string, Partial<Record<NumberType, number>>>> = {
  US: {Local: 1.15, TollFree: 2.15},
  CA: {Local: 1.15, TollFree: 2.15},
  GB: {Local: 1.15, Mobile: 1.15, TollFree: 2.15},
  IE: {Local: 1.5},
  DE: {Local: 1.15, Mobile: 15},
  FR: {Local: 1.15, Mobile: 15},
  NL: {Local: 3.5, Mobile: 6},
  SE: {Local: 1.15, Mobile: 3},
  AU: {Local: 3, Mobile: 6.5, TollFree: 16},
}

export function monthlyPrices(country: string): readonly (readonly [type: NumberType, price: number])[] {
  return Object.entries(MONTHLY[country] ?? {}) as [NumberType, number][]
}

export function monthlyPriceOf(phoneNumber: string): number {
  const {country, type} = (phoneNumber === TEST_NUMBER ? undefined : rangeOf(phoneNumber)) ?? {
    country: 'US',
    type: 'Local' as const,
  }
  return MONTHLY[country]?.[type] ?? 0
}
