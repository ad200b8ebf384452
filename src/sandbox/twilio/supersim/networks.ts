import type {HttpResponse} from '../../../lib/transport/types.js'
import {hash} from '../../state/ids.js'
import {json, notFound, pageWithMeta} from '../../http/respond.js'
import {param, wanted, type Context, type Route} from '../../http/router.js'

export const networkRoutes: readonly Route[] = [
  {product: 'supersim', method: 'GET', path: '/v1/Networks', handle: list},
  {product: 'supersim', method: 'GET', path: '/v1/Networks/{Sid}', handle: fetchNetwork},
]

export interface Network {
  readonly sid: string
  readonly friendlyName: string
  readonly isoCountry: string
  readonly identifiers: readonly {readonly mcc: string; readonly mnc: string}[]
}

const NETWORKS: readonly (readonly [name: string, country: string, mcc: string, ...mncs: string[]])[] = [
  ['AT&T', 'US', '310', '410'],
  ['T-Mobile', 'US', '310', '260'],
  ['Rogers', 'CA', '302', '720'],
  ['Vodafone', 'GB', '234', '15'],
  ['Telekom', 'DE', '262', '01', '06'],
]

export function networksOf({state}: Context): Network[] {
  return NETWORKS.map(([friendlyName, isoCountry, mcc, ...mncs]) => ({
    sid: `HW${hash(state.seed, `network ${friendlyName} ${isoCountry}`)}`,
    friendlyName,
    isoCountry,
    identifiers: mncs.map((mnc) => ({mcc, mnc})),
  }))
}

function list(context: Context): HttpResponse {
  const networks = networksOf(context).filter(
    ({isoCountry, identifiers}) =>
      wanted(context, 'IsoCountry', isoCountry) &&
      identifiers.some(({mcc, mnc}) => wanted(context, 'Mcc', mcc) && wanted(context, 'Mnc', mnc)),
  )
  return pageWithMeta(context, {key: 'networks', all: networks, idOf: ({sid}) => sid, render})
}

function fetchNetwork(context: Context): HttpResponse {
  const wantedSid = param(context, 'Sid')
  const network = networksOf(context).find(({sid}) => sid === wantedSid)
  if (!network) throw notFound(context.path)
  return json(200, render(network))
}

function render(network: Network): unknown {
  return {...described(network), url: `https://supersim.twilio.com/v1/Networks/${network.sid}`}
}

/** What a network looks like wherever it is listed. */
export function described({sid, friendlyName, isoCountry, identifiers}: Network) {
  return {sid, friendly_name: friendlyName, iso_country: isoCountry, identifiers}
}
