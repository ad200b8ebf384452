import type Base from 'twilio/lib/base/BaseTwilio.js'

import {temporary, UnknownOutcome} from '../errors.js'
import {quoted} from '../secrets.js'
import {printable, printableLines} from '../text.js'
import {twilioAddress} from '../transport/addresses.js'
import type {HttpRequest, Send} from '../transport/types.js'
import {TwilioRefusal} from './errors.js'

/** What the SDK asks of an HTTP client (its type demands the whole class, its code only calls this). */
interface SdkRequest {
  readonly method: string
  readonly uri: string
  readonly username?: string
  readonly password?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly params?: Readonly<Record<string, unknown>>
  readonly data?: Readonly<Record<string, unknown>>
}

export type SdkHttpClient = NonNullable<Base.ClientOpts['httpClient']>

/**
 * The SDK's requests, sent by our transport.
 * @throws {TwilioRefusal} for every answer of 300 and more, in place of the SDK's RestException.
 */
export function httpClient({send, endpoint}: {send: Send; endpoint: string | undefined}): SdkHttpClient {
  const client = {
    async request({method, uri, username = '', password = '', headers, params, data}: SdkRequest) {
      const url = new URL(uri)
      appendAll(url.searchParams, params)
      const form = new URLSearchParams()
      appendAll(form, data)

      const verb = method.toUpperCase() as HttpRequest['method']
      const {
        status,
        headers: answered,
        body,
      } = await send({
        method: verb,
        url: twilioAddress(url.href, endpoint),
        headers: {
          ...lowerCased(headers),
          authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
        },
        ...(verb === 'POST' && {body: form.toString()}),
      })
      if (status >= 300) throw TwilioRefusal.from(status, body, url)
      return {statusCode: status, headers: answered, body: verb === 'DELETE' ? {} : objectIn(body, verb, url)}
    },
  }
  return client as unknown as SdkHttpClient
}

/**
 * Every answer but that to a removal is a JSON object. Anything else comes from something in between: what became of a change is
 * then unknown.
 * @throws {UnknownOutcome}
 * @throws {Failure} `temporary` where nothing was to be changed.
 */
function objectIn(body: string, verb: HttpRequest['method'], {host, pathname}: URL): unknown {
  const value = body === '' ? undefined : parsed(body)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  const message = `${host} answered ${verb} ${pathname} with something unexpected (${quoted(body, 20) || 'nothing'})`
  throw verb === 'GET' ? temporary('TWILIO_RESPONSE_INVALID', `${message}.`) : new UnknownOutcome(message)
}

/** Text that Twilio hands on from people could otherwise move the cursor of whoever reads it. What they wrote keeps its lines. */
function parsed(body: string): unknown {
  return JSON.parse(body, (key, value: unknown) =>
    typeof value === 'string' ? (isWritten(key) ? printableLines : printable)(value) : value,
  )
}

function isWritten(key: string): boolean {
  return key === 'body' || key === 'payload' || key === 'command'
}

/** Lists become repeated parameters, as Twilio documents; what is undefined is left out. */
function appendAll(target: URLSearchParams, values: Readonly<Record<string, unknown>> = {}): void {
  for (const [name, value] of Object.entries(values)) {
    const each = (Array.isArray(value) ? value : [value]) as (string | number | boolean | null | undefined)[]
    for (const one of each) if (one !== undefined && one !== null) target.append(name, String(one))
  }
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Twilio's clock when it gave an answer with these headers; undefined when they do not say. */
export function answeredAt(headers: unknown): Date | undefined {
  const {date} = (headers ?? {}) as Record<string, string>
  const time = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(time) ? undefined : new Date(time)
}
