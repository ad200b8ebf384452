import {type ErrorDetails, errorDetails} from './error-document.js'
import {Failure} from './errors.js'

/** Whose it is, where a report is about several main accounts. */
export interface OfProfile {
  /** Only with `--profile all`. */
  readonly profile?: string
  /** Of the main account; only with `--profile all`. */
  readonly mainAccountSid?: string
}

/** What a report over several main accounts says of each. */
export interface ReadProfiles {
  /** Only with `--profile all`. */
  readonly profiles?: readonly ReadProfile[]
}

interface ReadProfile {
  readonly profile: string
  /** Null where there is no login. */
  readonly mainAccountSid: string | null
  /** Why its add-ons could not be read. */
  readonly error: ErrorDetails | null
}

/** What was read of one or several main accounts; those that failed do not hide the others. */
export interface PerProfile<Result> {
  readonly parts: readonly {readonly of: OfProfile; readonly result: Result}[]
  readonly read: ReadProfiles
  readonly failures: readonly Failure[]
}

/** A main account, as the login of a profile names it. */
export interface ProfileLogin {
  readonly name: string
  readonly accountSid: () => Promise<string>
}

/**
 * One after another; of several logins to one main account the first.
 * @throws {Failure} where none could be read
 */
export async function forEachProfile<Login extends ProfileLogin, Result>(
  logins: readonly Login[],
  work: (login: Login) => Promise<Result>,
): Promise<PerProfile<Result>> {
  const parts: {of: OfProfile; result: Result}[] = []
  const profiles: ReadProfile[] = []
  const failures: Failure[] = []
  const seen = new Set<string>()
  for (const login of logins) {
    const profile = login.name
    let mainAccountSid: string | undefined
    try {
      mainAccountSid = await login.accountSid()
      if (seen.has(mainAccountSid)) continue
      seen.add(mainAccountSid)
      parts.push({of: {profile, mainAccountSid}, result: await work(login)})
      profiles.push({profile, mainAccountSid, error: null})
    } catch (error) {
      if (!(error instanceof Failure) || error.outcome === 'interrupted') throw error
      const failure = error.retold({message: `${profile}: ${error.message}`})
      failures.push(failure)
      if (mainAccountSid !== undefined) seen.delete(mainAccountSid)
      profiles.push({profile, mainAccountSid: mainAccountSid ?? null, error: errorDetails(failure)})
    }
  }
  const [first] = failures.toSorted((a, b) => b.exitCode - a.exitCode)
  if (first && parts.length === 0) throw first
  return {parts, read: {profiles}, failures}
}
