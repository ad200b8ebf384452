import {hash, iccidFrom} from './ids.js'
import type {Settings} from './state.js'

/** What the sandbox remembers of SIMs: Super SIM's resources and Programmable Wireless's. Times are milliseconds. */
export interface SimState {
  superSims: SuperSim[]
  eSimProfiles: ESimProfile[]
  fleets: Fleet[]
  networkAccessProfiles: NetworkAccessProfile[]
  smsCommands: SmsCommand[]
  ipCommands: IpCommand[]
  wirelessSims: WirelessSim[]
  ratePlans: RatePlan[]
  wirelessCommands: WirelessCommand[]
}

interface Owned {
  sid: string
  accountSid: string
  /** Not there before that: a SIM is to come when its eSIM profile is available. */
  createdAt: number
}

interface Named extends Owned {
  updatedAt: number
  uniqueName: string | null
}

export interface SimCard extends Named {
  iccid: string
  /** When the status was asked for: for a short while after that the change is under way. */
  statusAskedAt: number
}

export interface SuperSim extends SimCard {
  status: 'new' | 'ready' | 'active' | 'inactive'
  fleetSid: string | null
}

export interface ESimProfile extends Owned {
  eid: string | null
  matchingId: string | null
  /** The SIM that there will be when the profile is available; null when it never will be. */
  simSid: string | null
}

export interface Fleet extends Named {
  networkAccessProfileSid: string
  dataLimit: number
  settings: Settings
}

export interface NetworkAccessProfile extends Named {
  networkSids: string[]
}

export interface Command extends Owned {
  simSid: string
  direction: 'to_sim' | 'from_sim'
  payload: string
}

export interface SmsCommand extends Command {
  /** Whether the SIM could be reached when it was sent. */
  reachable: boolean
}

export interface IpCommand extends SmsCommand {
  payloadType: 'text' | 'binary'
  devicePort: number
}

export interface WirelessSim extends SimCard {
  status: 'new' | 'ready' | 'active' | 'suspended' | 'deactivated'
  ratePlanSid: string | null
  friendlyName: string | null
  settings: Settings
}

export interface RatePlan extends Named {
  friendlyName: string | null
  dataMetering: string
  dataLimit: number
  nationalRoamingDataLimit: number
  internationalRoaming: string[]
  internationalRoamingDataLimit: number
  settings: Settings
}

export interface WirelessCommand extends Command {
  commandMode: 'text' | 'binary'
  deliveryReceiptRequested: boolean
}

/** Cards that the main account has in stock from the start. */
const CARDS_IN_STOCK = 4

export function initialSims(seed: string, now: number, mainAccountSid: string): SimState {
  const cards = Array.from({length: CARDS_IN_STOCK}, (_, index) => hash(seed, `card ${index}`))
  return {
    superSims: cards.map((card) => newSuperSim(card, mainAccountSid, now)),
    eSimProfiles: [],
    fleets: [],
    networkAccessProfiles: [],
    smsCommands: [],
    ipCommands: [],
    wirelessSims: [],
    ratePlans: [],
    wirelessCommands: [],
  }
}

/** A card that was never activated. Its SID and its ICCID follow from the hash. */
export function newSuperSim(hashOfCard: string, accountSid: string, now: number, iccid?: string): SuperSim {
  return {...newCard(`HS${hashOfCard}`, accountSid, now, iccid ?? iccidFrom(hashOfCard)), fleetSid: null}
}

export function newWirelessSim(hashOfCard: string, accountSid: string, now: number, settings: Settings): WirelessSim {
  const card = newCard(`DE${hashOfCard}`, accountSid, now, iccidFrom(hashOfCard))
  return {...card, ratePlanSid: null, friendlyName: null, settings}
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
