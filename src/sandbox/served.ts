import {ourCommand} from '../lib/command-line.js'
import {Failure, usage} from '../lib/errors.js'
import {asObject} from '../lib/local-files.js'
import {isLoopback} from '../lib/transport/addresses.js'

export const USUAL_PORT = 4010

/** The served sandbox that the environment points to. */
export function servedByEnvironment(env: NodeJS.ProcessEnv): string | undefined {
  const endpoint = env.AKA_TWILIO_ENDPOINT ?? ''
  return URL.canParse(endpoint) && isLoopback(new URL(endpoint).hostname) ? endpoint : undefined
}

/** Where a sandbox is served, as far as this process knows: at this port, where the environment points, or at the usual port. */
export function servedAt(env: NodeJS.ProcessEnv, port: number | undefined): string {
  const known = port === undefined ? servedByEnvironment(env) : undefined
  return known ?? `http://127.0.0.1:${port ?? USUAL_PORT}`
}

/** What a served sandbox answers to a request of its control API, if anything; undefined when there is none. */
async function askServed(
  base: string,
  path: string,
  body: object,
): Promise<{readonly status: number; readonly json: unknown} | undefined> {
  const answer = await fetch(`${base}/_sandbox/${path}`, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify(body),
  }).catch(() => undefined)
  const json: unknown = await answer?.json().catch(() => undefined)
  return answer && (json !== undefined || answer.status === 204) ? {status: answer.status, json} : undefined
}

/** Asks a served sandbox for something of its control API. @throws {Failure} where none is served, or it refuses */
export async function requireServed(base: string, path: string, body: object): Promise<unknown> {
  const answer = await askServed(base, path, body)
  if (!answer) {
    throw new Failure({
      code: 'SANDBOX_NOT_SERVED',
      message: `No sandbox is served at ${base}.`,
      suggestions: [`Start one in another terminal: ${ourCommand('twilio:sandbox')}`],
    })
  }
  if (answer.status < 300) return answer.json
  const {message} = asObject(answer.json)
  throw sandboxRequestInvalid(typeof message === 'string' ? message : `${base} answered ${answer.status}`)
}

/** @param problem what the sandbox says is wrong with a request of its own commands */
export function sandboxRequestInvalid(problem: string): Failure {
  return usage('SANDBOX_REQUEST_INVALID', `${problem}.`, 'See what it takes: add --help.')
}
