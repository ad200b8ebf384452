import {ourCommand} from '../command-line.js'
import {badCredentials} from '../errors.js'
import {checkSecret} from '../odd-characters.js'

/** An API client, as KORE's console makes it (https://docs.korewireless.com). */
export interface KoreCredentials {
  readonly clientId: string
  readonly clientSecret: string
}

export interface FoundKoreCredentials extends KoreCredentials {
  /** Where they come from, for people. */
  readonly source: string
}

/** The variables of the environment. */
const variables = ['KORE_CLIENT_ID', 'KORE_CLIENT_SECRET'] as const

/** The environment, else what `twilio:login --kore` saved; undefined where there are none. @throws {Failure} `credentials` */
export function findKoreCredentials(
  env: NodeJS.ProcessEnv,
  saved: KoreCredentials | undefined,
): FoundKoreCredentials | undefined {
  const [clientId, clientSecret] = variables.map((name) => env[name]?.trim() || undefined)
  if (clientId !== undefined && clientSecret !== undefined)
    return checkForm({clientId, clientSecret, source: 'the environment (KORE_CLIENT_ID)'})
  if (clientId === undefined && clientSecret === undefined)
    return saved && checkForm({...saved, source: ourCommand('twilio:login --kore')})
  const [there, missing] = clientId === undefined ? [variables[1], variables[0]] : variables
  throw badCredentials(
    'KORE_CREDENTIALS_INCOMPLETE',
    `${there} is set, but not ${missing}.`,
    `Set ${missing} too, or unset ${there} to use what \`${ourCommand('twilio:login --kore')}\` saved.`,
  )
}

/** @throws {Failure} `credentials` for what cannot be: nothing is sent with it. */
export function checkForm<Given extends KoreCredentials>(given: Given): Given {
  checkSecret(given.clientId, 'The client id')
  checkSecret(given.clientSecret, 'The client secret')
  return given
}

export function koreCredentialsMissing() {
  return badCredentials(
    'KORE_CREDENTIALS_MISSING',
    'SIMs are ordered and used at KORE (sim-carrier is kore), but there are no credentials for KORE.',
    `Run \`${ourCommand('twilio:login --kore')}\`, or set KORE_CLIENT_ID and KORE_CLIENT_SECRET.`,
    `To use Twilio's SIMs: ${ourCommand('twilio:settings set sim-carrier twilio')}`,
  )
}
