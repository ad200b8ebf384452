import type {SimService} from '../../carrier/service.js'
import {subaccount, type TwilioAccount} from '../connect.js'
import {twilioCarrier} from './carrier.js'

/** SIMs of Twilio's own: those of an add-on are in its subaccount, the stock is in the main account. */
export function twilioSims(main: TwilioAccount, country: string): SimService {
  return {
    name: 'twilio',
    country,
    carrierOf: ({account}) => twilioCarrier(subaccount(main, account)),
    stock: () => twilioCarrier(main),
    examine: async () => ({detail: 'Twilio'}),
  }
}
