import type {State} from '../state/state.js'
import type {Settings} from '../state/types/common.js'
import type {SuperSim, WirelessSim} from '../state/types/sims.js'

/** A Super SIM that was never activated. Its SID and, unless it is given, its ICCID follow from the hash. */
export function newSuperSim(hash: string, accountSid: string, now: number, iccid = iccidFrom(hash)): SuperSim {
  return {...newCard(`HS${hash}`, accountSid, now, iccid), fleetSid: null}
}

export function newWirelessSim(hash: string, accountSid: string, now: number, settings: Settings): WirelessSim {
  return {
    ...newCard(`DE${hash}`, accountSid, now, iccidFrom(hash)),
    ratePlanSid: null,
    friendlyName: null,
    settings,
  }
}

function newCard(sid: string, accountSid: string, now: number, iccid: string) {
  return {
    sid,
    accountSid,
    iccid,
    uniqueName: null,
    status: 'new' as const,
    statusAskedAt: now,
    createdAt: now,
    updatedAt: now,
  }
}

/** What is printed on a card of Programmable Wireless, for who registers it. */
export function registrationCodeOf(sid: string): string {
  return sid.slice(2, 12).toUpperCase()
}

/** The Super SIMs that exist by now: the others appear when their eSIM profile is available. */
export function existingSuperSims({superSims}: Readonly<State>, now: number): SuperSim[] {
  return superSims.filter(({createdAt}) => createdAt <= now)
}

/** The number on a SIM card, 20 digits: its home network's, its own, and a check digit. */
function iccidFrom(hash: string): string {
  const own = BigInt(`0x${hash}`) % 10n ** 12n
  const digits = `8988307${own.toString().padStart(12, '0')}`
  return `${digits}${checkDigit(digits)}`
}

/** By Luhn's algorithm. */
function checkDigit(digits: string): number {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, index) => {
      const value = digit * (index % 2 === 0 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return (10 - (sum % 10)) % 10
}
