import {join} from 'node:path'

import {badCredentials} from '../errors.js'
import {objectIn, readOtherProgramsFile} from '../local-files.js'
import {checkSecret} from '../odd-characters.js'
import {rememberAuthorization} from '../secrets.js'
import {isLoopback, secureBase} from '../transport/addresses.js'
import type {Transport} from '../transport/transport.js'
import {netrcPassword} from './netrc.js'

/** How to reach the Akkeris Apps API. */
export interface AkkerisPlace {
  readonly baseUrl: string
  /** What the registry calls this installation; one name for everything on loopback, where ports come and go. */
  readonly host: string
}

/** And as whom. */
export interface Akkeris extends AkkerisPlace {
  readonly authorization: string
  readonly transport: Transport
}

/** As whom, and how that was found. */
export interface AkkerisLogin {
  readonly authorization: string
  /** For people. */
  readonly source: string
}

/** The sandbox, in process and served, is one installation. */
export const loopback = '127.0.0.1'

interface Machine {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
}

/**
 * The API host as `aka` finds it: AKKERIS_API_HOST, else `apps` in ~/.akkeris/config.json. An http:// prefix means
 * unencrypted, which only this machine may be; aka itself takes it off and sets AKKERIS_API_INSECURE for what runs inside it.
 */
export function findAkkeris({env, home}: Machine): AkkerisPlace {
  const value = (given(env.AKKERIS_API_HOST) ?? profile(home)).trim().toLowerCase()
  if (value === '') {
    throw badCredentials(
      'AKKERIS_HOST_MISSING',
      'Which Akkeris? Neither AKKERIS_API_HOST nor ~/.akkeris/config.json names its API host.',
      'Run `aka auth:profile`, or set AKKERIS_API_HOST to the host, e.g. apps.example.com.',
      'To try things without an account: add --sandbox.',
    )
  }
  const scheme = env.AKKERIS_API_INSECURE ? 'http' : 'https'
  const baseUrl = secureBase(/^https?:\/\//.test(value) ? value : `${scheme}://${value}`, 'AKKERIS_API_HOST')
  const url = new URL(baseUrl)
  return {baseUrl, host: isLoopback(url.hostname) ? loopback : url.host}
}

/**
 * The Authorization header as `aka` makes it: API_AUTH as it is, else API_TOKEN, else the password of the host in
 * ~/.netrc, which `aka auth:login` writes.
 */
export function findAkkerisLogin({env, home}: Machine, {baseUrl}: AkkerisPlace): AkkerisLogin {
  const {host, hostname} = new URL(baseUrl)
  const fromEnvironment = given(env.API_TOKEN)
  const token = fromEnvironment ?? netrcPassword(join(home, '.netrc'), host, hostname)
  const header = given(env.API_AUTH)
  const authorization = header ?? (token && `Bearer ${token}`)
  if (!authorization) {
    throw badCredentials(
      'AKKERIS_LOGIN_MISSING',
      `Not logged in to Akkeris at ${host}.`,
      'Run `aka auth:login`, or set API_TOKEN.',
    )
  }
  rememberAuthorization(authorization)
  checkSecret(authorization.replaceAll(' ', ''), 'The login for Akkeris (API_AUTH, API_TOKEN or ~/.netrc)')
  const source = fromEnvironment === undefined ? '~/.netrc (aka auth:login)' : 'the environment (API_TOKEN)'
  return {authorization, source: header === undefined ? source : 'the environment (API_AUTH)'}
}

/** Without the white space and the byte order mark that files end and begin with; an empty variable counts as none. */
function given(value: string | undefined): string | undefined {
  return value?.trim() || undefined
}

function profile(home: string): string {
  const {apps} = objectIn(readOtherProgramsFile(join(home, '.akkeris', 'config.json')))
  return typeof apps === 'string' ? apps : ''
}
