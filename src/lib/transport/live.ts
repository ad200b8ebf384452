import type {ClientRequest, IncomingMessage} from 'node:http'

import {isLoopback} from './addresses.js'
import {explainNetwork, ProxyRefused, TookTooLong} from './network-errors.js'
import type {Route, RouteOptions} from './route.js'
import {type HttpRequest, type HttpResponse, type Send, timeoutMs} from './types.js'

/** Shorter than a whole try, so that it shows when nothing was sent at all. */
const connectTimeoutMs = 10_000

/** No answer that is asked for here comes near it. */
const mostBytes = 32 * 1_048_576

/**
 * Sends over the network with node:http(s), which loads in a tenth of what fetch or undici take (bench/): connections are kept
 * alive, HTTPS_PROXY and NO_PROXY are honoured, redirects are not followed. What goes to this machine never takes a proxy: it
 * would carry the credentials away unencrypted.
 */
export function liveSender(): Send {
  const routes = new Map<string, Promise<Route>>()
  const routeTo = async (url: URL): Promise<Route> => {
    const {directRoute, proxiedRoute, proxyFor} = await import('./route.js')
    const proxy = isLoopback(url.hostname) ? undefined : await proxyFor(url)
    const key = `${url.protocol} ${proxy?.href ?? ''}`
    const known = routes.get(key)
    if (known) return known
    const route = proxy ? proxiedRoute(proxy) : directRoute(url.protocol)
    routes.set(key, route)
    return route
  }
  return async (request) => exchange(request, await routeTo(new URL(request.url)))
}

async function exchange({method, url, headers, body}: HttpRequest, route: Route): Promise<HttpResponse> {
  const target = new URL(url)
  const length = body === undefined ? {} : {'content-length': String(Buffer.byteLength(body))}
  const abandoned = new AbortController()
  const options: RouteOptions = {
    method,
    headers: {...headers, ...length},
    agent: route.agent,
    abandoned: abandoned.signal,
  }
  return new Promise((resolve, reject) => {
    const request = route.request(target, options)
    const connection = watchConnection(request)
    let isTunnelOpen = false
    const fail = (error: unknown): void => {
      clearTimeout(whole)
      clearTimeout(connecting)
      request.destroy()
      abandoned.abort()
      reject(explainNetwork(error, {host: target.host, route, isTunnelOpen, sent: connection.isSent}))
    }
    const whole = setTimeout(() => fail(new TookTooLong(timeoutMs)), timeoutMs)
    const connecting = setTimeout(() => {
      if (!connection.isSent) fail(new TookTooLong(connectTimeoutMs))
    }, connectTimeoutMs)
    request.on('error', fail)
    // The proxy's own answer, where it opened no tunnel: it must not be taken for the other side's.
    request.on('proxyConnect', ({statusCode}: {readonly statusCode: number}) => {
      isTunnelOpen = statusCode === 200
      if (!isTunnelOpen) fail(new ProxyRefused(statusCode))
    })
    request.on('response', (response) => {
      read(response).then((text) => {
        clearTimeout(whole)
        clearTimeout(connecting)
        resolve({status: response.statusCode ?? 0, headers: flat(response), body: text})
      }, fail)
    })
    request.end(body)
  })
}

/** Once a connection stands the other side may have the request, whatever becomes of it. */
function watchConnection(request: ClientRequest): {readonly isSent: boolean} {
  const state = {isSent: false}
  request.on('socket', (socket) => {
    const sent = (): void => void (state.isSent = true)
    if (request.reusedSocket || !socket.connecting) sent()
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', sent)
  })
  return state
}

/** By its events: an iterator takes twice as long, which shows where thousands of answers are read. */
async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  return new Promise((resolve, reject) => {
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > mostBytes) reject(new Error(`more than ${mostBytes / 1_048_576} MiB`))
    })
    response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    // A truncated body is one, too.
    response.on('error', reject)
  })
}

function flat({headers}: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ])
  return Object.fromEntries(entries) as Record<string, string>
}
