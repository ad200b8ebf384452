import {badCredentials, Failure, notFound, refused} from '../errors.js'
import {quoted} from '../secrets.js'
import type {SenderOptions} from '../transport/transport.js'
import type {HttpRequest} from '../transport/types.js'
import type {Akkeris} from './connect.js'

interface Ask {
  readonly method: HttpRequest['method']
  readonly path: string
  readonly json?: unknown
  readonly sending?: SenderOptions
}

/**
 * One call of the Apps API (https://docs.akkeris.io/architecture/apps-controller-api).
 * @throws {Failure} 401 and 403 as `credentials`, 404 as `notFound`, other refusals as `refused`.
 */
export async function request<Answer>(akkeris: Akkeris, {method, path, json, sending}: Ask): Promise<Answer> {
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
  return JSON.parse(body === '' ? '{}' : body) as Answer
}

function refusal({host}: Akkeris, {method, path}: Ask, status: number, said: string): Failure {
  const app = /^\/apps\/([^/]+)/.exec(path)?.[1]
  if (status === 401) {
    return badCredentials(
      'AKKERIS_LOGIN_REFUSED',
      `Akkeris at ${host} does not accept the login (401).`,
      'Run `aka auth:login`, then this again.',
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
      'Apps and their spaces: `aka apps`.',
      'Another Akkeris? Set AKKERIS_API_HOST.',
    )
  }
  const hint = {
    409: 'A config var of that name is reserved or belongs to a platform add-on: see `aka config -a APP` and `aka addons -a APP`.',
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
