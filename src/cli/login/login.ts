import {checkMainAccount} from '../../lib/addon/main-account.js'
import {
  type CarrierLoginDocument,
  loginDocument,
  type MainLoginDocument,
} from '../../lib/addon/main-account-document.js'
import type {Session} from '../../lib/session.js'
import {askCredentials, type CredentialFlags} from './credentials.js'
import {askKoreCredentials} from './kore-credentials.js'

/** Tries the credentials of a main account and saves them. The sandbox has its own. */
export async function logInToTwilio(
  session: Session,
  given: CredentialFlags,
  env: NodeJS.ProcessEnv,
): Promise<MainLoginDocument> {
  const {sandbox, file, profile} = session
  if (sandbox) {
    const account = await checkMainAccount(await session.main())
    return loginDocument(account, {profile: profile.name, savedIn: null})
  }
  const {credentials, account} = await askCredentials(given, env, async (typed) =>
    checkMainAccount(session.connect(typed)),
  )
  await file.saveLogin(profile.name, 'twilio', credentials)
  return loginDocument(account, {profile: profile.name, savedIn: file.path})
}

/** The same with an API client of KORE's. */
export async function logInToKore(
  session: Session,
  given: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<CarrierLoginDocument> {
  const {sandbox, file} = session
  const profile = session.profile.name
  if (sandbox) return {carrier: 'kore', clientId: session.koreCredentials()?.clientId ?? null, profile, savedIn: null}
  const credentials = await askKoreCredentials(given, env)
  await session.connectKore(credentials).verify()
  await file.saveLogin(profile, 'kore', credentials)
  return {carrier: 'kore', clientId: credentials.clientId, profile, savedIn: file.path}
}
