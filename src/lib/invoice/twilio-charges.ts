import type {Period} from '../days.js'
import {Failure, temporary} from '../errors.js'
import type {ReadUsage} from '../twilio/usage.js'
import {type MonthChoice, monthName} from '../usage/month.js'

/** What Twilio charged the main account. */
export interface Price {
  readonly amount: number
  /** ISO 4217, lower case. */
  readonly currency: string
}

/** What Twilio charged the main account for a subaccount; undefined where it is not known. */
export interface TwilioCharges {
  readonly twilio: Price | undefined
  /** Of that, for registrations for SMS to the US. */
  readonly registrationFees: Price | undefined
}

export const noCharges: TwilioCharges = {twilio: undefined, registrationFees: undefined}

/** Everything that an account used: https://www.twilio.com/docs/usage/api/usage-record#usage-categories */
export const everything = 'totalprice'

/** Brands, vetting and campaigns, once and by the month. */
const registrations = 'a2p-registration-fees'

/**
 * @param hasFees whether there may be any of registrations: each answer takes a request
 * @throws {Failure} `temporary` where Twilio does not say what it charged in all: that is not the same as nothing.
 */
export async function readCharges(
  read: ReadUsage,
  month: Period,
  {appSpace, hasFees}: {readonly appSpace: string; readonly hasFees: boolean},
): Promise<TwilioCharges> {
  const [twilio, fees] = await Promise.all([
    readPrice(read, month, everything),
    hasFees ? readFees(read, month) : {amount: 0},
  ])
  if (!twilio) {
    throw temporary(
      'TWILIO_RESPONSE_INVALID',
      `Twilio does not say what it charged for ${appSpace} in ${monthName(month)}.`,
      'See https://status.twilio.com',
    )
  }
  return {twilio, registrationFees: fees && {currency: twilio.currency, ...fees}}
}

/** Whether any of the main account's subaccounts was charged for a registration; where Twilio does not say, each is asked. */
export async function hasRegistrationFees(read: ReadUsage, month: MonthChoice): Promise<boolean> {
  const fees = await readFees(read, month)
  return fees?.amount !== 0
}

/** The invoice is of use without them. */
async function readFees(read: ReadUsage, month: MonthChoice): Promise<Price | undefined> {
  try {
    return await readPrice(read, month, registrations)
  } catch (error) {
    if (error instanceof Failure && error.outcome !== 'interrupted') return undefined
    throw error
  }
}

async function readPrice(read: ReadUsage, month: MonthChoice, category: string): Promise<Price | undefined> {
  const {records} = await read({category, span: month})
  const prices = records.map(({price}) => price)
  // In hundred-thousandths, as Twilio counts: adding up fractions of dollars would show.
  const amount = prices.reduce((all: number, price = 0) => all + Math.round(price * 100_000), 0) / 100_000
  const [currency] = records.flatMap((record) => record.currency ?? [])
  if (records.length === 0 || prices.includes(undefined) || (currency === undefined && amount !== 0)) return undefined
  return {amount, currency: currency ?? 'usd'}
}
