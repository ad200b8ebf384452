import type {EsimProfileInstance} from 'twilio/lib/rest/supersim/v1/esimProfile.js'
import type {IpCommandInstance} from 'twilio/lib/rest/supersim/v1/ipCommand.js'
import type {SimInstance} from 'twilio/lib/rest/supersim/v1/sim.js'
import type {SmsCommandInstance} from 'twilio/lib/rest/supersim/v1/smsCommand.js'

import type {ESimProfile, NewSimGroup, Sim, SimMessage} from '../../carrier/port.js'
import {Failure} from '../../errors.js'
import {until, visibilityTimeoutMs} from '../../poll.js'
import type {SenderOptions} from '../../transport/transport.js'
import type {TwilioAccount} from '../connect.js'
import type {ProductCarrier} from './product.js'

/** Who has Super SIMs: an account of Twilio's, or of whoever else serves the same API. */
export type SuperSimAccount = Pick<TwilioAccount, 'supersim' | 'transport'>

/** https://www.twilio.com/docs/iot/supersim/api */
export function superSim(account: SuperSimAccount): ProductCarrier & SuperSimOnly {
  const api = async (...options: Parameters<SuperSimAccount['supersim']>) => (await account.supersim(...options)).v1
  return {
    async listSims({iccid, neverActivated}) {
      const only = {...(iccid !== undefined && {iccid}), ...(neverActivated && {status: 'new' as const})}
      return (await (await api()).sims.list({pageSize: 1000, ...only})).map(simOf)
    },
    // The SDK puts names into the path as they are.
    fetchSim: async (name) => simOf(await (await api()).sims(encodeURIComponent(name)).fetch()),
    register: async ({iccid, code}) => simOf(await (await api()).sims.create({iccid, registrationCode: code})),
    async move(sim, accountSid, sending) {
      await (await api(sending)).sims(sim).update({accountSid})
    },
    rename: async (sim, uniqueName) => simOf(await (await api()).sims(sim).update({uniqueName})),
    activate: async (sim, fleet) => simOf(await (await api()).sims(sim).update({status: 'active', fleet})),
    deactivate: async (sim) => simOf(await (await api()).sims(sim).update({status: 'inactive'})),

    async listGroups() {
      const fleets = await (await api()).fleets.list({pageSize: 1000})
      return fleets.map(({sid, uniqueName}) => ({sid, name: uniqueName}))
    },
    async prepareGroup(group) {
      const [profile] = await (await api()).networkAccessProfiles.list({limit: 1})
      return profile?.sid ?? createNetworkAccess(account, group)
    },
    async createGroup({name}, networkAccessProfile = '') {
      const fleet = {networkAccessProfile, uniqueName: name, smsCommandsEnabled: true}
      const {sid, uniqueName} = await (await api()).fleets.create(fleet)
      return {sid, name: uniqueName}
    },

    listProfiles: async () => (await (await api()).esimProfiles.list({pageSize: 1000})).map(profileOf),
    async orderProfile(eid, sending) {
      const order = eid === undefined ? {generateMatchingId: true} : {eid}
      return profileOf(await (await api(sending)).esimProfiles.create(order))
    },

    async sendMessage({sim, payload, binary, port}) {
      const v1 = await api()
      if (port === undefined) return smsOf(await v1.smsCommands.create({sim: sim.sid, payload}))
      const payloadType = binary ? 'binary' : 'text'
      return ipOf(await v1.ipCommands.create({sim: sim.sid, payload, devicePort: port, payloadType}))
    },
    async listMessages({sim, limit}) {
      const v1 = await api()
      // An object for each: the SDK writes into it.
      const only = () => ({limit, ...(sim !== undefined && {sim})})
      const [sms, ip] = await Promise.all([v1.smsCommands.list(only()), v1.ipCommands.list(only())])
      return [...sms.map(smsOf), ...ip.map(ipOf)]
    },
    async fetchMessage({sid, transport}) {
      const v1 = await api()
      return transport === 'ip' ? ipOf(await v1.ipCommands(sid).fetch()) : smsOf(await v1.smsCommands(sid).fetch())
    },
  }
}

export interface SuperSimOnly {
  register(card: {readonly iccid: string; readonly code: string}): Promise<Sim>
  listProfiles(): Promise<ESimProfile[]>
  orderProfile(eid: string | undefined, sending: SenderOptions): Promise<ESimProfile>
}

/** A fleet needs to know its networks: all those of the country. */
export async function createNetworkAccess(account: SuperSimAccount, {name, country}: NewSimGroup): Promise<string> {
  const {v1} = await account.supersim()
  const networks = (await v1.networks.list({isoCountry: country})).map(({sid}) => sid)
  try {
    return (await v1.networkAccessProfiles.create({uniqueName: name, networks})).sid
  } catch (error) {
    if (!(error instanceof Failure) || error.outcome !== 'refused') throw error
    // Names are unique: another run may have just created it.
    const find = async () => (await v1.networkAccessProfiles.list()).find(({uniqueName}) => uniqueName === name)
    const there = await until(account.transport, find, {timeoutMs: visibilityTimeoutMs})
    if (!there) throw error
    return there.sid
  }
}

export function simOf({sid, iccid, uniqueName, status, fleetSid}: SimInstance): Sim {
  return {sid, product: 'super-sim', iccid, name: uniqueName || undefined, status, group: fleetSid || undefined}
}

function profileOf(profile: EsimProfileInstance): ESimProfile {
  const {sid, status, eid, simSid, iccid, activationCode, errorCode, errorMessage, dateCreated} = profile
  return {
    sid,
    status,
    eid: eid || undefined,
    sim: simSid || undefined,
    iccid: iccid || undefined,
    activationCode: activationCode || undefined,
    problem: status === 'failed' ? [errorMessage, errorCode].filter(Boolean).join(', error ') : undefined,
    createdAt: new Date(dateCreated),
  }
}

export function smsOf({sid, simSid, direction, status, payload, dateCreated}: SmsCommandInstance): SimMessage {
  return {
    sid,
    sim: simSid,
    direction: direction === 'to_sim' ? 'to SIM' : 'from SIM',
    transport: 'sms',
    status,
    payload,
    binary: false,
    createdAt: new Date(dateCreated),
  }
}

export function ipOf({
  sid,
  simSid,
  direction,
  status,
  payload,
  payloadType,
  dateCreated,
}: IpCommandInstance): SimMessage {
  return {
    sid,
    sim: simSid,
    direction: direction === 'to_sim' ? 'to SIM' : 'from SIM',
    transport: 'ip',
    status,
    payload,
    binary: payloadType === 'binary',
    createdAt: new Date(dateCreated),
  }
}
