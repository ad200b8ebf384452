import type {HttpResponse} from '../../../lib/transport/types.js'
import {type Context, pathParameter} from '../../http/context.js'
import {notFound} from '../../http/errors.js'
import {pageWithMeta} from '../../http/pages.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {COUNTRIES, type NumberType} from '../../world/number-ranges.js'
import {monthlyPrices} from '../../world/prices.js'

const LIST = '/v1/PhoneNumbers/Countries'
const ONE = '/v1/PhoneNumbers/Countries/{IsoCountry}'

export const phoneNumberCountryRoutes: readonly Route[] = [
  {product: 'pricing', method: 'GET', path: LIST, handle: list},
  {product: 'pricing', method: 'GET', path: ONE, handle: fetchCountry},
]

function list(context: Context): HttpResponse {
  return pageWithMeta(context, {
    key: 'countries',
    all: [...COUNTRIES.keys()].sort(),
    idOf: (code) => code,
    render,
  })
}

const TYPES: Readonly<Record<NumberType, string>> = {Local: 'local', Mobile: 'mobile', TollFree: 'toll free'}

function fetchCountry(context: Context): HttpResponse {
  const code = pathParameter(context, 'IsoCountry')
  if (!COUNTRIES.has(code)) throw notFound(context.path)
  const prices = monthlyPrices(code).map(([type, price]) => ({
    number_type: TYPES[type],
    base_price: price.toFixed(2),
    current_price: price.toFixed(2),
  }))
  return json(200, {...render(code), phone_number_prices: prices, price_unit: 'USD'})
}

function render(code: string) {
  return {
    country: COUNTRIES.get(code)?.name ?? null,
    iso_country: code,
    url: `https://pricing.twilio.com/v1/PhoneNumbers/Countries/${code}`,
  }
}
