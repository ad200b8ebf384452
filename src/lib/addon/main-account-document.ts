import type {Account} from '../twilio/accounts.js'
import type {FoundCredentials} from '../twilio/credentials.js'

/** The main account that `twilio:login` saved. */
export interface LoginDocument {
  readonly accountSid: string
  readonly friendlyName: string
  readonly type: Account['type']
  /** The file with the credentials; null in the sandbox, which needs no login. */
  readonly savedIn: string | null
}

export function loginDocument({sid, friendlyName, type}: Account, savedIn: string | null): LoginDocument {
  return {accountSid: sid, friendlyName, type, savedIn}
}

/** What `twilio:logout` forgot. */
export interface LogoutDocument {
  /** False where nobody was logged in. */
  readonly loggedOut: boolean
  readonly accountSid: string | null
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
}

export function whoamiDocument(
  {sid, friendlyName, type, status}: Account,
  {username, accountSid, source}: FoundCredentials,
): WhoamiDocument {
  return {accountSid: sid, friendlyName, type, status, apiKey: username === accountSid ? null : username, source}
}
