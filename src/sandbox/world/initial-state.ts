import {accountBySid, startedAt} from '../state/accounts.js'
import {hash} from '../state/ids.js'
import type {AddedLater, State, StoredState} from '../state/state.js'
import type {Account, AccountType, ApiKey} from '../state/types/accounts.js'
import type {Address, Bundle} from '../state/types/numbers.js'
import type {TrustBundle} from '../state/types/registrations.js'
import {PRIMARY_PROFILE_POLICY} from './policies.js'
import {newRental} from './rentals.js'
import {newSuperSim} from './sim-cards.js'

export interface MainAccountOptions {
  readonly type?: AccountType
  readonly status?: 'active' | 'suspended'
  readonly subaccountLimit?: number
}

/** What the sandbox has before anything was done in it. */
export function initialState(seed: string, now: number, options: MainAccountOptions): State {
  const account = mainAccount(seed, now, options)
  return upgradeState({
    version: 1,
    seed,
    counter: 0,
    clockOffsetMs: 0,
    subaccountLimit: options.subaccountLimit ?? 1000,
    mainAccountSid: account.sid,
    keys: [apiKey(seed, account, 'Main'), apiKey(seed, account, 'Standard')],
    accounts: [account],
    incomingNumbers: [],
    releasedNumbers: [],
    addresses: [headOffice(seed, account)],
    bundles: [germanBundle(seed, account)],
    messages: [],
    calls: [],
    syncMaps: [],
    apps: {},
  })
}

/** Super SIM cards that the main account has in stock from the start. */
const CARDS_IN_STOCK = 4

/** What states of older versions lack, as it is at the start. */
const ADDED_LATER: {readonly [Part in AddedLater]: (state: StoredState) => State[Part]} = {
  superSims: (state) =>
    Array.from({length: CARDS_IN_STOCK}, (_, index) =>
      newSuperSim(hash(state.seed, `card ${index}`), state.mainAccountSid, startedAt(state)),
    ),
  eSimProfiles: () => [],
  fleets: () => [],
  networkAccessProfiles: () => [],
  smsCommands: () => [],
  ipCommands: () => [],
  wirelessSims: () => [],
  ratePlans: () => [],
  wirelessCommands: () => [],
  simData: () => [],
  usage: () => [],
  usageTriggers: () => [],
  rentals: ({incomingNumbers}) => incomingNumbers.map((number) => newRental(number)),
  secondaryTokens: () => [],
  rollouts: () => ({}),
  trustBundles: (state) => [primaryProfile(state)],
  trustItems: () => [],
  brands: () => [],
  messagingServices: () => [],
  campaigns: () => [],
  tollfreeVerifications: () => [],
  strictUs: () => false,
}

/** Adds to a state, in place, what an older version did not write. */
export function upgradeState(stored: StoredState): State {
  for (const [part, initial] of Object.entries(ADDED_LATER))
    if (!Object.hasOwn(stored, part)) Object.assign(stored, {[part]: initial(stored)})
  const began = startedAt(stored)
  const missing: Partial<ApiKey> = {friendlyName: null, createdAt: began, updatedAt: began}
  for (const key of stored.keys) Object.assign(key, {...missing, ...key})
  return stored as State
}

/** The main account of another profile; it is made when it is first needed. */
export function mainAccountOf(state: State, profile: string, now: number): Account {
  const account = mainAccount(state.seed, now, {}, profile)
  const known = accountBySid(state, account.sid)
  if (!known) state.accounts.push(account)
  return known ?? account
}

function mainAccount(
  seed: string,
  now: number,
  {type = 'Full', status = 'active'}: MainAccountOptions,
  profile?: string,
): Account {
  const name = profile === undefined ? '' : ` of ${profile}`
  const sid = `AC${hash(seed, `main account${name}`)}`
  return {
    sid,
    ownerAccountSid: sid,
    friendlyName: `Sandbox main account${name}`,
    authToken: hash(seed, `main account token${name}`),
    status,
    type,
    createdAt: now,
    updatedAt: now,
  }
}

function apiKey(seed: string, {sid: accountSid, createdAt, updatedAt}: Account, type: ApiKey['type']): ApiKey {
  return {
    sid: `SK${hash(seed, `${type} key`)}`,
    secret: hash(seed, `${type} key secret`),
    accountSid,
    type,
    friendlyName: `${type} key`,
    createdAt,
    updatedAt,
  }
}

function headOffice(seed: string, {sid, createdAt, updatedAt}: Account): Address {
  return {
    sid: `AD${hash(seed, 'address')}`,
    accountSid: sid,
    friendlyName: 'Head office',
    customerName: 'Sandbox Administrator',
    street: '1 Example Street',
    streetSecondary: null,
    city: 'Salt Lake City',
    region: 'UT',
    postalCode: '84101',
    isoCountry: 'US',
    emergencyEnabled: false,
    createdAt,
    updatedAt,
  }
}

function germanBundle(seed: string, {sid, createdAt, updatedAt}: Account): Bundle {
  return {
    sid: `BU${hash(seed, 'bundle')}`,
    accountSid: sid,
    regulationSid: `RN${hash(seed, 'regulation')}`,
    friendlyName: 'Germany local, business',
    status: 'twilio-approved',
    email: 'administrator@example.com',
    statusCallback: null,
    isoCountry: 'DE',
    numberType: 'local',
    createdAt,
    updatedAt,
  }
}

/** The administrator made it in Twilio's console, where alone that can be done, and Twilio approved it. */
function primaryProfile(state: StoredState): TrustBundle {
  const at = startedAt(state)
  return {
    sid: `BU${hash(state.seed, 'primary profile')}`,
    accountSid: state.mainAccountSid,
    kind: 'customer-profile',
    policySid: PRIMARY_PROFILE_POLICY,
    friendlyName: 'Sandbox Administrator',
    email: 'administrator@example.com',
    statusCallback: null,
    entities: [],
    channelEndpoints: [],
    evaluations: [],
    review: {askedAt: at - 86_400_000, problems: []},
    createdAt: at,
    updatedAt: at,
  }
}
