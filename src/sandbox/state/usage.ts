import type {Day} from '../../lib/days.js'
import type {IncomingNumber, Settings} from './state.js'
import {monthlyPriceOf} from '../world/number-prices.js'

/** What the sandbox remembers of usage, beside messages, calls and commands. Times are milliseconds. */
export interface UsageState {
  /** What a tester says was used, beside what was really done. */
  usage: UsageEntry[]
  usageTriggers: UsageTrigger[]
  rentals: Rental[]
}

/** What an account used on one day. */
export interface UsageEntry {
  accountSid: string
  /** One of Twilio's usage categories. It counts for those that it is a part of, too. */
  category: string
  day: Day
  count: number
  usage: number
  price: number
}

export interface UsageTrigger {
  sid: string
  accountSid: string
  friendlyName: string | null
  usageCategory: string
  triggerBy: 'count' | 'usage' | 'price'
  triggerValue: number
  recurring: 'daily' | 'monthly' | 'yearly' | 'alltime'
  /** By the name of Twilio's property (`callback_url`). */
  settings: Settings
  createdAt: number
  updatedAt: number
}

/** A phone number in one account, paid for when it is bought and on that day of every month. */
export interface Rental {
  accountSid: string
  numberSid: string
  monthlyPrice: number
  boughtAt: number
  /** How many months were paid for already when this account got the number. */
  monthsPaid: number
  /** When it was given back or moved; null while it is held. */
  until: number | null
}

export function initialUsage(numbers: readonly IncomingNumber[]): UsageState {
  return {usage: [], usageTriggers: [], rentals: numbers.map((number) => newRental(number))}
}

export function newRental({sid, accountSid, phoneNumber, createdAt}: IncomingNumber, monthsPaid = 0): Rental {
  return {
    accountSid,
    numberSid: sid,
    monthlyPrice: monthlyPriceOf(phoneNumber),
    boughtAt: createdAt,
    monthsPaid,
    until: null,
  }
}
