import {monthlyPrices} from '../../world/prices.js'
import {countryPriceRoutes, PRICED_TYPES} from './countries.js'

export const phoneNumberCountryRoutes = countryPriceRoutes('/v1/PhoneNumbers/Countries', (code) => ({
  phone_number_prices: monthlyPrices(code).map(([type, price]) => ({
    number_type: PRICED_TYPES[type],
    base_price: price.toFixed(2),
    current_price: price.toFixed(2),
  })),
}))
