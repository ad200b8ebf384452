import {usualProfile} from './profiles.js'
import type {Profiles} from './settings-file.js'

/** The logins on this machine. */
export interface ProfilesDocument {
  /** The profile that is used where no flag and no variable names one. */
  readonly default: string
  /** The one that commands use here; null where the environment has the credentials. */
  readonly inUse: string | null
  readonly profiles: readonly ProfileDocument[]
}

interface ProfileDocument {
  readonly name: string
  /** The main account; null where there is a login to KORE alone. */
  readonly accountSid: string | null
  /** SID of the API key; null where the auth token is used. */
  readonly apiKey: string | null
  /** Id of KORE's API client; null where there is none. */
  readonly koreClientId: string | null
}

export function profilesDocument(
  profiles: Profiles,
  {setting = usualProfile, inUse}: {readonly setting?: string | undefined; readonly inUse: string | null},
): ProfilesDocument {
  return {
    default: setting,
    inUse,
    profiles: [...profiles].map(([name, {twilio, kore}]) => ({
      name,
      accountSid: twilio?.accountSid ?? null,
      apiKey: twilio && twilio.username !== twilio.accountSid ? twilio.username : null,
      koreClientId: kore?.clientId ?? null,
    })),
  }
}
