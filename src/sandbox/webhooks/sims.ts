import {iso8601} from '../http/format.js'
import type {Step} from '../state/clock.js'
import type {State} from '../state/state.js'
import type {Webhook} from '../state/types/common.js'
import type {Command, ESimProfile, IpCommand, SimCard, WirelessCommand} from '../state/types/sims.js'
import {DEVICE_IP, ipCommandStatus, smsCommandStatus, wirelessCommandStatus} from '../world/command-status.js'
import {eSimStatus, superSimStatus, wirelessSimStatus} from '../world/sim-status.js'
import {type Due, webhookIn} from './due.js'

/** Changes of SIMs, and commands to and from them. */
export function dueSims(state: Readonly<State>, now: number): Due[] {
  const {superSims, wirelessSims, fleets} = state
  const fleetOf = (simSid: string) =>
    fleets.find(({sid}) => sid === superSims.find((sim) => sim.sid === simSid)?.fleetSid)
  const wirelessSim = (simSid: string) => wirelessSims.find(({sid}) => sid === simSid)
  return [
    ...superSims.flatMap((sim) => changed(sim, superSimStatus(sim, now), 'scheduled')),
    ...wirelessSims.flatMap((sim) => changed(sim, wirelessSimStatus(sim, now), 'updating')),
    ...state.eSimProfiles.flatMap((profile) => available(profile, eSimStatus(profile, now))),
    ...state.smsCommands.flatMap((command) =>
      moved(command, smsCommandStatus(command, now), {
        sims: superSims,
        inbound: webhookIn(fleetOf(command.simSid)?.settings ?? {}, 'sms_commands'),
        more: {PayloadType: 'text'},
      }),
    ),
    ...state.ipCommands.flatMap((command) =>
      moved(command, ipCommandStatus(command, now), {
        sims: superSims,
        inbound: webhookIn(fleetOf(command.simSid)?.settings ?? {}, 'ip_commands'),
        more: ipFields(command),
      }),
    ),
    ...state.wirelessCommands.flatMap((command) =>
      moved(command, wirelessCommandStatus(command, now), {
        sims: wirelessSims,
        inbound: webhookIn(wirelessSim(command.simSid)?.settings ?? {}, 'commands_callback'),
        more: wirelessFields(command),
      }),
    ),
  ]
}

const ipFields = ({payloadType, devicePort}: IpCommand) => ({
  PayloadType: payloadType,
  DeviceIp: DEVICE_IP,
  DevicePort: String(devicePort),
})
const wirelessFields = ({commandMode}: WirelessCommand) => ({CommandMode: commandMode})

function changed(subject: SimCard, {status, since}: Step<string>, underWay: string): Due[] {
  const {callback: webhook, sid, accountSid, iccid, uniqueName} = subject
  if (!webhook || status === underWay) return []
  const form = {
    ApiVersion: 'v1',
    AccountSid: accountSid,
    SimSid: sid,
    SimIccid: iccid,
    SimUniqueName: uniqueName ?? '',
    SimStatus: status,
    Timestamp: iso8601(since),
  }
  return [{at: since, subject, name: status, task: {kind: 'notice', webhook, form}}]
}

/** Of the changes of a profile, Twilio tells this one. */
function available(subject: ESimProfile, {status, since}: Step<string>): Due[] {
  const {callback: webhook, sid, accountSid, simSid} = subject
  if (!webhook || status !== 'available') return []
  const form = {ApiVersion: 'v1', AccountSid: accountSid, EsimProfileSid: sid, SimSid: simSid ?? '', Status: status}
  return [{at: since, subject, name: status, task: {kind: 'notice', webhook, form}}]
}

interface Surroundings {
  readonly sims: readonly SimCard[]
  /** Where commands from the SIM go. */
  readonly inbound: Webhook | undefined
  readonly more: Readonly<Record<string, string>>
}

/** A command from a SIM, or one to it that has come somewhere. */
function moved(subject: Command, {status, since}: Step<string>, {sims, inbound, more}: Surroundings): Due[] {
  const {sid, accountSid, simSid, direction, payload} = subject
  const webhook = direction === 'from_sim' ? inbound : subject.callback
  if (!webhook || status === 'queued') return []
  const form = {
    ApiVersion: 'v1',
    AccountSid: accountSid,
    CommandSid: sid,
    SimSid: simSid,
    SimUniqueName: sims.find((sim) => sim.sid === simSid)?.uniqueName ?? '',
    Direction: direction,
    Status: status,
    Command: payload,
    Payload: payload,
    ...more,
  }
  return [{at: since, subject, name: status, task: {kind: 'notice', webhook, form}}]
}
