import type {HttpResponse} from '../../../lib/transport/types.js'
import {type Context, pathParameter} from '../../http/context.js'
import {notFound} from '../../http/errors.js'
import {pageWithMeta} from '../../http/pages.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {COUNTRIES, type NumberType} from '../../world/number-ranges.js'

/** What a type of number is called where prices are. */
export const PRICED_TYPES: Readonly<Record<NumberType, string>> = {
  Local: 'local',
  Mobile: 'mobile',
  TollFree: 'toll free',
}

export const PRICE_UNIT = {price_unit: 'USD'}

export function priced(price: number) {
  return {base_price: String(price), current_price: String(price)}
}

/** The countries for which there are prices of something, and the prices of each. */
export function countryPriceRoutes(path: string, pricesOf: (code: string) => object): readonly Route[] {
  const render = (code: string) => ({
    country: COUNTRIES.get(code)?.name ?? null,
    iso_country: code,
    url: `https://pricing.twilio.com${path}/${code}`,
  })
  const fetchCountry = (context: Context): HttpResponse => {
    const code = pathParameter(context, 'IsoCountry')
    if (!COUNTRIES.has(code)) throw notFound(context.path)
    return json(200, {...render(code), ...pricesOf(code), ...PRICE_UNIT})
  }
  const list = (context: Context): HttpResponse =>
    pageWithMeta(context, {key: 'countries', all: [...COUNTRIES.keys()].sort(), idOf: (code) => code, render})
  return [
    {product: 'pricing', method: 'GET', path, handle: list},
    {product: 'pricing', method: 'GET', path: `${path}/{IsoCountry}`, handle: fetchCountry},
  ]
}
