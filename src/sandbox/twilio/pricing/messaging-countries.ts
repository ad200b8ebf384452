import {typesOf} from '../../world/number-ranges.js'
import {SMS_SEGMENT_PRICE} from '../../world/prices.js'
import {countryPriceRoutes, priced, PRICED_TYPES} from './countries.js'

/** A message costs the same wherever it is sent to, as in usage. */
export const messagingCountryRoutes = countryPriceRoutes('/v1/Messaging/Countries', (code) => {
  const prices = typesOf(code).map((type) => ({number_type: PRICED_TYPES[type], ...priced(SMS_SEGMENT_PRICE)}))
  return {
    // Twilio has no code of a network for those that it does not name.
    outbound_sms_prices: [{carrier: 'Other', mcc: '', mnc: '', prices}],
    inbound_sms_prices: prices,
  }
})
