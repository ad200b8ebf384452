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
}

interface RequestLog {
  readonly entries: readonly LoggedRequest[]
  start(request: HttpRequest, url: URL): (status: number | undefined) => void
}

/** A server may run for weeks: the oldest are forgotten, and so is what a body says that is longer than any real one. */
const MOST_ENTRIES = 20_000
const LONGEST_BODY = 20_000

export function createRequestLog(mostEntries = MOST_ENTRIES): RequestLog {
  const entries: LoggedRequest[] = []
  let sequence = 0
  let finished = 0
  return {
    entries,
    start(request, url) {
      sequence += 1
      const entry: LoggedRequest = {...describe(request, url), startedAt: sequence, startedAfter: finished}
      entries.push(entry)
      // Many at once: to take out one moves all the others.
      if (entries.length > mostEntries) entries.splice(0, Math.ceil(mostEntries / 10))
      return (status) => {
        sequence += 1
        finished += 1
        entry.finishedAt = sequence
        if (status !== undefined) entry.status = status
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
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}
