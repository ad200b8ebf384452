import {addMonths, dayOf} from '../../lib/days.js'
import type {State} from '../state/state.js'
import type {IncomingNumber, Rental} from '../state/types/numbers.js'
import type {UsageEntry} from '../state/types/usage.js'
import {monthlyPriceOf} from './prices.js'

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

/** The account that a number is transferred to pays from the next month on. */
export function transferRental(state: State, number: IncomingNumber, now: number): void {
  endRental(state, number.sid, now)
  state.rentals.push(newRental(number, startedMonths(number.createdAt, now)))
}

/** Removes numbers from the accounts that have them. */
export function releaseNumbers(state: State, now: number, isReleased: (number: IncomingNumber) => boolean): void {
  for (const {sid, phoneNumber} of state.incomingNumbers.filter(isReleased)) {
    state.releasedNumbers.push(phoneNumber)
    endRental(state, sid, now)
  }
  state.incomingNumbers = state.incomingNumbers.filter((number) => !isReleased(number))
}

function endRental({rentals}: State, numberSid: string, now: number): void {
  const rental = rentals.find((each) => each.numberSid === numberSid && each.until === null)
  if (rental) rental.until = now
}

/** What was charged for a number until now, one entry per month. */
export function chargesOf({accountSid, monthlyPrice, boughtAt, monthsPaid, until}: Rental, now: number): UsageEntry[] {
  const months = startedMonths(boughtAt, Math.min(now, until ?? now))
  return Array.from({length: Math.max(months - monthsPaid, 0)}, (_, index) => ({
    accountSid,
    category: 'phonenumbers',
    day: dayOf(addMonths(boughtAt, monthsPaid + index)),
    count: 1,
    usage: 1,
    price: monthlyPrice,
  }))
}

function startedMonths(since: number, now: number): number {
  let months = 0
  while (addMonths(since, months) <= now) months += 1
  return months
}
