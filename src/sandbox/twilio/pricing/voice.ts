import type {HttpResponse} from '../../../lib/transport/types.js'
import {type Context, pathParameter} from '../../http/context.js'
import {notFound} from '../../http/errors.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {COUNTRIES, rangeOf, typesOf} from '../../world/number-ranges.js'
import {CALL_MINUTE_PRICE} from '../../world/prices.js'
import {countryPriceRoutes, PRICE_UNIT, priced, PRICED_TYPES} from './countries.js'

const NUMBER = '/v1/Voice/Numbers/{Number}'
const NUMBER_BY_ORIGIN = '/v2/Voice/Numbers/{DestinationNumber}'
/** From wherever a call comes. */
const ORIGINS = {origination_prefixes: ['ALL']}
/** Only a number of Twilio's can be called in the sense of this price. */
const NO_INBOUND_PRICE = {base_price: null, current_price: null, number_type: null}

/** A minute costs the same wherever a call goes, as in usage. Version 2 says as well where calls come from. */
export const voicePriceRoutes: readonly Route[] = [
  ...countryPriceRoutes('/v1/Voice/Countries', (code) =>
    minutePrices(code, (callingCode) => ({prefixes: [callingCode]})),
  ),
  ...countryPriceRoutes('/v2/Voice/Countries', (code) =>
    minutePrices(code, (callingCode) => ({...ORIGINS, destination_prefixes: [callingCode]})),
  ),
  {product: 'pricing', method: 'GET', path: NUMBER, handle: fetchNumber},
  {product: 'pricing', method: 'GET', path: NUMBER_BY_ORIGIN, handle: fetchNumberByOrigin},
]

function minutePrices(code: string, prefixes: (callingCode: string) => object) {
  const {name, callingCode} = COUNTRIES.get(code) ?? {name: code, callingCode: ''}
  return {
    outbound_prefix_prices: [
      {
        ...prefixes(callingCode),
        friendly_name: `Programmable Outbound Minute - ${name}`,
        ...priced(CALL_MINUTE_PRICE),
      },
    ],
    inbound_call_prices: typesOf(code).map((type) => ({
      number_type: PRICED_TYPES[type],
      ...priced(CALL_MINUTE_PRICE),
    })),
  }
}

function fetchNumber(context: Context): HttpResponse {
  const number = pathParameter(context, 'Number')
  return json(200, {
    number,
    ...callTo(context, number, NUMBER),
    outbound_call_price: priced(CALL_MINUTE_PRICE),
  })
}

function fetchNumberByOrigin(context: Context): HttpResponse {
  const destination = pathParameter(context, 'DestinationNumber')
  return json(200, {
    destination_number: destination,
    origination_number: context.query.get('OriginationNumber'),
    ...callTo(context, destination, NUMBER_BY_ORIGIN),
    outbound_call_prices: [{...priced(CALL_MINUTE_PRICE), ...ORIGINS}],
  })
}

/** What both versions say of a call to a number. */
function callTo({path}: Context, number: string, template: string) {
  const country = countryOf(number)
  if (country === undefined) throw notFound(path)
  return {
    country: COUNTRIES.get(country)?.name ?? null,
    iso_country: country,
    inbound_call_price: NO_INBOUND_PRICE,
    ...PRICE_UNIT,
    url: `https://pricing.twilio.com${template.replace(/\{\w+\}/, number)}`,
  }
}

function countryOf(phoneNumber: string): string | undefined {
  const known = rangeOf(phoneNumber)?.country
  return known ?? [...COUNTRIES].find(([, {callingCode}]) => phoneNumber.startsWith(`+${callingCode}`))?.[0]
}
