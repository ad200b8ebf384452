import type {HttpRequest} from '../../lib/transport/types.js'
import {initialDynos, type DynoState} from './dynos.js'
import {hash} from './ids.js'
import {initialSims, type SimState} from './sims.js'
import {initialTokens, type TokenState} from './tokens.js'
import {initialUsage, type UsageState} from './usage.js'

/** What states of older versions do not have. */
type LaterState = SimState & UsageState & TokenState & DynoState

/** Everything the sandbox remembers. Plain JSON: it is kept in a file between commands. Times are milliseconds. */
export interface State extends LaterState {
  version: 1
  /** SIDs, tokens and phone numbers are hashes of the seed and the counter, so a run can be repeated exactly. */
  seed: string
  counter: number
  /** How far the sandbox's clock is ahead of the real one. */
  clockOffsetMs: number
  subaccountLimit: number
  mainAccountSid: string
  keys: ApiKey[]
  accounts: Account[]
  incomingNumbers: IncomingNumber[]
  /** Numbers that were given back: Twilio seldom offers them again. */
  releasedNumbers: string[]
  addresses: Address[]
  bundles: Bundle[]
  messages: Message[]
  calls: Call[]
  syncMaps: SyncMap[]
  /** By name (`api-default`). Apps that nobody changed are not in it: see `appOf`. */
  apps: Record<string, App>
}

export type AccountType = 'Trial' | 'Full'
export type AccountStatus = 'active' | 'suspended' | 'closed'
export type AddressRequirements = 'none' | 'any' | 'local' | 'foreign'

interface Dated {
  createdAt: number
  updatedAt: number
}

export interface ApiKey {
  sid: string
  secret: string
  accountSid: string
  type: 'Main' | 'Standard'
}

export interface Account extends Dated {
  sid: string
  ownerAccountSid: string
  friendlyName: string
  authToken: string
  status: AccountStatus
  type: AccountType
}

export interface Capabilities {
  voice: boolean
  sms: boolean
  mms: boolean
}

export interface IncomingNumber extends Dated {
  sid: string
  accountSid: string
  phoneNumber: string
  friendlyName: string
  isoCountry: string
  addressRequirements: AddressRequirements
  capabilities: Capabilities
  addressSid: string | null
  bundleSid: string | null
  /** VoiceUrl, SmsMethod and the like, by the name of Twilio's property (`voice_url`). */
  settings: Settings
}

/** By the name of Twilio's property. */
export type Settings = Record<string, string | boolean | null>

export interface Address extends Dated {
  sid: string
  accountSid: string
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

export type BundleStatus =
  'draft' | 'pending-review' | 'in-review' | 'twilio-rejected' | 'twilio-approved' | 'provisionally-approved'

export interface Bundle extends Dated {
  sid: string
  accountSid: string
  regulationSid: string
  friendlyName: string
  status: BundleStatus
  email: string
  statusCallback: string | null
  isoCountry: string
  numberType: string
}

export interface Message extends Dated {
  sid: string
  accountSid: string
  from: string | null
  messagingServiceSid: string | null
  to: string
  body: string
  mediaCount: number
}

export interface Call extends Dated {
  sid: string
  accountSid: string
  from: string
  to: string
  phoneNumberSid: string | null
}

export interface SyncMap extends Dated {
  sid: string
  accountSid: string
  uniqueName: string | null
  /** Grows with every write to the map or to one of its items, so that no two writes share a revision. */
  revision: number
  items: Record<string, SyncMapItem>
}

export interface SyncMapItem extends Dated {
  revision: number
  data: unknown
}

export interface App {
  configVars: Record<string, string>
  /** Variables that a platform add-on owns. */
  addonVars: Record<string, string>
  addons: unknown[]
  /** What was deployed since the first release. */
  releases: {version: number; description: string; createdAt: number}[]
  restarts: number
  deleted: boolean
  /** In a space with `compliance=socs`, where secrets read back as `[redacted]`. */
  socs: boolean
}

export interface MainAccountOptions {
  readonly type?: AccountType
  readonly status?: 'active' | 'suspended'
  readonly subaccountLimit?: number
}

export type Method = HttpRequest['method']

export function initialState(seed: string, now: number, main: MainAccountOptions): State {
  const dates = {createdAt: now, updatedAt: now}
  const mainAccountSid = `AC${hash(seed, 'main account')}`
  const key = (type: ApiKey['type']): ApiKey => ({
    sid: `SK${hash(seed, `${type} key`)}`,
    secret: hash(seed, `${type} key secret`),
    accountSid: mainAccountSid,
    type,
  })
  return {
    version: 1,
    seed,
    counter: 0,
    clockOffsetMs: 0,
    subaccountLimit: main.subaccountLimit ?? 1000,
    mainAccountSid,
    keys: [key('Main'), key('Standard')],
    accounts: [
      {
        sid: mainAccountSid,
        ownerAccountSid: mainAccountSid,
        friendlyName: 'Sandbox main account',
        authToken: hash(seed, 'main account token'),
        status: main.status ?? 'active',
        type: main.type ?? 'Full',
        ...dates,
      },
    ],
    incomingNumbers: [],
    releasedNumbers: [],
    addresses: [
      {
        sid: `AD${hash(seed, 'address')}`,
        accountSid: mainAccountSid,
        friendlyName: 'Head office',
        customerName: 'Sandbox Administrator',
        street: '1 Example Street',
        streetSecondary: null,
        city: 'Salt Lake City',
        region: 'UT',
        postalCode: '84101',
        isoCountry: 'US',
        emergencyEnabled: false,
        ...dates,
      },
    ],
    bundles: [
      {
        sid: `BU${hash(seed, 'bundle')}`,
        accountSid: mainAccountSid,
        regulationSid: `RN${hash(seed, 'regulation')}`,
        friendlyName: 'Germany local, business',
        status: 'twilio-approved',
        email: 'administrator@example.com',
        statusCallback: null,
        isoCountry: 'DE',
        numberType: 'local',
        ...dates,
      },
    ],
    messages: [],
    calls: [],
    syncMaps: [],
    apps: {},
    ...initialLater({seed, mainAccountSid, incomingNumbers: []}, now),
  }
}

/** A state that an older version wrote, with what it does not have yet as it is at the start. */
export function completed(stored: Omit<State, keyof LaterState> & Partial<LaterState>): State {
  const {mainAccountSid, accounts} = stored
  const born = accounts.find(({sid}) => sid === mainAccountSid)?.createdAt ?? 0
  // Spread twice, so that what was stored stays in its order and is not written anew.
  return {...stored, ...initialLater(stored, born), ...stored}
}

function initialLater(
  {seed, mainAccountSid, incomingNumbers}: Pick<State, 'seed' | 'mainAccountSid' | 'incomingNumbers'>,
  now: number,
): LaterState {
  return {
    ...initialSims(seed, now, mainAccountSid),
    ...initialUsage(incomingNumbers),
    ...initialTokens(),
    ...initialDynos(),
  }
}
