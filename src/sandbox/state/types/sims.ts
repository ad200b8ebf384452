import type {Dated, Owned, Reported, Settings, Webhook} from './common.js'

export interface SimCard extends Owned, Dated, Reported {
  uniqueName: string | null
  iccid: string
  /** Who is told when the change has happened. */
  callback?: Webhook
  /** When the status was asked for: the change takes a short while. */
  statusAskedAt: number
  /** What it was asked to become, and when, oldest first. */
  statuses?: readonly {readonly status: string; readonly at: number}[]
}

/** `createdAt` may be in the future: the SIM of an eSIM profile exists once the profile is available. */
export interface SuperSim extends SimCard {
  status: 'new' | 'ready' | 'active' | 'inactive'
  fleetSid: string | null
}

/** What a SIM sent and received over a network at one time, in bytes. */
export interface SimData extends Owned {
  readonly simSid: string
  readonly fleetSid: string | null
  readonly networkSid: string
  readonly upload: number
  readonly download: number
}

export interface ESimProfile extends Owned, Reported {
  /** Who is told when it is available. */
  callback?: Webhook
  eid: string | null
  matchingId: string | null
  /** The SIM that exists once the profile is available; null when the order fails. */
  simSid: string | null
}

export interface Fleet extends Owned, Dated {
  uniqueName: string | null
  networkAccessProfileSid: string
  /** Megabytes. */
  dataLimit: number
  settings: Settings
}

export interface NetworkAccessProfile extends Owned, Dated {
  uniqueName: string | null
  networkSids: string[]
}

/** A message between an application and the device that a SIM is in. */
export interface Command extends Owned, Reported {
  callback?: Webhook
  simSid: string
  direction: 'to_sim' | 'from_sim'
  payload: string
}

export interface SmsCommand extends Command {
  /** Whether the SIM could be reached when the command was sent. */
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

export interface RatePlan extends Owned, Dated {
  uniqueName: string | null
  friendlyName: string | null
  dataMetering: string
  /** Megabytes, like the other limits. */
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
