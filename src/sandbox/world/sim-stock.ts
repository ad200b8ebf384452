import {nextHash, nextSid} from '../state/ids.js'
import {newSuperSim, newWirelessSim} from '../state/sims.js'
import type {State} from '../state/state.js'
import {defaultsOf} from '../twilio/settings.js'
import {isSuperSimConnected} from './supersim-status.js'
import {SIM_SETTINGS} from '../twilio/wireless/sim-changes.js'
import {isWirelessConnected} from './wireless-status.js'

/** One more card that the main account has and never activated. */
export function addCard(state: State, now: number, product: 'supersim' | 'wireless'): {sid: string; iccid: string} {
  const hash = nextHash(state)
  if (product === 'supersim') {
    const sim = newSuperSim(hash, state.mainAccountSid, now)
    state.superSims.push(sim)
    return {sid: sim.sid, iccid: sim.iccid}
  }
  const sim = newWirelessSim(hash, state.mainAccountSid, now, defaultsOf(SIM_SETTINGS))
  state.wirelessSims.push(sim)
  return {sid: sim.sid, iccid: sim.iccid}
}

/** A text that a device sends through its SIM. The SID of it; undefined when no such SIM is connected. */
export function messageFromSim(state: State, now: number, message: {sim: string; payload: string}): string | undefined {
  const isSender = ({sid, iccid}: {sid: string; iccid: string}): boolean => [sid, iccid].includes(message.sim)
  const common = (sim: {sid: string; accountSid: string}) => ({
    accountSid: sim.accountSid,
    simSid: sim.sid,
    direction: 'from_sim' as const,
    payload: message.payload,
    createdAt: now,
  })
  const superSim = state.superSims.find((sim) => isSender(sim) && isSuperSimConnected(sim, now))
  if (superSim) {
    const command = {sid: nextSid(state, 'HC'), ...common(superSim), reachable: true}
    state.smsCommands.push(command)
    return command.sid
  }
  const sim = state.wirelessSims.find((each) => isSender(each) && isWirelessConnected(each, now))
  if (!sim) return undefined
  const command = {
    sid: nextSid(state, 'DC'),
    ...common(sim),
    commandMode: 'text' as const,
    deliveryReceiptRequested: false,
  }
  state.wirelessCommands.push(command)
  return command.sid
}
