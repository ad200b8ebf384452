import type {Account, ApiKey, SecondaryToken} from './types/accounts.js'
import type {App, Rollout} from './types/akkeris.js'
import type {Call, Message} from './types/messaging.js'
import type {Address, Bundle, IncomingNumber, Rental} from './types/numbers.js'
import type {
  Brand,
  Campaign,
  MessagingService,
  TollfreeVerification,
  TrustBundle,
  TrustItem,
} from './types/registrations.js'
import type {
  ESimProfile,
  Fleet,
  IpCommand,
  NetworkAccessProfile,
  RatePlan,
  SimData,
  SmsCommand,
  SuperSim,
  WirelessCommand,
  WirelessSim,
} from './types/sims.js'
import type {SyncMap} from './types/sync.js'
import type {UsageEntry, UsageTrigger} from './types/usage.js'

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
  /** What a tester had SIMs send and receive, oldest first. */
  simData: SimData[]
  /** By name (`api-default`), only those that were changed: see akkeris/apps.ts. */
  apps: Record<string, App>
  /** By the name of the app, oldest first, only of those whose config vars were changed. */
  rollouts: Record<string, Rollout[]>
  trustBundles: TrustBundle[]
  trustItems: TrustItem[]
  brands: Brand[]
  messagingServices: MessagingService[]
  campaigns: Campaign[]
  tollfreeVerifications: TollfreeVerification[]
  /** Whether messages to the US from numbers that are not registered are blocked, as they are. */
  strictUs: boolean
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
  | 'simData'
  | 'rollouts'
  | 'trustBundles'
  | 'trustItems'
  | 'brands'
  | 'messagingServices'
  | 'campaigns'
  | 'tollfreeVerifications'
  | 'strictUs'

/** A state as this version or an older one wrote it. */
export type StoredState = Omit<State, AddedLater> & Partial<Pick<State, AddedLater>>
