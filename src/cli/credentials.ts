import {badCredentials, usage} from '../lib/errors.js'
import type {TwilioCredentials} from '../lib/twilio/connect.js'
import {checkForm, twilioVariable} from '../lib/twilio/credentials.js'
import {askSecret, askText} from './prompts.js'
import {readAll} from './stdin.js'

interface CredentialFlags {
  readonly accountSid: string | undefined
  readonly apiKey: string | undefined
}

/** Credentials from flags, the environment, standard input and, on a terminal, prompts; a secret is never an argument. */
export async function askCredentials(flags: CredentialFlags, env: NodeJS.ProcessEnv): Promise<TwilioCredentials> {
  checkFlags(flags)
  const {apiKey} = flags
  const accountSid =
    flags.accountSid ??
    twilioVariable(env, 'ACCOUNT_SID') ??
    (await askText('Account SID:', {flag: '--account-sid AC…'}))
  const username = apiKey ?? accountSid
  checkForm({accountSid, username, password: ''})
  const name = apiKey === undefined ? 'AUTH_TOKEN' : 'API_SECRET'
  const variable = `TWILIO_${name}`
  const what = apiKey === undefined ? 'Auth token' : 'API secret'
  const password =
    twilioVariable(env, name) ??
    (process.stdin.isTTY ? await askSecret(`${what}:`, {flag: variable}) : await readAll(process.stdin))
  if (password) return checkForm({accountSid, username, password})
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

function checkSid(flag: string, sid: string | undefined, prefix: 'AC' | 'SK'): void {
  if (sid === undefined || new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(sid)) return
  throw usage(
    'SID_INVALID',
    `${flag} ${sid} is not the SID of an ${prefix === 'AC' ? 'account' : 'API key'}.`,
    `It begins with ${prefix} and has 32 hexadecimal digits: copy it from https://console.twilio.com.`,
  )
}
