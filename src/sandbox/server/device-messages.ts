import {nextSid} from '../state/ids.js'
import type {State} from '../state/state.js'
import type {SimCard, SmsCommand, WirelessCommand} from '../state/types/sims.js'
import {isConnected, superSimStatus, wirelessSimStatus} from '../world/sim-status.js'

/**
 * A text that a device sends through the SIM with this SID or ICCID. Gives its SID; undefined when no such SIM is
 * connected.
 */
export function sendFromDevice(state: State, now: number, text: {sim: string; payload: string}): string | undefined {
  const isSender = ({sid, iccid}: SimCard): boolean => [sid, iccid].includes(text.sim)
  const commandFrom = ({sid, accountSid}: SimCard) => ({
    accountSid,
    simSid: sid,
    direction: 'from_sim' as const,
    payload: text.payload,
    createdAt: now,
  })
  const superSim = state.superSims.find((sim) => isSender(sim) && isConnected(superSimStatus(sim, now)))
  if (superSim) {
    const command: SmsCommand = {sid: nextSid(state, 'HC'), ...commandFrom(superSim), reachable: true}
    state.smsCommands.push(command)
    return command.sid
  }
  const wirelessSim = state.wirelessSims.find((sim) => isSender(sim) && isConnected(wirelessSimStatus(sim, now)))
  if (!wirelessSim) return undefined
  const command: WirelessCommand = {
    sid: nextSid(state, 'DC'),
    ...commandFrom(wirelessSim),
    commandMode: 'text',
    deliveryReceiptRequested: false,
  }
  state.wirelessCommands.push(command)
  return command.sid
}
