import {spawn} from 'node:child_process'
import {basename, isAbsolute} from 'node:path'

import {badCredentials, type Failure, interrupted, usage} from '../errors.js'
import {asObject} from '../local-files.js'
import type {TwilioCredentials} from './connect.js'

/** More than any credentials. */
const mostBytes = 65_536

/** What a shell would understand, and no program. */
const ofShell = /^(?:[|<>&;]+|\d?>>?.*)$/

/**
 * The words of a command: what stands between spaces, or in quotes. There is no shell, so that nothing in it is replaced.
 * @throws {Failure} `usage`
 */
export function wordsOfCommand(command: string): readonly [program: string, ...args: string[]] {
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+|["']/g) ?? []
  const [program, ...args] = words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'))
  if (program === undefined || words.some((word) => word === '"' || word === "'"))
    throw invalid('credential-process is a program with its arguments; a quotation mark is missing, or it is empty.')
  if (words.some((word) => ofShell.test(word)))
    throw invalid('credential-process is run without a shell, which pipes and redirections need.', `sh -c '…'`)
  if (/[\\/]/.test(program) && !isAbsolute(program))
    throw invalid(`credential-process is run in whatever folder you are: ${program} would be another program in each.`)
  return [program, ...args]
}

function invalid(message: string, instead?: string): Failure {
  return usage(
    'SETTING_INVALID',
    message,
    `Give a program that is found in PATH, or an absolute path, e.g. "/usr/local/bin/twilio-login staging"${instead === undefined ? '' : `, or ${instead}`}.`,
  )
}

interface Run {
  /** Passed to the program, which may know several. */
  readonly profile: string
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Whether it may ask on the terminal. */
  readonly interactive: boolean
  /** Time to unlock a keychain, or to touch a key. */
  readonly timeoutMs?: number
}

/**
 * The credentials that another program prints (docs/login.md). What it prints is never shown, whatever it is.
 * @throws {Failure} `credentials` where it fails, or prints something else.
 */
export async function readCredentialProcess(command: string, run: Run): Promise<TwilioCredentials & {source: string}> {
  const [program, ...args] = wordsOfCommand(command)
  const name = basename(program)
  const printed = asObject(jsonIn(await output(name, [program, ...args], run), name))
  const [accountSid, authToken, apiKey, apiSecret] = ['accountSid', 'authToken', 'apiKey', 'apiSecret'].map((key) => {
    const value = printed[key]
    return typeof value === 'string' ? value.trim() : ''
  })
  const source = `credential-process (${name})`
  if (accountSid && authToken) return {accountSid, username: accountSid, password: authToken, source}
  if (accountSid && apiKey && apiSecret) return {accountSid, username: apiKey, password: apiSecret, source}
  throw failed(`${name} printed no accountSid with an authToken (or apiKey and apiSecret).`)
}

async function output(
  name: string,
  [program, ...args]: readonly [string, ...string[]],
  {profile, env, signal, interactive, timeoutMs = 60_000}: Run,
): Promise<string> {
  // Where there is no terminal, standard input may be a list of ours, and a log may keep what it says.
  const terminal = interactive ? 'inherit' : 'ignore'
  const child = spawn(program, args, {
    env: {...env, AKA_TWILIO_PROFILE: profile},
    stdio: [terminal, 'pipe', terminal],
    // A timeout of spawn's own would keep this process alive where the program cannot be started.
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    windowsHide: true,
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    if (text.length > mostBytes) child.kill()
  })
  return new Promise((resolve, reject) => {
    child.once('error', ({code}: NodeJS.ErrnoException) => {
      if (signal.aborted) return reject(interrupted())
      if (code === 'ABORT_ERR') return reject(failed(`${name} did not end within ${timeoutMs / 1000} s.`))
      const why = code === 'ENOENT' ? 'there is no such program' : code === 'EACCES' ? 'permission denied' : code
      reject(failed(`${name} could not be started: ${why ?? 'for an unknown reason'}.`))
    })
    child.once('close', (code, ended) => {
      if (signal.aborted) return reject(interrupted())
      if (text.length > mostBytes) return reject(failed(`${name} printed far more than credentials.`))
      if (ended !== null) return reject(failed(`${name} was stopped (${ended}).`))
      if (code !== 0) return reject(failed(`${name} ended with exit code ${code}.`))
      resolve(text)
    })
  })
}

function jsonIn(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw failed(`${name} printed something that is not JSON.`)
  }
}

function failed(what: string): Failure {
  return badCredentials(
    'CREDENTIAL_PROCESS_FAILED',
    `The setting credential-process gives no credentials: ${what}`,
    'Run the program yourself to see what it says: it must print {"accountSid": "AC…", "authToken": "…"}.',
  )
}
