import type {HttpResponse} from '../../../lib/transport/types.js'
import {type Context, matchesFilter} from '../../http/context.js'
import {pageWithMeta} from '../../http/pages.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {type MobileNetwork, mobileNetworks} from '../../world/mobile-networks.js'
import {findInPath} from '../shared/find.js'

export const networkRoutes: readonly Route[] = [
  {product: 'supersim', method: 'GET', path: '/v1/Networks', handle: list},
  {product: 'supersim', method: 'GET', path: '/v1/Networks/{Sid}', handle: fetchNetwork},
]

function list(context: Context): HttpResponse {
  const networks = mobileNetworks(context.state).filter(
    ({isoCountry, identifiers}) =>
      matchesFilter(context, 'IsoCountry', isoCountry) &&
      identifiers.some(({mcc, mnc}) => matchesFilter(context, 'Mcc', mcc) && matchesFilter(context, 'Mnc', mnc)),
  )
  return pageWithMeta(context, {key: 'networks', all: networks, idOf: ({sid}) => sid, render})
}

function fetchNetwork(context: Context): HttpResponse {
  return json(200, render(findInPath(context, mobileNetworks(context.state), 'Sid')))
}

function render(network: MobileNetwork): unknown {
  return {...commonProperties(network), url: `https://supersim.twilio.com/v1/Networks/${network.sid}`}
}

/** What a network looks like wherever it is listed. */
export function commonProperties({sid, friendlyName, isoCountry, identifiers}: MobileNetwork) {
  return {sid, friendly_name: friendlyName, iso_country: isoCountry, identifiers}
}
