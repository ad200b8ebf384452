import type {SenderOptions, Transport} from '../transport/transport.js'

/**
 * Who serves the SIM resources of one owner: src/lib/twilio/sims those of an account, src/lib/kore those of a fleet
 * (docs/decisions/0009, 0016).
 */
export interface SimCarrier {
  readonly transport: Transport
  /** Whose SIMs these are, as `move` takes it: the SID of an account, or the name of a fleet. */
  readonly owner: string
  /** Of the fleet or rate plan that is created where there is none. */
  readonly standardGroup: string
  /**
   * Whether all owners share one account, in which the fleet `standardGroup` tells whose a SIM is. Then that fleet must be there
   * before a SIM is moved to it, what is registered or ordered has no owner until it is moved, and eSIM profiles are everybody's.
   */
  readonly isShared: boolean
  listSims(only?: {readonly iccid?: string; readonly neverActivated?: boolean}): Promise<Sim[]>
  /** By SID or name. @throws {Failure} `notFound` */
  fetchSim(name: string): Promise<Sim>
  /** A card that is in somebody's hands becomes the account's. Repeating it is refused as `already registered`. */
  register(card: {readonly iccid: string; readonly code: string}): Promise<Sim>
  /** To another owner: only a SIM that was never activated, and only by the carrier of the stock. */
  move(sim: string, owner: string, sending: SenderOptions): Promise<void>
  rename(sim: Sim, name: string): Promise<Sim>
  /** Takes a moment: `isChanging` until it is done. */
  activate(sim: Sim, group: string): Promise<Sim>
  deactivate(sim: Sim): Promise<Sim>
  /** Fleets (Super SIM) or rate plans (Programmable Wireless), by which SIMs get their networks. */
  listGroups(product: Product): Promise<SimGroup[]>
  /** Finds or creates what a new one needs; as `createGroup` takes it. */
  prepareGroup(product: Product, group: NewSimGroup): Promise<string | undefined>
  createGroup(product: Product, group: NewSimGroup, prepared: string | undefined): Promise<SimGroup>
  listProfiles(): Promise<ESimProfile[]>
  /** Orders one eSIM profile: twice when it is sent twice. Without an EID any device may claim it. */
  orderProfile(eid: string | undefined, sending: SenderOptions): Promise<ESimProfile>
  sendMessage(message: OutgoingMessage): Promise<SimMessage>
  /** Both directions, newest first; with `since` a shared account is asked once for all SIMs, and no further back. */
  listMessages(only?: {readonly sim?: Sim; readonly limit?: number; readonly since?: Date}): Promise<SimMessage[]>
  fetchMessage(message: SimMessage): Promise<SimMessage>
  /** When the messages of a time were sent, by SMS and in both directions; only where no usage record has them. */
  messageDates?(since: Date): Promise<Date[]>
  /** Why the carrier refused; undefined for an error that is no refusal of what was asked for. */
  refusalOf(error: unknown): Refusal | undefined
}

/** A definite no, as far as the code reacts to the reason; `not served`: the carrier has no SIMs for this owner at all. */
export type Refusal = 'already registered' | 'name taken' | 'not found' | 'not served' | 'other'

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

export interface NewSimGroup {
  readonly name: string
  /** Whose networks it gets, ISO 3166-1 alpha-2. */
  readonly country: string
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

/** It costs nothing yet, and may move between owners. */
export function isNeverActivated({status}: Sim): boolean {
  return status === 'new'
}

/** It may connect. */
export function isActive({status}: Sim): boolean {
  return status === 'active' || status === 'ready'
}

/** A change of its status is under way. */
export function isChanging({status}: Sim): boolean {
  return status === 'scheduled' || status === 'updating'
}

/** There is a SIM, or there will never be one. */
export function isSettled({status, sim}: ESimProfile): boolean {
  return status === 'failed' || sim !== undefined
}
