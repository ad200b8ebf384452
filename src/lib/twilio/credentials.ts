import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {badCredentials} from '../errors.js'
import type {TwilioCredentials} from './connect.js'

export interface FoundCredentials extends TwilioCredentials {
  /** Where they come from, for people: `twilio:whoami` and `twilio:doctor` show it. */
  readonly source: string
}

interface Places {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  /** What `twilio:login` saved. */
  readonly saved: TwilioCredentials | undefined
}

/**
 * The main account's credentials: the environment, else what `twilio:login` saved, else the active profile of twilio-cli.
 * @throws {Failure} `credentials` when there are none, or they are malformed.
 */
export function findCredentials({env, home, saved}: Places): FoundCredentials {
  const found = fromEnvironment(env) ?? (saved && {...saved, source: 'aka twilio:login'}) ?? fromTwilioCli(env, home)
  if (!found) {
    throw badCredentials(
      'CREDENTIALS_MISSING',
      "No Twilio credentials: the main account's SID and auth token are needed.",
      'Run `aka twilio:login`, or set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.',
      'To try things without an account: add --sandbox.',
    )
  }
  return checkForm(found)
}

/** @throws {Failure} `credentials` for what has not the form of a SID: nothing is sent with it. */
export function checkForm<Given extends TwilioCredentials>(given: Given): Given {
  if (!/^AC[0-9a-fA-F]{32}$/.test(given.accountSid)) {
    throw badCredentials(
      'ACCOUNT_SID_INVALID',
      'The account SID is not one: AC and 32 hexadecimal digits are expected.',
      'Copy it from https://console.twilio.com; API keys (SK…) go into TWILIO_API_KEY and TWILIO_API_SECRET.',
    )
  }
  if (given.username !== given.accountSid && !/^SK[0-9a-fA-F]{32}$/.test(given.username)) {
    throw badCredentials(
      'API_KEY_INVALID',
      'TWILIO_API_KEY is not the SID of an API key: SK and 32 hexadecimal digits are expected.',
      'Copy it from https://console.twilio.com; only a key of type Main can manage subaccounts.',
    )
  }
  return given
}

function fromEnvironment(env: NodeJS.ProcessEnv): FoundCredentials | undefined {
  const {TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: token, TWILIO_API_KEY: key, TWILIO_API_SECRET: secret} = env
  if (!accountSid) return undefined
  const source = 'the environment'
  if (token) return {accountSid, username: accountSid, password: token, source}
  if (key && secret) return {accountSid, username: key, password: secret, source}
  throw badCredentials(
    'CREDENTIALS_INCOMPLETE',
    'TWILIO_ACCOUNT_SID is set, but not what goes with it.',
    'Set TWILIO_AUTH_TOKEN too (or TWILIO_API_KEY and TWILIO_API_SECRET), or unset TWILIO_ACCOUNT_SID to use what `aka twilio:login` saved.',
  )
}

/** ~/.twilio-cli/config.json: profiles by name, each with an API key (https://www.twilio.com/docs/twilio-cli/general-usage/profiles). */
function fromTwilioCli(env: NodeJS.ProcessEnv, home: string): FoundCredentials | undefined {
  interface Profile {
    accountSid?: string
    apiKey?: string
    apiSecret?: string
  }
  let config: {activeProfile?: string | null; profiles?: Record<string, Profile>}
  try {
    config = JSON.parse(readFileSync(join(home, '.twilio-cli', 'config.json'), 'utf8')) as typeof config
  } catch {
    return undefined
  }
  const name = env.TWILIO_PROFILE ?? config.activeProfile
  const {accountSid, apiKey, apiSecret} = (name && config.profiles?.[name]) || {}
  if (!accountSid || !apiKey || !apiSecret) return undefined
  return {accountSid, username: apiKey, password: apiSecret, source: `the profile ${name ?? ''} of twilio-cli`}
}
