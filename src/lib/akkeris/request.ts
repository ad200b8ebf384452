import {outsideSandbox} from '../command-line.js'
import {badCredentials, type Failure, notFound, refused, temporary, UnknownOutcome} from '../errors.js'
import {quoted} from '../secrets.js'
import {listProblemOf, problemOf, type Shape} from '../shape.js'
import type {SenderOptions} from '../transport/transport.js'
import type {HttpRequest} from '../transport/types.js'
import type {Akkeris} from './connect.js'

interface Ask {
  readonly method: HttpRequest['method']
  readonly path: string
  readonly json?: unknown
  readonly sending?: SenderOptions
  /** What is read of the answer: of an object, of the items of a list, or of each value of an object. */
  readonly answer: {readonly object: Shape} | {readonly list: Shape} | {readonly values: Shape}
}

/**
 * One call of the Apps API (https://docs.akkeris.io/architecture/apps-controller-api).
 * @throws {Failure} 401 and 403 as `credentials`, 404 as `notFound`, other refusals as `refused`, and `temporary` for what is
 * answered in another form than can be read.
 * @throws {UnknownOutcome} for the same where something was to be changed.
 */
export async function request<Answer>(akkeris: Akkeris, ask: Ask): Promise<Answer> {
  const {method, path, json, sending} = ask
  const {status, body} = await akkeris.transport.sender(sending)({
    method,
    url: `${akkeris.baseUrl}${path}`,
    headers: {
      accept: 'application/json',
      authorization: akkeris.authorization,
      'user-agent': 'aka-twilio',
      ...(json !== undefined && {'content-type': 'application/json'}),
    },
    ...(json !== undefined && {body: JSON.stringify(json)}),
  })
  if (status >= 300) throw refusal(akkeris, {method, path}, status, quoted(sentence(body)))
  const value: unknown = body === '' ? undefined : JSON.parse(body)
  const problem = problemIn(value, ask.answer)
  if (problem === undefined) return value as Answer
  const message = `Akkeris at ${akkeris.host} answered ${method} ${path} with something unexpected: ${problem}`
  if (method !== 'GET') throw new UnknownOutcome(message)
  throw temporary('AKKERIS_RESPONSE_INVALID', `${message}.`, 'Check AKKERIS_API_HOST: is that really the Apps API?')
}

function problemIn(value: unknown, answer: Ask['answer']): string | undefined {
  if ('object' in answer) return problemOf(value, answer.object)
  if ('list' in answer) return listProblemOf(value, answer.list)
  // What is null has none.
  return problemOf(value, {}) ?? listProblemOf(Object.values(value as object).filter(isGiven), answer.values)
}

function isGiven(value: unknown): boolean {
  return value !== null
}

function refusal({host}: Akkeris, {method, path}: Pick<Ask, 'method' | 'path'>, status: number, said: string): Failure {
  const app = /^\/apps\/([^/]+)/.exec(path)?.[1]
  if (status === 401) {
    return badCredentials(
      'AKKERIS_LOGIN_REFUSED',
      `Akkeris at ${host} does not accept the login (401).`,
      'Run `aka auth:login`, then run this again.',
    )
  }
  if (status === 403) {
    return badCredentials(
      'AKKERIS_FORBIDDEN',
      `Akkeris at ${host} does not let you do this (403): ${said}`,
      'Ask an administrator of the space for access.',
    )
  }
  if (status === 404 && app !== undefined) {
    return notFound(
      'APP_SPACE_NOT_FOUND',
      `There is no app-space ${app} at ${host}.`,
      ...outsideSandbox('Apps and their spaces: `aka apps`.', 'Another Akkeris? Set AKKERIS_API_HOST.'),
    )
  }
  const hint = {
    409: `A config var of that name is reserved or belongs to a platform add-on: see aka config -a ${app ?? 'APP'} and aka addons -a ${app ?? 'APP'}.`,
    422: 'Akkeris did not understand a name or a value: if it was not you who chose it, report this.',
  }[status]
  return refused(
    'AKKERIS_REFUSED',
    `Akkeris refused ${method} ${path} (${status}): ${said || 'no reason given'}`,
    hint ?? `See the status of ${host}.`,
  )
}

/** Errors are plain text, often labelled JSON; some proxies in front answer with JSON. */
function sentence(body: string): string {
  try {
    const value = JSON.parse(body) as unknown
    if (typeof value === 'string') return value
    const {message, error} = value as {message?: unknown; error?: unknown}
    return typeof message === 'string' ? message : typeof error === 'string' ? error : body
  } catch {
    return body.trim()
  }
}
