/** Everything the sandbox remembers. Plain JSON: it is kept in a file between commands. Times are in milliseconds. */
export interface State {
  version: 1
  /** SIDs, tokens and phone numbers are hashes of the seed and the counter, so that a run can be repeated exactly. */
  seed: string
  counter: number
  /** How far the sandbox's clock is ahead of the real one. */
  clockOffsetMs: number
  subaccountLimit: number
  mainAccountSid: string
  keys: ApiKey[]
  accounts: Account[]
  /** An account has none or one. */
  secondaryTokens: SecondaryToken[]
  incomingNumbers: IncomingNumber[]
  /** Twilio seldom offers a released number again. */
  releasedNumbers: string[]
  rentals: Rental[]
  addresses: Address[]
  bundles: Bundle[]
  messages: Message[]
  calls: Call[]
  /** Usage that a tester added, besides what messages, calls, commands and rentals come to. */
  usage: UsageEntry[]
  usageTriggers: UsageTrigger[]
  syncMaps: SyncMap[]
  superSims: SuperSim[]
  eSimProfiles: ESimProfile[]
  fleets: Fleet[]
  networkAccessProfiles: NetworkAccessProfile[]
  smsCommands: SmsCommand[]
  ipCommands: IpCommand[]
  wirelessSims: WirelessSim[]
  ratePlans: RatePlan[]
  wirelessCommands: WirelessCommand[]
  /** By name (`api-default`), only those that were changed: see akkeris/apps.ts. */
  apps: Record<string, App>
  /** By the name of the app, oldest first, only of those whose config vars were changed. */
  rollouts: Record<string, Rollout[]>
}

/** Parts that state files of older versions lack: world/initial-state.ts adds them. */
export type AddedLater =
  | 'secondaryTokens'
  | 'rentals'
  | 'usage'
  | 'usageTriggers'
  | 'superSims'
  | 'eSimProfiles'
  | 'fleets'
  | 'networkAccessProfiles'
  | 'smsCommands'
  | 'ipCommands'
  | 'wirelessSims'
  | 'ratePlans'
  | 'wirelessCommands'
  | 'rollouts'

/** A state as this version or an older one wrote it. */
export type StoredState = Omit<State, AddedLater> & Partial<Pick<State, AddedLater>>

/** Values by the name of Twilio's property (`voice_url`). */
export type Settings = Record<string, string | boolean | null>

interface Dated {
  createdAt: number
  updatedAt: number
}

/** Something that belongs to one account. */
export interface Owned {
  sid: string
  accountSid: string
  createdAt: number
}

/* Accounts */

export type AccountType = 'Trial' | 'Full'
export type AccountStatus = 'active' | 'suspended' | 'closed'

export interface Account extends Dated {
  sid: string
  /** A main account owns itself. */
  ownerAccountSid: string
  friendlyName: string
  authToken: string
  status: AccountStatus
  type: AccountType
}

export interface ApiKey {
  sid: string
  secret: string
  accountSid: string
  type: 'Main' | 'Standard'
}

export interface SecondaryToken {
  accountSid: string
  token: string
  createdAt: number
}

/* Phone numbers and what regulators ask for them */

export interface Capabilities {
  voice: boolean
  sms: boolean
  mms: boolean
}

export type AddressRequirements = 'none' | 'any' | 'local' | 'foreign'

export interface IncomingNumber extends Owned, Dated {
  phoneNumber: string
  friendlyName: string
  isoCountry: string
  addressRequirements: AddressRequirements
  capabilities: Capabilities
  addressSid: string | null
  bundleSid: string | null
  settings: Settings
}

/** A phone number in one account, charged for when it is bought and on that day of every month. */
export interface Rental {
  accountSid: string
  numberSid: string
  monthlyPrice: number
  boughtAt: number
  /** How many months the account that had the number before has paid for. */
  monthsPaid: number
  /** When the number was released or transferred; null while the account has it. */
  until: number | null
}

export interface Address extends Owned, Dated {
  friendlyName: string | null
  customerName: string
  street: string
  streetSecondary: string | null
  city: string
  region: string
  postalCode: string
  isoCountry: string
  emergencyEnabled: boolean
}

type BundleStatus =
  'draft' | 'pending-review' | 'in-review' | 'twilio-rejected' | 'twilio-approved' | 'provisionally-approved'

export interface Bundle extends Owned, Dated {
  regulationSid: string
  friendlyName: string
  status: BundleStatus
  email: string
  statusCallback: string | null
  isoCountry: string
  numberType: string
}

/* Messages and calls */

export interface Message extends Owned, Dated {
  from: string | null
  messagingServiceSid: string | null
  to: string
  body: string
  mediaCount: number
}

export interface Call extends Owned, Dated {
  from: string
  to: string
  phoneNumberSid: string | null
}

/* Usage */

/** What an account used on one day. */
export interface UsageEntry {
  accountSid: string
  /** One of world/usage-categories.ts. It also counts in the categories that contain it. */
  category: string
  day: string
  count: number
  usage: number
  price: number
}

export interface UsageTrigger extends Owned, Dated {
  friendlyName: string | null
  usageCategory: string
  triggerBy: 'count' | 'usage' | 'price'
  triggerValue: number
  recurring: 'daily' | 'monthly' | 'yearly' | 'alltime'
  settings: Settings
}

/* Sync */

export interface SyncMap extends Owned, Dated {
  uniqueName: string | null
  /** Grows with every write to the map or to one of its items, so that no two writes share a revision. */
  revision: number
  items: Record<string, SyncMapItem>
}

export interface SyncMapItem extends Dated {
  revision: number
  data: unknown
}

/* SIMs: of Super SIM and of Programmable Wireless */

export interface SimCard extends Owned, Dated {
  uniqueName: string | null
  iccid: string
  /** When the status was asked for: the change takes a short while. */
  statusAskedAt: number
}

/** `createdAt` may be in the future: the SIM of an eSIM profile exists once the profile is available. */
export interface SuperSim extends SimCard {
  status: 'new' | 'ready' | 'active' | 'inactive'
  fleetSid: string | null
}

export interface ESimProfile extends Owned {
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
export interface Command extends Owned {
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

/* Akkeris */

export interface App {
  configVars: Record<string, string>
  /** Config vars that a platform add-on owns. */
  addonVars: Record<string, string>
  addons: PlatformAddon[]
  /** What was deployed after the first release. */
  releases: {version: number; description: string; createdAt: number}[]
  restarts: number
  deleted: boolean
  /** In a space with `compliance=socs`, where secrets are read back as `[redacted]`. */
  socs: boolean
}

/** An add-on of the platform itself; only a tester can give one to an app. */
export interface PlatformAddon {
  name: string
  /** e.g. `redis:small`; the service is what stands before the colon. */
  plan: string
  configVars: Record<string, string>
}

/** New dynos of an app, which then replace the older ones. */
export interface Rollout {
  startedAt: number
  /** The environment of these dynos for as long as they run. */
  vars: Record<string, string>
}
