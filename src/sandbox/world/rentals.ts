import {addMonths, dayOf} from '../../lib/days.js'
import type {IncomingNumber, State} from '../state/state.js'
import {newRental, type Rental, type UsageEntry} from '../state/usage.js'

export function startRental(state: State, number: IncomingNumber): void {
  state.rentals.push(newRental(number))
}

/** The account that a number moves to pays from the next month on. */
export function moveRental(state: State, number: IncomingNumber, now: number): void {
  endRental(state, number.sid, now)
  state.rentals.push(newRental(number, monthsBegun(number.createdAt, now)))
}

/** Numbers that are given back: Twilio seldom offers them again. */
export function giveBack(state: State, now: number, gone: (number: IncomingNumber) => boolean): void {
  for (const {sid, phoneNumber} of state.incomingNumbers.filter(gone)) {
    state.releasedNumbers.push(phoneNumber)
    endRental(state, sid, now)
  }
  state.incomingNumbers = state.incomingNumbers.filter((number) => !gone(number))
}

function endRental({rentals}: State, numberSid: string, now: number): void {
  const rental = rentals.find((each) => each.numberSid === numberSid && each.until === null)
  if (rental) rental.until = now
}

/** What was charged for numbers until now, a month at a time. */
export function chargesOf({accountSid, monthlyPrice, boughtAt, monthsPaid, until}: Rental, now: number): UsageEntry[] {
  const months = monthsBegun(boughtAt, Math.min(now, until ?? now))
  return Array.from({length: Math.max(months - monthsPaid, 0)}, (_, index) => ({
    accountSid,
    category: 'phonenumbers',
    day: dayOf(addMonths(boughtAt, monthsPaid + index)),
    count: 1,
    usage: 1,
    price: monthlyPrice,
  }))
}

function monthsBegun(since: number, now: number): number {
  let months = 0
  while (addMonths(since, months) <= now) months += 1
  return months
}
