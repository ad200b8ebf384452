import {join} from 'node:path'

import {ourCommand} from '../command-line.js'
import {badCredentials, type Failure} from '../errors.js'
import {asObject, objectIn, readOtherProgramsFile} from '../local-files.js'
import {checkSecret, oddCharacters} from '../odd-characters.js'
import {type ChosenProfile, usualProfile, whoChose} from '../profiles.js'
import {spelledOut} from '../text.js'
import type {TwilioCredentials} from './connect.js'

export interface FoundCredentials extends TwilioCredentials {
  /** The profile they are of; none where the environment, or another program's file, has them. */
  readonly profile?: string
  /** Where they come from, for people: `twilio:whoami` and `twilio:doctor` show it. */
  readonly source: string
}

export interface Places {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly profile: ChosenProfile
  /** What `twilio:login` saved under that name. */
  readonly saved: TwilioCredentials | undefined
  /** The setting credential-process, where there is one. */
  readonly process: (() => Promise<FoundCredentials>) | undefined
}

/**
 * The main account's credentials. Those of a profile that is named for this run go before all others: else it could be about another
 * account than the one that was meant. Without a name: the environment (AKA_TWILIO_… before TWILIO_…), else what `twilio:login` saved,
 * else what the setting credential-process gives, else the active profile of twilio-cli.
 * @throws {Failure} `credentials` when there are none, or they are malformed.
 */
export async function findCredentials({env, home, profile, saved, process}: Places): Promise<FoundCredentials> {
  const {name, namedBy, space} = profile
  // Nothing else may take the place of one that was chosen.
  const isChosen = namedBy !== undefined || space !== undefined
  const ofProfile = async () => {
    const login = name === usualProfile ? 'twilio:login' : `twilio:login (profile ${name})`
    if (saved) return {...saved, profile: name, source: login}
    return process && {...(await process()), profile: name}
  }
  const found = isChosen ? await ofProfile() : (fromEnvironment(env) ?? (await ofProfile()) ?? fromTwilioCli(env, home))
  if (!found && (isChosen || name !== usualProfile)) {
    throw badCredentials(
      'PROFILE_NOT_FOUND',
      `There is no login for the profile ${name}, which ${whoChose(profile) ?? 'somebody'} names.`,
      `Log in: ${ourCommand(`twilio:login --profile ${name}`)}`,
      `All profiles: ${ourCommand('twilio:profiles')}`,
    )
  }
  if (!found) {
    throw badCredentials(
      'CREDENTIALS_MISSING',
      "No Twilio credentials: the main account's SID and auth token are needed.",
      `Run \`${ourCommand('twilio:login')}\`, or set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.`,
      'To try things without an account: add --sandbox.',
    )
  }
  return checkForm(found)
}

/** @throws {Failure} `credentials` for what cannot be: nothing is sent with it. */
export function checkForm<Given extends TwilioCredentials>(given: Given): Given {
  const {accountSid, username, password} = given
  if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid)) {
    throw badCredentials(
      'ACCOUNT_SID_INVALID',
      `The account SID is not one${oddCharacters(accountSid)}: AC and 32 hexadecimal digits are expected.`,
      'Copy it from https://console.twilio.com; API keys (SK…) go into TWILIO_API_KEY and TWILIO_API_SECRET.',
    )
  }
  if (username !== accountSid && !/^SK[0-9a-fA-F]{32}$/.test(username)) {
    throw badCredentials(
      'API_KEY_INVALID',
      `TWILIO_API_KEY is not the SID of an API key${oddCharacters(username)}: SK and 32 hexadecimal digits are expected.`,
      'Copy it from https://console.twilio.com; only a key of type Main can manage subaccounts.',
    )
  }
  checkSecret(password, username === accountSid ? 'The auth token' : 'The API secret')
  return given
}

/** Our own names go first: the others may be an app's, as `--shell` exports them. */
const prefixes = ['AKA_TWILIO_', 'TWILIO_'] as const

/** What a variable of ours says, without the white space and the byte order mark that files end and begin with. */
export function twilioVariable(
  env: NodeJS.ProcessEnv,
  name: 'ACCOUNT_SID' | 'AUTH_TOKEN' | 'API_KEY' | 'API_SECRET',
): string | undefined {
  return prefixes.map((prefix) => env[prefix + name]?.trim()).find(Boolean)
}

