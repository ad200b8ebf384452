import type Base from 'twilio/lib/base/BaseTwilio.js'

import {ourCommand} from '../command-line.js'
import type {CodeOf} from '../error-codes.js'
import {type Failure, temporary, UnknownOutcome, usage} from '../errors.js'
import {quoted} from '../secrets.js'
import {isObject} from '../shape.js'
import {printable, printableLines} from '../text.js'
import {twilioAddress, withoutEndpoint} from '../transport/addresses.js'
import type {HttpRequest, Send} from '../transport/types.js'
import {answerProblem, operationAt, pageForSdk} from './check-answer.js'
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

/** Whoever serves an API that the SDK speaks. */
export interface ApiService {
  /** Where a request goes, whose address may come from an answer: never to anybody else. */
  readonly address: (url: string, endpoint: string | undefined) => string
  /** The same address at the service itself. */
  readonly place: (url: URL, endpoint: string | undefined) => Pick<URL, 'hostname' | 'pathname'>
  /** Of an answer that cannot be read. */
  readonly unexpected: CodeOf<'temporary'>
  /** What an answer of 300 and more means. `url` is the service's own address. */
  readonly refusal: (status: number, body: string, url: URL) => Failure
}

const twilio: ApiService = {
  address: twilioAddress,
  place: withoutEndpoint,
  unexpected: 'TWILIO_RESPONSE_INVALID',
  refusal: (status, body, url) => TwilioRefusal.from(status, body, url),
}

/** More than any list that is read has. */
const mostPages = 1000

/**
 * The SDK's requests, sent by our transport, and the border at which answers are checked: the SDK gets those alone that can be read.
 * @throws {Failure} the service's refusal for every answer of 300 and more, in place of the SDK's RestException.
 * @throws {UnknownOutcome} where it is not known what became of a change.
 */
export function httpClient({
  send,
  endpoint,
  service = twilio,
}: {
  readonly send: Send
  readonly endpoint: string | undefined
  readonly service?: ApiService
}): SdkHttpClient {
  const pages = new Set<string>()
  /** The SDK asks for further pages by the address that Twilio gave, with its query. */
  const follow = (uri: string, {host, pathname, search}: URL): void => {
    if (search === '') pages.clear()
    else if (pages.has(uri) || pages.size === mostPages)
      throw temporary(service.unexpected, `${host} answers GET ${pathname} with pages without end.`)
    else pages.add(uri)
  }
  /** Of which list a link is to a page; undefined where it leads elsewhere. */
  const templateOfPage = (link: string, {origin}: URL): string | undefined => {
    if (!URL.canParse(link, origin)) return undefined
    const url = new URL(link, origin)
    if (url.search === '' || !isPage('GET', url) || !isOfService(url)) return undefined
    return operationAt(service.place(url, endpoint))?.template
  }
  const isOfService = ({href}: URL): boolean => {
    try {
      service.address(href, endpoint)
      return true
    } catch {
      return false
    }
  }
  const client = {
    async request({method, uri, username = '', password = '', headers, params, data}: SdkRequest) {
      const url = new URL(uri)
      const verb = method.toUpperCase() as HttpRequest['method']
      const operation = operationAt(service.place(url, endpoint))
      if (!operation || !isPage(verb, url)) throw notSent(url)
      if (verb === 'GET') follow(uri, url)
      appendAll(url.searchParams, params)
      const form = new URLSearchParams()
      appendAll(form, data)

      const {
        status,
        headers: answered,
        body,
      } = await send({
        method: verb,
        url: service.address(url.href, endpoint),
        headers: {
          ...lowerCased(headers),
          ...(username !== '' && {authorization: basic(username, password)}),
        },
        ...(verb === 'POST' && {body: form.toString()}),
      })
      if (status >= 300) throw service.refusal(status, body, url)
      if (verb === 'DELETE') return {statusCode: status, headers: answered, body: {}}
      const answer = body === '' ? undefined : parsed(body)
      const isSameList = (link: string) => templateOfPage(link, url) === operation.template
      const problem = answerProblem(operation, verb, answer, isSameList)
      if (problem === undefined) {
        const isList = verb === 'GET' && operation.list !== undefined && isObject(answer)
        return {statusCode: status, headers: answered, body: isList ? pageForSdk(answer, operation.list, url) : answer}
      }
      const message = `${url.host} answered ${verb} ${url.pathname} with something unexpected: ${problem}`
      throw verb === 'GET' ? temporary(service.unexpected, `${message}.`) : new UnknownOutcome(message)
    },
  }
  return client as unknown as SdkHttpClient
}

/** Only the address of a page has a query of its own; anywhere else it stands in a name. */
function isPage(verb: string, {search, searchParams, hash}: URL): boolean {
  if (search === '') return hash === ''
  return verb === 'GET' && hash === '' && (searchParams.has('Page') || searchParams.has('PageToken'))
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** What stands in the path comes from the command line and the registry, too; the SDK writes it there as it is. */
function notSent({host, pathname, search, hash}: URL): Failure {
  return usage(
    'SID_INVALID',
    `${quoted(`${host}${pathname}${search}${hash}`, 200)} is not a known address: a SID in it is not valid. Nothing was sent.`,
    `Check the SIDs on the command line, and what \`${ourCommand('twilio')}\` says of the app-space.`,
  )
}

/** Anything but ASCII that is printed as it is, and a backslash: nearly no answer has it, and to look at each text takes longer than to parse. */
const mayHoldUnseen = /[^\t\n\r -[\]-~]/

/** Text that Twilio hands on from people could otherwise move the cursor of whoever reads it. What they wrote keeps its lines. */
function parsed(body: string): unknown {
  if (!mayHoldUnseen.test(body)) return JSON.parse(body)
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
