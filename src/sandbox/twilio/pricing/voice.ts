import type {HttpResponse} from '../../../lib/transport/types.js'
import {type Context, pathParameter} from '../../http/context.js'
import {notFound} from '../../http/errors.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {COUNTRIES, rangeOf, typesOf} from '../../world/number-ranges.js'
import {CALL_MINUTE_PRICE} from '../../world/prices.js'
import {countryPriceRoutes, PRICE_UNIT, priced, PRICED_TYPES} from './countries.js'

const NUMBER = '/v2/Voice/Numbers/{DestinationNumber}'
/** From wherever a call comes. */
const ORIGINS = {origination_prefixes: ['ALL']}

/** A minute costs the same wherever a call goes, as in usage. */
export const voicePriceRoutes: readonly Route[] = [
  ...countryPriceRoutes('/v2/Voice/Countries', (code) => {
    const {name, callingCode} = COUNTRIES.get(code) ?? {name: code, callingCode: ''}
    return {
      outbound_prefix_prices: [
        {
          ...ORIGINS,
          destination_prefixes: [callingCode],
          friendly_name: `Programmable Outbound Minute - ${name}`,
          ...priced(CALL_MINUTE_PRICE),
        },
      ],
      inbound_call_prices: typesOf(code).map((type) => ({
        number_type: PRICED_TYPES[type],
        ...priced(CALL_MINUTE_PRICE),
      })),
    }
  }),
  {product: 'pricing', method: 'GET', path: NUMBER, handle: fetchNumber},
]

function fetchNumber(context: Context): HttpResponse {
  const {query, path} = context
  const destination = pathParameter(context, 'DestinationNumber')
  const country = countryOf(destination)
  if (country === undefined) throw notFound(path)
  return json(200, {
    destination_number: destination,
    origination_number: query.get('OriginationNumber'),
    country: COUNTRIES.get(country)?.name ?? null,
    iso_country: country,
    outbound_call_prices: [{...priced(CALL_MINUTE_PRICE), ...ORIGINS}],
    // Only a number of Twilio's can be called in the sense of this price.
    inbound_call_price: {base_price: null, current_price: null, number_type: null},
    ...PRICE_UNIT,
    url: `https://pricing.twilio.com${NUMBER.replace('{DestinationNumber}', destination)}`,
  })
}

function countryOf(phoneNumber: string): string | undefined {
  const known = rangeOf(phoneNumber)?.country
  return known ?? [...COUNTRIES].find(([, {callingCode}]) => phoneNumber.startsWith(`+${callingCode}`))?.[0]
}
