import type {CommandInstance} from 'twilio/lib/rest/wireless/v1/command.js'
import type {SimInstance} from 'twilio/lib/rest/wireless/v1/sim.js'

import type {Sim, SimMessage} from '../../carrier/port.js'
import type {TwilioAccount} from '../connect.js'
import type {ProductCarrier} from './product.js'

/** https://www.twilio.com/docs/iot/wireless/api */
export function wireless(account: TwilioAccount): ProductCarrier {
  const api = async (...options: Parameters<TwilioAccount['wireless']>) => (await account.wireless(...options)).v1
  return {
    async listSims({iccid, neverActivated}) {
      const only = {...(iccid !== undefined && {iccid}), ...(neverActivated && {status: 'new' as const})}
      return (await (await api()).sims.list({pageSize: 1000, ...only})).map(simOf)
    },
    // The SDK puts names into the path as they are.
    fetchSim: async (name) => simOf(await (await api()).sims(encodeURIComponent(name)).fetch()),
    async move(sim, accountSid, sending) {
      await (await api(sending)).sims(sim).update({accountSid})
    },
    rename: async (sim, uniqueName) => simOf(await (await api()).sims(sim).update({uniqueName})),
    activate: async (sim, ratePlan) => simOf(await (await api()).sims(sim).update({status: 'active', ratePlan})),
    deactivate: async (sim) => simOf(await (await api()).sims(sim).update({status: 'deactivated'})),
    async listGroups() {
      const plans = await (await api()).ratePlans.list({pageSize: 1000})
      return plans.map(({sid, uniqueName}) => ({sid, name: uniqueName}))
    },
    prepareGroup: async () => undefined,
    async createGroup({name}) {
      const {sid, uniqueName} = await (
        await api()
      ).ratePlans.create({uniqueName: name, dataEnabled: true, messagingEnabled: true})
      return {sid, name: uniqueName}
    },
    async sendMessage({sim, payload, binary}) {
      const commandMode = binary ? 'binary' : 'text'
      return messageOf(await (await api()).commands.create({sim: sim.sid, command: payload, commandMode}))
    },
    async listMessages({sim, limit}) {
      const commands = await (await api()).commands.list({limit, ...(sim !== undefined && {sim})})
      return commands.map(messageOf)
    },
    fetchMessage: async ({sid}) => messageOf(await (await api()).commands(sid).fetch()),
  }
}

function simOf({sid, iccid, uniqueName, status, ratePlanSid}: SimInstance): Sim {
  return {sid, product: 'wireless', iccid, name: uniqueName || undefined, status, group: ratePlanSid || undefined}
}

function messageOf({
  sid,
  simSid,
  direction,
  transport,
  status,
  command,
  commandMode,
  dateCreated,
}: CommandInstance): SimMessage {
  return {
    sid,
    sim: simSid,
    direction: direction === 'to_sim' ? 'to SIM' : 'from SIM',
    transport,
    status,
    payload: command,
    binary: commandMode === 'binary',
    createdAt: new Date(dateCreated),
  }
}
