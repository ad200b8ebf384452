import {nextSid} from '../state/ids.js'
import type {State} from '../state/state.js'
import type {SimData} from '../state/types/sims.js'
import {mobileNetworks} from '../world/mobile-networks.js'
import {isConnected, superSimStatus, wirelessSimStatus} from '../world/sim-status.js'

type Fields = Readonly<Record<string, unknown>>

/** A terabyte. */
const MOST_BYTES = 10 ** 12

/** What a SIM sends and receives now, in bytes. Gives what is wrong with the fields, if anything is. */
export function useData(state: State, now: number, fields: Fields): SimData | string {
  const {sim: name, upload = 0, download = 0, country = 'US'} = fields
  const isNamed = ({sid, iccid}: {sid: string; iccid: string}): boolean => sid === name || iccid === name
  const superSim = state.superSims.find((sim) => isNamed(sim) && isConnected(superSimStatus(sim, now)))
  const wirelessSim = state.wirelessSims.find((sim) => isNamed(sim) && isConnected(wirelessSimStatus(sim, now)))
  const sim = superSim ?? wirelessSim
  if (!sim) return '"sim" is the SID or ICCID of one that is ready or active'
  if (!isBytes(upload) || !isBytes(download)) return `"upload" and "download" are numbers of bytes, up to ${MOST_BYTES}`
  const network = mobileNetworks(state).find(({isoCountry}) => isoCountry === country)
  if (!network) return '"country" is one of US, CA, GB and DE'
  const data: SimData = {
    sid: nextSid(state, 'WN'),
    accountSid: sim.accountSid,
    simSid: sim.sid,
    fleetSid: superSim?.fleetSid ?? null,
    networkSid: network.sid,
    upload,
    download,
    createdAt: now,
  }
  state.simData.push(data)
  return data
}

function isBytes(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_BYTES
}
