import {TEST_NUMBER} from './nanp.js'
import {rangeOf, type NumberType} from './ranges.js'

/** What a number costs a month in US dollars, much as Twilio's list prices are; only what the sandbox sells. */
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
