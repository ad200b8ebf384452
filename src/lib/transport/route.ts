import type {Agent, ClientRequest, RequestOptions} from 'node:http'
import type {Socket} from 'node:net'

import type {HttpsProxyAgent} from 'https-proxy-agent'

import {type Failure, usage} from '../errors.js'

/** How requests leave this machine: directly, or through a proxy. */
export interface Route {
  readonly agent: Agent
  readonly request: (url: URL, options: RouteOptions) => ClientRequest
  /** Without its password; undefined where there is none. */
  readonly proxy: string | undefined
  /** For the proxy. */
  readonly hasLogin: boolean
}

export interface RouteOptions extends RequestOptions {
  /** Aborted when nobody waits for an answer any more. */
  readonly abandoned: AbortSignal
}

const keepAlive = {keepAlive: true} as const

/** TLS is loaded for https alone: a server on this machine needs none. */
export async function directRoute(protocol: string): Promise<Route> {
  if (protocol === 'http:') {
    const http = await import('node:http')
    return {agent: new http.Agent(keepAlive), request: http.request, proxy: undefined, hasLogin: false}
  }
  const https = await import('node:https')
  return {agent: new https.Agent(keepAlive), request: https.request, proxy: undefined, hasLogin: false}
}

export async function proxiedRoute(proxy: URL): Promise<Route> {
  // A CommonJS package: bundled, it has its default export alone.
  const [https, {default: proxies}] = await Promise.all([import('node:https'), import('https-proxy-agent')])
  /** Closes what opens no tunnel: the package leaves that connection open, and the process would wait for it to end. */
  class ProxyAgent extends proxies.HttpsProxyAgent<string> {
    override connect(...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>): Promise<Socket> {
      Object.assign(this.connectOpts, {signal: (options as Partial<RouteOptions>).abandoned})
      return super.connect(request, options)
    }
  }
  // The agent writes its URL to DEBUG: the login goes apart from it.
  const {username, password} = proxy
  const bare = new URL(proxy)
  bare.username = bare.password = ''
  const headers = username === '' ? undefined : {'proxy-authorization': basic(username, password)}
  const agent = new ProxyAgent(bare, {...keepAlive, ...(headers && {headers})})
  return {agent, request: https.request, proxy: proxy.host, hasLogin: username !== ''}
}

function basic(username: string, password: string): string {
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return `Basic ${Buffer.from(login).toString('base64')}`
}

const variables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']

/** The proxy that the environment names for a URL, unless NO_PROXY excepts it. @throws {Failure} `usage` for what is no URL */
export async function proxyFor(url: URL): Promise<URL | undefined> {
  const {env} = process
  const set = variables.find((name) => env[name])
  if (set === undefined) return undefined
  const {getProxyForUrl} = await import('proxy-from-env')
  if (getProxyForUrl(url.href) === '') return undefined
  const value = env[set] ?? ''
  if (/^socks/i.test(value)) throw socksUnsupported(set, value)
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return new URL(value)
  throw usage('PROXY_INVALID', `${set} is not a URL.`, 'Write it with its scheme, e.g. http://proxy.example.com:8080.')
}

function socksUnsupported(variable: string, value: string): Failure {
  const proxy = URL.canParse(value) ? new URL(value).host : 'it'
  return usage(
    'PROXY_UNSUPPORTED',
    `${variable} names a SOCKS proxy (${proxy}), but this program supports only HTTP proxies; nothing was sent.`,
    'Set HTTPS_PROXY to an HTTP proxy: it takes precedence over ALL_PROXY.',
    'If the hosts can be reached without one: NO_PROXY=.twilio.com,HOST-OF-AKKERIS',
  )
}
