import {amountOf} from '../shape.js'
import {type NumberType, numberTypes} from './available-numbers.js'
import type {TwilioAccount} from './connect.js'
import {TwilioRefusal} from './errors.js'

/** What numbers of a country cost a month; a kind that Twilio does not sell there, or tells no price of, is missing. */
export interface NumberPrices {
  /** ISO 4217, e.g. `USD`. */
  readonly currency: string
  readonly perMonth: Readonly<Partial<Record<NumberType, number>>>
}

/** As the documents have them: the SDK's types know of nothing nullable. */
type Prices = readonly {readonly numberType?: string | null; readonly currentPrice?: number | null}[] | null

/**
 * What the account pays for numbers of a country, its own discounts included
 * (https://www.twilio.com/docs/phone-numbers/pricing). A price that Twilio refuses to tell is no reason to tell nothing else.
 */
export async function fetchNumberPrices(account: TwilioAccount, country: string): Promise<NumberPrices> {
  const pricing = await account.pricing()
  try {
    const {phoneNumberPrices, priceUnit} = await pricing.v1.phoneNumbers.countries(country).fetch()
    const prices = ((phoneNumberPrices as Prices) ?? []).map(
      ({numberType, currentPrice}) => [numberType?.replace(' ', '-'), amountOf(currentPrice)] as const,
    )
    const known = prices.filter(([type, price]) => numberTypes.some((each) => each === type) && price !== undefined)
    return {currency: priceUnit.toUpperCase(), perMonth: Object.fromEntries(known) as NumberPrices['perMonth']}
  } catch (error) {
    if (!(error instanceof TwilioRefusal) || error.outcome !== 'refused') throw error
    return {currency: 'USD', perMonth: {}}
  }
}
