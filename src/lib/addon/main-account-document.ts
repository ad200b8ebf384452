import type {CarrierName} from '../carrier/service.js'
import type {Account} from '../twilio/accounts.js'
import type {FoundCredentials} from '../twilio/credentials.js'

/** What `twilio:login` saved: the main account, or with `--kore` an API client of the SIM carrier. */
export type LoginDocument = MainLoginDocument | CarrierLoginDocument

/** The main account that `twilio:login` saved. */
export interface MainLoginDocument {
  readonly accountSid: string
  readonly friendlyName: string
  readonly type: Account['type']
  /** The name of the login. */
  readonly profile: string
  /** The file with the credentials; null in the sandbox, which needs no login. */
  readonly savedIn: string | null
}

export function loginDocument(
  {sid, friendlyName, type}: Account,
  saved: Pick<MainLoginDocument, 'profile' | 'savedIn'>,
): MainLoginDocument {
  return {accountSid: sid, friendlyName, type, ...saved}
}

/** The API client of a SIM carrier that `twilio:login --kore` saved. */
export interface CarrierLoginDocument {
  readonly carrier: CarrierName
  readonly clientId: string | null
  /** The name of the login. */
  readonly profile: string
  /** The file with the credentials; null in the sandbox, which needs no login. */
  readonly savedIn: string | null
}

/** What `twilio:logout --kore` forgot. */
export interface CarrierLogoutDocument {
  readonly carrier: CarrierName
  /** False where nobody was logged in. */
  readonly loggedOut: boolean
  readonly clientId: string | null
  /** The name of the login. */
  readonly profile: string
}

/** What `twilio:logout` forgot: the main account, or with `--kore` an API client of the SIM carrier. */
export type LogoutDocument = MainLogoutDocument | CarrierLogoutDocument

/** What `twilio:logout` forgot. */
interface MainLogoutDocument {
  /** False where nobody was logged in. */
  readonly loggedOut: boolean
  readonly accountSid: string | null
  /** The name of the login. */
  readonly profile: string
}

/** The main account that commands use. */
export interface WhoamiDocument {
  readonly accountSid: string
  readonly friendlyName: string
  readonly type: Account['type']
  readonly status: Account['status']
  /** SID of the API key; null where the auth token is used. */
  readonly apiKey: string | null
  /** Where the credentials come from, for a person. */
  readonly source: string
  /** The name of the login; null where it has none: in the environment, in twilio-cli, in the sandbox. */
  readonly profile: string | null
  /** What chose that profile, for a person: a flag, a variable or a setting; null where nothing did. */
  readonly profileChosenBy: string | null
  /** `administrator` with the auth token, which may do everything; a Main key cannot transfer numbers between accounts. */
  readonly role: AccountRole
  /** The login to Akkeris; null where there is none. It was not tried. */
  readonly akkeris: AkkerisLoginPlace | null
  readonly sims: SimLogin
}

export type AccountRole = 'administrator' | 'main-key'

export interface AkkerisLoginPlace {
  readonly host: string
  /** Where the login comes from, for a person. */
  readonly source: string
}

/** Whose SIMs are ordered and used. */
interface SimLogin {
  readonly carrier: CarrierName
  /** Id of the API client; null where the main account's own credentials are used. */
  readonly clientId: string | null
  /** Where its credentials come from, for a person; null where there are none of their own. */
  readonly source: string | null
}

export function whoamiDocument(
  {sid, friendlyName, type, status}: Account,
  {username, accountSid, source, profile}: FoundCredentials,
  {chosenBy, akkeris, sims}: Pick<WhoamiDocument, 'akkeris' | 'sims'> & {readonly chosenBy: string | null},
): WhoamiDocument {
  const apiKey = username === accountSid ? null : username
  const role = roleOf(apiKey === null)
  const profileChosenBy = profile === undefined ? null : chosenBy
  return {
    accountSid: sid,
    friendlyName,
    type,
    status,
    apiKey,
    source,
    profile: profile ?? null,
    profileChosenBy,
    role,
    akkeris,
    sims,
  }
}

export function roleOf(usesToken: boolean): AccountRole {
  return usesToken ? 'administrator' : 'main-key'
}

/** What the role of a main account's credentials lets people do, in a few words. */
export const roles: Readonly<Record<AccountRole, string>> = {
  administrator: 'main account, administrator (auth token)',
  'main-key': 'main account, API key of type Main: cannot transfer numbers between accounts',
}
