import {nextSid} from '../state/ids.js'
import type {State} from '../state/state.js'
import type {IpCommand, SimCard, SmsCommand, WirelessCommand} from '../state/types/sims.js'
import {isConnected, superSimStatus, wirelessSimStatus} from '../world/sim-status.js'

interface DeviceMessage {
  /** SID or ICCID. */
  readonly sim: string
  readonly payload: string
  /** Of the device, for what it sends over IP; without it, it sends a text. */
  readonly port?: number
}

/** What a device sends through a SIM. Gives its SID; undefined when no such SIM is connected. */
export function sendFromDevice(state: State, now: number, text: DeviceMessage): string | undefined {
  const isSender = ({sid, iccid}: SimCard): boolean => [sid, iccid].includes(text.sim)
  const commandFrom = ({sid, accountSid}: SimCard) => ({
    accountSid,
    simSid: sid,
    direction: 'from_sim' as const,
    payload: text.payload,
    createdAt: now,
  })
  const superSim = state.superSims.find((sim) => isSender(sim) && isConnected(superSimStatus(sim, now)))
  if (superSim && text.port !== undefined) {
    const command: IpCommand = {
      sid: nextSid(state, 'HG'),
      ...commandFrom(superSim),
      payload: Buffer.from(text.payload).toString('base64'),
      payloadType: 'binary',
      devicePort: text.port,
      reachable: true,
    }
    state.ipCommands.push(command)
    return command.sid
  }
  if (superSim) {
    const command: SmsCommand = {sid: nextSid(state, 'HC'), ...commandFrom(superSim), reachable: true}
    state.smsCommands.push(command)
    return command.sid
  }
  const wirelessSim = state.wirelessSims.find((sim) => isSender(sim) && isConnected(wirelessSimStatus(sim, now)))
  if (!wirelessSim || text.port !== undefined) return undefined
  const command: WirelessCommand = {
    sid: nextSid(state, 'DC'),
    ...commandFrom(wirelessSim),
    commandMode: 'text',
    deliveryReceiptRequested: false,
  }
  state.wirelessCommands.push(command)
  return command.sid
}
