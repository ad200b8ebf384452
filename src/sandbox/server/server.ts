import {createServer, type IncomingMessage, type RequestListener, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

import {type HttpRequest, type HttpResponse, NoAnswer} from '../../lib/transport/types.js'
import {AnswerCutShort} from '../http/faults.js'
import {isKore, isTwilio, SANDBOX_AKKERIS_HOST} from '../http/hosts.js'
import {errorResponse} from '../http/respond.js'
import type {Sandbox} from '../sandbox.js'
import {createCourier} from '../webhooks/courier.js'
import type {Authority} from './authority.js'
import {refusalOf, webPageRefusal} from './callers.js'
import {answerControl, type Served} from './control.js'
import {createProxy} from './proxy.js'

interface ServeOptions {
  /** 0: any free port. */
  readonly port: number
  readonly host?: string
  /** With it, the server is a proxy for https as well. */
  readonly authority?: Authority
  /** In every answer. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface SandboxServer {
  readonly url: string
  close(): Promise<void>
}

const MAX_BODY_BYTES = 1024 * 1024
const MOST_CONNECTIONS = 1000
const LONGEST_REQUEST_MS = 30_000
/** How often it is looked whether an application is to be told something. */
const COURIER_MS = 250
const METHODS: readonly string[] = ['GET', 'POST', 'PATCH', 'DELETE'] satisfies HttpRequest['method'][]

/** The sandbox over HTTP: Twilio's and KORE's hosts under `/HOST/PATH`, Akkeris under `/apps` and `/account`. */
export async function serveSandbox(
  sandbox: Sandbox,
  {port, host = '127.0.0.1', authority, headers = {}}: ServeOptions,
): Promise<SandboxServer> {
  const courier = await createCourier(sandbox)
  // A state that cannot be read is told to who asks for it.
  const tick = (): void => void courier.tick().catch(() => undefined)
  const listener: RequestListener = (incoming, outgoing) => {
    const answered = proxy?.hostOf(incoming)
    const given =
      answered === undefined ? answer({sandbox, courier}, incoming) : answerProxied(sandbox, incoming, answered)
    given
      .catch((error: unknown) => {
        if (error instanceof NoAnswer) throw error
        return errorResponse({status: 500, code: 20500, message: messageOf(error)})
      })
      .then((response) => reply(outgoing, {...response, headers: {...response.headers, ...headers}}))
      .then(tick)
      // Nobody may end the server: not a dropped call, not an answer that cannot be sent.
      .catch((error: unknown) => {
        if (error instanceof AnswerCutShort) replyInPart(outgoing)
        else incoming.socket.destroy()
      })
  }
  const proxy = authority && createProxy(authority, listener)
  const server = createServer(listener)
  if (proxy) server.on('connect', proxy.connect)
  server.maxConnections = MOST_CONNECTIONS
  server.requestTimeout = LONGEST_REQUEST_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const timer = setInterval(tick, COURIER_MS)
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return {
    url: `http://${name}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        clearInterval(timer)
        proxy?.close()
        server.close((error) => (error ? reject(error) : resolve()))
        // Including those on which no request was ever sent: `close` would wait for them.
        server.closeAllConnections()
      }),
  }
}

async function answer({sandbox, courier}: Served, incoming: IncomingMessage): Promise<HttpResponse> {
  const {method = 'GET', url: target = '/', headers} = incoming
  const refusal = refusalOf(headers)
  if (refusal !== undefined) return errorResponse({status: 403, code: 20403, message: refusal})
  const body = await readBody(incoming)
  if (body === undefined) return tooLarge()
  if (!isMethod(method)) return methodNotAllowed()
  if (target.startsWith('/_sandbox/'))
    return answerControl({sandbox, courier}, {method, path: target, contentType: headers['content-type'], body})
  const url = originalUrl(target)
  if (url === undefined) return errorResponse({status: 404, code: 20404, message: `Nothing answers at ${target}`})
  return sandbox.send({method, url, headers: headersOf(incoming), ...(body !== '' && {body})})
}

/** A request that came through the proxy, to one of the hosts that the sandbox stands in for. */
async function answerProxied(sandbox: Sandbox, incoming: IncomingMessage, host: string): Promise<HttpResponse> {
  const {method = 'GET', url: target = '/', headers} = incoming
  // A browser that uses the proxy does not let pages work the sandbox.
  const refusal = webPageRefusal(headers, `https://${host}`)
  if (refusal !== undefined) return errorResponse({status: 403, code: 20403, message: refusal})
  const body = await readBody(incoming)
  if (body === undefined) return tooLarge()
  if (!isMethod(method)) return methodNotAllowed()
  const url = `https://${host}${target}`
  if (!target.startsWith('/') || !URL.canParse(url))
    return errorResponse({status: 404, code: 20404, message: `Nothing answers at ${target}`})
  return sandbox.send({method, url, headers: headersOf(incoming), ...(body !== '' && {body})})
}

function tooLarge(): HttpResponse {
  return errorResponse({status: 413, code: 20413, message: 'Request Entity Too Large'})
}

function methodNotAllowed(): HttpResponse {
  return errorResponse({status: 405, code: 20004, message: 'Method not allowed'})
}

/** Where the request would have gone without the sandbox. */
function originalUrl(target: string): string | undefined {
  const [, host = '', rest = ''] = /^\/([^/?]*)(.*)$/s.exec(target) ?? []
  if ((isTwilio(host) || isKore(host)) && URL.canParse(`https://${host}${rest}`)) return `https://${host}${rest}`
  if (host === 'apps' || host === 'account') return `https://${SANDBOX_AKKERIS_HOST}${target}`
  return undefined
}

function isMethod(method: string): method is HttpRequest['method'] {
  return METHODS.includes(method)
}

function headersOf({headers}: IncomingMessage): Record<string, string> {
  const flat = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])
  return Object.fromEntries(flat.filter(([, value]) => value !== undefined)) as Record<string, string>
}

/** Undefined when it is too long. It is read to the end all the same, so that the client gets the answer. */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  return length <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : undefined
}

function reply(outgoing: ServerResponse, {status, headers, body}: HttpResponse): void {
  const bodiless = status === 204 || status === 304
  outgoing.writeHead(status, {...headers, ...(!bodiless && {'content-length': Buffer.byteLength(body)})})
  outgoing.end(bodiless ? undefined : body)
}

/** The beginning of an answer, then the end of the connection. */
function replyInPart(outgoing: ServerResponse): void {
  outgoing.writeHead(200, {'content-type': 'application/json', 'content-length': 1000})
  outgoing.write('{"sid": "', () => outgoing.destroy())
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
