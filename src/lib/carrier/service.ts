import type {Sim, SimCarrier} from './port.js'

/** Whose SIMs are ordered and used, by the name in settings and in the registry. */
export const carriers = {
  twilio: {
    title: 'Twilio',
    isInSubaccount: true,
    stock: "the main account's stock",
    console: 'https://console.twilio.com/us1/develop/sims/super-sim',
  },
  kore: {
    title: 'KORE',
    isInSubaccount: false,
    stock: 'the stock at KORE',
    console: 'https://docs.korewireless.com/console/kore-console',
  },
} as const satisfies Readonly<Record<string, CarrierTraits>>

interface CarrierTraits {
  /** For people. */
  readonly title: string
  /** Whether an add-on's SIMs are in its subaccount: metered, suspended and closed with it. Else they are those of a fleet. */
  readonly isInSubaccount: boolean
  /** Where cards are that no add-on has, for people. */
  readonly stock: string
  /** Where an administrator buys cards. */
  readonly console: string
}

export type CarrierName = keyof typeof carriers
export const carrierNames = Object.keys(carriers) as readonly CarrierName[]

/** A business that serves SIMs to the organisation: the way to those of an add-on, and to those in stock. */
export interface SimService {
  readonly name: CarrierName
  /** Who is logged in, where that is not the main account. */
  readonly login?: {readonly clientId: string; readonly source: string}
  /** Whose networks a new fleet gets where nobody says, ISO 3166-1 alpha-2. */
  readonly country: string
  carrierOf(addon: SimOwner): SimCarrier
  /** Of the cards that no add-on has. */
  stock(): SimCarrier
  /**
   * When messages were sent by SMS, in both directions, by the `owner` of the SIM; only where no usage record has them. One reading
   * for all add-ons.
   */
  messageDatesByOwner?(since: Date): Promise<ReadonlyMap<string, readonly Date[]>>
  /** Every SIM of the account that all add-ons share; only where they share one. */
  listShared?(): Promise<SharedSim[]>
  /** What a doctor says of it. @throws {Failure} where it cannot be used. */
  examine(mainAccountSid: string): Promise<Examined>
}

export interface SharedSim {
  readonly sim: Sim
  /** The name of the fleet that it is in. */
  readonly fleet: string | undefined
  /** Whether that is the fleet of an add-on, of any registry. */
  readonly isAddons: boolean
}

export interface Examined {
  readonly detail: string
  /** What may be wrong: how to fix it. */
  readonly suggestion?: string
}

/** An add-on, as far as it tells which SIMs are its own. */
export interface SimOwner {
  readonly appSpace: string
  readonly host: string
  readonly registry: string
  readonly account: {readonly sid: string; readonly authToken: string}
}
