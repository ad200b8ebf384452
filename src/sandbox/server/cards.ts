import {nextHash} from '../state/ids.js'
import type {State} from '../state/state.js'
import {defaultSettings} from '../twilio/shared/settings.js'
import {WIRELESS_SIM_SETTINGS} from '../twilio/wireless/sim-settings.js'
import {newSuperSim, newWirelessSim} from '../world/sim-cards.js'

/** Puts one more SIM card, never activated, into the main account's stock. */
export function addCard(state: State, now: number, product: 'supersim' | 'wireless'): {sid: string; iccid: string} {
  const hash = nextHash(state)
  if (product === 'supersim') {
    const sim = newSuperSim(hash, state.mainAccountSid, now)
    state.superSims.push(sim)
    return {sid: sim.sid, iccid: sim.iccid}
  }
  const sim = newWirelessSim(hash, state.mainAccountSid, now, defaultSettings(WIRELESS_SIM_SETTINGS))
  state.wirelessSims.push(sim)
  return {sid: sim.sid, iccid: sim.iccid}
}
