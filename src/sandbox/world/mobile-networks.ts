import {hash} from '../state/ids.js'

export interface MobileNetwork {
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

/** The networks that SIMs can use, the same for every account. */
export function mobileNetworks({seed}: {readonly seed: string}): MobileNetwork[] {
  return NETWORKS.map(([friendlyName, isoCountry, mcc, ...mncs]) => ({
    sid: `HW${hash(seed, `network ${friendlyName} ${isoCountry}`)}`,
    friendlyName,
    isoCountry,
    identifiers: mncs.map((mnc) => ({mcc, mnc})),
  }))
}
