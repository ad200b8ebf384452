import type {HttpRequest} from '../../lib/transport/types.js'
import {basicCredentials} from './auth.js'

/** A request that the sandbox received, without secrets: tests and people read this. */
export interface LoggedRequest {
  readonly method: string
  /** The address at Twilio or Akkeris, wherever it was actually sent. */
  readonly url: string
  readonly host: string
  readonly path: string
  readonly form?: Readonly<Record<string, string | string[]>>
  readonly json?: unknown
  readonly ifMatch?: string
  readonly username?: string
  /** Missing until there is an answer. */
  status?: number
  /** Position in the sequence of all starts and ends. */
  readonly startedAt: number
  finishedAt?: number
  /** How many requests had finished when this one started: equal numbers were in flight together. */
  readonly startedAfter: number
  /** Of a request to an application: the SID of what it is about. */
  readonly webhook?: string
  /** Why it failed, or why its answer is of no use, in Twilio's codes. */
  error?: WebhookError
  /** Why it was not sent. */
  notSent?: string
}

/** What went wrong with a webhook, in Twilio's codes (https://www.twilio.com/docs/api/errors). */
export interface WebhookError {
  readonly code: number
  readonly message: string
}

/** A request to an application. */
interface WebhookRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly about: string
  readonly form: Readonly<Record<string, string>>
}

interface WebhookEnd {
  readonly status?: number
  readonly error?: WebhookError
  readonly notSent?: string
}

/** Writes down that a request to an application begins. The function that it gives says how it ended, as often as more is known. */
export type LogWebhook = (request: WebhookRequest) => (end: WebhookEnd) => void

interface RequestLog {
  readonly entries: readonly LoggedRequest[]
  start(request: HttpRequest, url: URL): (status: number | undefined) => void
  readonly startWebhook: LogWebhook
  readonly clear: () => void
}

/** A server may run for weeks: the oldest are forgotten, and so is what a body says that is longer than any real one. */
const MOST_ENTRIES = 20_000
const LONGEST_BODY = 20_000

export function createRequestLog(mostEntries = MOST_ENTRIES): RequestLog {
  const entries: LoggedRequest[] = []
  let sequence = 0
  let finished = 0
  const begin = (about: Omit<LoggedRequest, 'startedAt' | 'startedAfter'>): LoggedRequest => {
    sequence += 1
    const entry: LoggedRequest = {...about, startedAt: sequence, startedAfter: finished}
    entries.push(entry)
    // Many at once: to take out one moves all the others.
    if (entries.length > mostEntries) entries.splice(0, Math.ceil(mostEntries / 10))
    return entry
  }
  const end = (entry: LoggedRequest): void => {
    if (entry.finishedAt !== undefined) return
    sequence += 1
    finished += 1
    entry.finishedAt = sequence
  }
  return {
    entries,
    start(request, url) {
      const entry = begin(describe(request, url))
      return (status) => {
        end(entry)
        if (status !== undefined) entry.status = status
      }
    },
    clear: () => void entries.splice(0),
    startWebhook({method, url, about, form}) {
      const {host, pathname} = new URL(url)
      const entry = begin({method, url, host, path: pathname, form, webhook: about})
      return (result) => {
        end(entry)
        Object.assign(entry, result)
      }
    },
  }
}

function describe({method, url, headers, body}: HttpRequest, {host, pathname}: URL) {
  const ifMatch = headers['if-match']
  const username = basicCredentials(headers.authorization)?.username
  return {
    method,
    url,
    host,
    path: pathname,
    ...(body !== undefined && body !== '' && readBody(headers['content-type'] ?? '', body)),
    ...(ifMatch !== undefined && {ifMatch}),
    ...(username !== undefined && {username}),
  }
}

function readBody(contentType: string, body: string): Pick<LoggedRequest, 'form' | 'json'> {
  if (body.length > LONGEST_BODY) return {json: `${body.length} characters`}
  if (!contentType.includes('json')) return {form: formOf(body)}
  try {
    return {json: JSON.parse(body) as unknown}
  } catch {
    return {json: body}
  }
}

function formOf(body: string): Record<string, string | string[]> {
  const form = new URLSearchParams(body)
  form.delete('client_secret')
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}
