import {badCredentials, Failure, usage} from '../../lib/errors.js'
import {oddCharacters} from '../../lib/odd-characters.js'
import type {TwilioCredentials} from '../../lib/twilio/connect.js'
import {checkForm, twilioVariable} from '../../lib/twilio/credentials.js'
import {explainFailure} from '../failures.js'
import {askSecret, askText} from '../prompts.js'
import {readAll} from '../stdin.js'

export interface CredentialFlags {
  readonly accountSid: string | undefined
  readonly apiKey: string | undefined
}

/** So often a person may mistype a token. */
const tries = 3

/**
 * Credentials from flags, the environment, standard input and, on a terminal, prompts, once they were tried; a secret is never an
 * argument. What a person typed and Twilio refuses is asked for again.
 */
export async function askCredentials<Account>(
  flags: CredentialFlags,
  env: NodeJS.ProcessEnv,
  tryOut: (credentials: TwilioCredentials) => Promise<Account>,
): Promise<{readonly credentials: TwilioCredentials; readonly account: Account}> {
  for (let time = 1; ; time++) {
    const {credentials, isTyped} = await askOnce(flags, env)
    try {
      return {credentials, account: await tryOut(credentials)}
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'CREDENTIALS_REFUSED') throw error
      const explained = wrongToken(error, credentials)
      if (!isTyped || time === tries) throw explained
      explainFailure(explained)
    }
  }
}

function wrongToken(failure: Failure, {accountSid}: TwilioCredentials): Failure {
  return failure.retold({
    message: `Twilio does not accept this auth token for ${accountSid}.`,
    suggestions: [
      'It was mistyped or replaced (after a rotation the old one no longer works), or it is that of another account, or of the test credentials.',
      'Copy the account SID and the auth token from the same page: https://console.twilio.com',
    ],
  })
}

async function askOnce(
  flags: CredentialFlags,
  env: NodeJS.ProcessEnv,
): Promise<{readonly credentials: TwilioCredentials; readonly isTyped: boolean}> {
  checkFlags(flags)
  const {apiKey} = flags
  const accountSid =
    flags.accountSid ??
    twilioVariable(env, 'ACCOUNT_SID') ??
    (await askText('Account SID:', {flag: '--account-sid AC…'}, sidProblem))
  const username = apiKey ?? accountSid
  checkForm({accountSid, username, password: ''})
  const name = apiKey === undefined ? 'AUTH_TOKEN' : 'API_SECRET'
  const variable = `TWILIO_${name}`
  const what = apiKey === undefined ? 'Auth token' : 'API secret'
  const given = twilioVariable(env, name)
  const isTyped = given === undefined && process.stdin.isTTY
  const password = given ?? (isTyped ? await askSecret(`${what}:`, {flag: variable}) : await readAll(process.stdin))
  if (password) return {credentials: checkForm({accountSid, username, password}), isTyped}
  throw badCredentials(
    'SECRET_MISSING',
    `Missing ${what.toLowerCase()}.`,
    `Give it on standard input or in ${variable}.`,
  )
}

/** What is wrong on the command line is its fault (exit 2), not the credentials' (exit 5). */
function checkFlags({accountSid, apiKey}: CredentialFlags): void {
  checkSid('--account-sid', accountSid, 'AC')
  checkSid('--api-key', apiKey, 'SK')
}

/** What was typed in the place of an account SID. */
function sidProblem(typed: string): string | undefined {
  if (isSid(typed, 'AC')) return undefined
  if (/^SK/i.test(typed)) return 'That is an API key: log in with --api-key SK…, and give the account SID (AC…) here.'
  return `That is not an account SID${oddCharacters(typed)}: AC and 32 hexadecimal digits are expected.`
}

function isSid(text: string, prefix: 'AC' | 'SK'): boolean {
  return new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(text)
}

function checkSid(flag: string, sid: string | undefined, prefix: 'AC' | 'SK'): void {
  if (sid === undefined || isSid(sid, prefix)) return
  throw usage(
    'SID_INVALID',
    `${flag} ${sid} is not the SID of an ${prefix === 'AC' ? 'account' : 'API key'}.`,
    `It begins with ${prefix} and has 32 hexadecimal digits: copy it from https://console.twilio.com.`,
  )
}
