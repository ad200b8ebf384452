import {nextHash} from '../state/ids.js'
import type {State} from '../state/state.js'
import {defaultSettings} from '../twilio/shared/settings.js'
import {WIRELESS_SIM_SETTINGS} from '../twilio/wireless/sim-settings.js'
import {newSuperSim, newWirelessSim, registrationCodeOf} from '../world/sim-cards.js'

interface Card {
  readonly sid: string
  readonly iccid: string
  /** As it is printed on a card of Programmable Wireless; a Super SIM is registered with any. */
  readonly registrationCode?: string
}

/** Puts one more SIM card, never activated, into the main account's stock. */
export function addCard(state: State, now: number, product: 'supersim' | 'wireless'): Card {
  const hash = nextHash(state)
  if (product === 'supersim') {
    const sim = newSuperSim(hash, state.mainAccountSid, now)
    state.superSims.push(sim)
    return {sid: sim.sid, iccid: sim.iccid}
  }
  const sim = newWirelessSim(hash, state.mainAccountSid, now, defaultSettings(WIRELESS_SIM_SETTINGS))
  state.wirelessSims.push(sim)
  return {sid: sim.sid, iccid: sim.iccid, registrationCode: registrationCodeOf(sim.sid)}
}
