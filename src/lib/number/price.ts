import type {AddonContext} from '../addon/context.js'
import type {NumberOptions} from '../addon/number-options.js'
import {fetchNumberPrices} from '../twilio/pricing.js'
import {tollFreeCodes} from '../twilio/us-number.js'
import type {ChangePlan} from './change/plan.js'

export interface MonthlyPrice {
  readonly perMonth: number
  /** ISO 4217. */
  readonly currency: string
}

/** What the number that is bought costs; undefined where Twilio does not tell, or none is bought. */
export async function priceOfNext(
  {main}: Pick<AddonContext, 'main'>,
  {source, options, next = ''}: ChangePlan,
): Promise<MonthlyPrice | undefined> {
  return source.from === 'Twilio' ? priceOf({main}, options, next) : undefined
}

/** @param next the number, or the one that would be tried first */
export async function priceOf(
  {main}: Pick<AddonContext, 'main'>,
  {country, type, phoneNumber}: NumberOptions,
  next: string,
): Promise<MonthlyPrice | undefined> {
  // Outside North America an exact number does not show its country and type.
  if (phoneNumber !== undefined && !next.startsWith('+1')) return undefined
  const ofNumber = tollFreeCodes.test(next.slice(2, 5)) ? 'toll-free' : 'local'
  const {currency, perMonth} = await fetchNumberPrices(main, phoneNumber === undefined ? country : 'US')
  const price = perMonth[phoneNumber === undefined ? type : ofNumber]
  return price === undefined ? undefined : {perMonth: price, currency}
}