function fromEnvironment(env: NodeJS.ProcessEnv): FoundCredentials | undefined {
  const prefix = prefixes.find((each) => env[`${each}ACCOUNT_SID`]?.trim())
  if (prefix === undefined) return undefined
  const [accountSid = '', token, key, secret] = ['ACCOUNT_SID', 'AUTH_TOKEN', 'API_KEY', 'API_SECRET'].map((name) =>
    env[prefix + name]?.trim(),
  )
  const source = `the environment (${prefix}ACCOUNT_SID)`
  if (token) return {accountSid, username: accountSid, password: token, source}
  if (key && secret) return {accountSid, username: key, password: secret, source}
  throw badCredentials(
    'CREDENTIALS_INCOMPLETE',
    `${prefix}ACCOUNT_SID is set, but not what goes with it.`,
    `Set ${prefix}AUTH_TOKEN too (or ${prefix}API_KEY and ${prefix}API_SECRET), or unset ${prefix}ACCOUNT_SID to use what \`${ourCommand('twilio:login')}\` saved.`,
  )
}

/** The variable that goes before what is saved. */
export function credentialVariable(env: NodeJS.ProcessEnv): string | undefined {
  return prefixes.map((prefix) => `${prefix}ACCOUNT_SID`).find((name) => env[name]?.trim())
}

const ownVariables =
  "Set AKA_TWILIO_ACCOUNT_SID and AKA_TWILIO_AUTH_TOKEN to the main account's: they take precedence, and no app has them."

/** Why Twilio may refuse the credentials of the environment: TWILIO_SID is an app's variable, and the token may have come with it. */
export function explainRefusal(failure: Failure, env: NodeJS.ProcessEnv): Failure {
  const {TWILIO_SID: appSid, TWILIO_ACCOUNT_SID: accountSid} = env
  const isMixedUp = appSid && accountSid && appSid !== accountSid && !env.AKA_TWILIO_ACCOUNT_SID
  if (failure.code !== 'CREDENTIALS_REFUSED' || !isMixedUp) return failure
  return failure.withSuggestions(
    `TWILIO_SID is ${appSid}, another account. If TWILIO_AUTH_TOKEN is that one's (\`--shell\` prints both for an app), it does not go with TWILIO_ACCOUNT_SID.`,
    ownVariables,
  )
}

/** What becomes of the main account's credentials where an app's variables are set in the same shell. */
export function shellWarning({TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, AKA_TWILIO_ACCOUNT_SID}: NodeJS.ProcessEnv) {
  if (!TWILIO_ACCOUNT_SID || !TWILIO_AUTH_TOKEN || AKA_TWILIO_ACCOUNT_SID) return undefined
  return `These lines take the place of TWILIO_AUTH_TOKEN, with which you are logged in. ${ownVariables}`
}

/**
 * ~/.twilio-cli/config.json: profiles by name, each with an API key (https://www.twilio.com/docs/twilio-cli/general-usage/profiles).
 * @throws {Failure} `credentials` where TWILIO_PROFILE names none.
 */
function fromTwilioCli(env: NodeJS.ProcessEnv, home: string): FoundCredentials | undefined {
  const {activeProfile, profiles: all} = objectIn(readOtherProgramsFile(join(home, '.twilio-cli', 'config.json')))
  const profiles = asObject(all)
  const asked = env.TWILIO_PROFILE?.trim()
  const name = asked || (typeof activeProfile === 'string' ? activeProfile : '')
  const {accountSid, apiKey, apiSecret} = asObject(Object.hasOwn(profiles, name) ? profiles[name] : undefined)
  if (typeof accountSid === 'string' && typeof apiKey === 'string' && typeof apiSecret === 'string')
    return {accountSid, username: apiKey, password: apiSecret, source: `the profile ${name} of twilio-cli`}
  if (!asked) return undefined
  const names = Object.keys(profiles)
  throw badCredentials(
    'CREDENTIALS_MISSING',
    `twilio-cli has no ${Object.hasOwn(profiles, asked) ? 'API key in its ' : ''}profile ${spelledOut(asked)}, which TWILIO_PROFILE names.`,
    names.length > 0 ? `Its profiles: ${names.join(', ')}.` : 'It has no profiles: `twilio profiles:create` makes one.',
    `Or run \`${ourCommand('twilio:login')}\`, which takes precedence over it.`,
  )
}
