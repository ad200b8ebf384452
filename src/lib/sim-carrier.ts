import type {SenderOptions, Transport} from './transport/transport.js'

/**
 * Who serves the SIM resources of one account. Twilio does (src/lib/twilio/sims); KORE, to which Twilio sold that business,
 * serves the same resources elsewhere and would be one more implementation (docs/decisions/0006).
 */
export interface SimCarrier {
  readonly transport: Transport
  listSims(only?: {readonly iccid?: string; readonly neverActivated?: boolean}): Promise<Sim[]>
  /** By SID or name. @throws {Failure} `notFound` */
  fetchSim(name: string): Promise<Sim>
  /** A card that is in somebody's hands becomes the account's. Repeating it is refused with `alreadyRegistered`. */
  register(card: {readonly iccid: string; readonly code: string}): Promise<Sim>
  /** Between a main account and its subaccounts; only a SIM that was never activated, and only for the main account. */
  move(sim: string, toAccountSid: string, sending: SenderOptions): Promise<void>
  rename(sim: Sim, name: string): Promise<Sim>
  /** Takes a moment: `isSettling` until it is done. */
  activate(sim: Sim, group: string): Promise<Sim>
  deactivate(sim: Sim): Promise<Sim>
  /** Fleets (Super SIM) or rate plans (Programmable Wireless), by which SIMs get their networks. */
  listGroups(product: Product): Promise<SimGroup[]>
  makeGroup(product: Product, group: {readonly name: string; readonly country: string}): Promise<SimGroup>
  listProfiles(): Promise<ESimProfile[]>
  /** Orders one eSIM profile: twice when it is sent twice. Without an EID any device may claim it. */
  orderProfile(eid: string | undefined, sending: SenderOptions): Promise<ESimProfile>
  sendMessage(message: OutgoingMessage): Promise<SimMessage>
  /** Both directions, newest first. */
  listMessages(only?: {readonly sim?: Sim; readonly limit?: number}): Promise<SimMessage[]>
  fetchMessage(message: SimMessage): Promise<SimMessage>
}

export const products = {'super-sim': 'Super SIM', wireless: 'Programmable Wireless'} as const
export type Product = keyof typeof products

export interface Sim {
  readonly sid: string
  readonly product: Product
  readonly iccid: string
  readonly name: string | undefined
  /** The carrier's word. */
  readonly status: string
  /** SID of its fleet or rate plan. */
  readonly group: string | undefined
}

export interface SimGroup {
  readonly sid: string
  readonly name: string
}

export interface ESimProfile {
  readonly sid: string
  readonly status: 'new' | 'reserving' | 'available' | 'downloaded' | 'installed' | 'failed'
  readonly eid: string | undefined
  /** The SIM that it is, as soon as it is there. */
  readonly sim: string | undefined
  readonly iccid: string | undefined
  /** What a device needs to fetch it: `1$SM-DP+ADDRESS$MATCHING-ID`. */
  readonly activationCode: string | undefined
  readonly problem: string | undefined
  readonly createdAt: Date
}

export interface OutgoingMessage {
  readonly sim: Sim
  /** Text, or Base64 for a binary one. */
  readonly payload: string
  readonly binary: boolean
  /** UDP port of the device, for what goes over IP. */
  readonly port?: number
}

export interface SimMessage {
  readonly sid: string
  readonly sim: string
  readonly direction: 'to SIM' | 'from SIM'
  readonly transport: 'sms' | 'ip'
  readonly status: 'queued' | 'sent' | 'delivered' | 'received' | 'failed'
  readonly payload: string
  readonly binary: boolean
  readonly createdAt: Date
}

/** Never activated: it costs nothing yet, and may move between accounts. */
export function isFresh({status}: Sim): boolean {
  return status === 'new'
}

export function isOn({status}: Sim): boolean {
  return status === 'active' || status === 'ready'
}

/** A change of its status is under way. */
export function isSettling({status}: Sim): boolean {
  return status === 'scheduled' || status === 'updating'
}
