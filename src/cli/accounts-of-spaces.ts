import {spaceOf} from '../lib/app-space-name.js'
import type {Belonging} from '../lib/audit/audit.js'
import {withProfileOf} from '../lib/command-line.js'
import {spaceProfiles} from '../lib/profiles.js'
import type {Session} from '../lib/session.js'

/** The main account that an app-space's add-on is to have, as the setting says; each login is asked for once. */
export function accountsOfSpaces(
  {settings}: Session,
  openSession: (profile: string) => Promise<Session>,
): (appSpace: string) => Promise<Belonging | undefined> {
  const known = new Map<string, Promise<string | undefined>>()
  const accountOf = async (profile: string) => (await (await openSession(profile)).credentials()).accountSid
  return async (appSpace) => {
    const profile = spaceProfiles(settings).get(spaceOf(appSpace))
    if (profile === undefined) return undefined
    // What is not known cannot be compared.
    const accountSid = known.get(profile) ?? accountOf(profile).catch(() => undefined)
    known.set(profile, accountSid)
    return {profile, accountSid: await accountSid}
  }
}

/** Commands that are told name this session's login, where spaces could choose another. */
export async function withItsProfile<Result>(session: Session, work: () => Promise<Result>): Promise<Result> {
  if (spaceProfiles(session.settings).size === 0) return work()
  const profile = session.sandbox ? session.profile.name : (await session.credentials()).profile
  return withProfileOf(profile === undefined ? {} : {profile}, work)
}
