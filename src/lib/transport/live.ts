import type {Dispatcher} from 'undici'

import {usage} from '../errors.js'
import {isLoopback} from './addresses.js'
import {NoAnswer, timeoutMs, type Send} from './types.js'

/** Shorter than a whole try, so that it shows when nothing was sent at all. */
const connectTimeoutMs = 10_000

/** Failures before the request left this machine: nothing can have happened on the other side. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/**
 * Sends over the network: connections are kept alive, HTTPS_PROXY, HTTP_PROXY and NO_PROXY are honoured. What goes to this
 * machine never takes a proxy: it would carry the credentials away unencrypted.
 */
export function liveSender(): Send {
  const dispatchers: {direct?: Promise<Dispatcher>; viaProxy?: Promise<Dispatcher>} = {}

  const load = async (kind: 'direct' | 'viaProxy') => {
    // A CommonJS package: bundled, it has its default export alone.
    const {default: undici} = await import('undici')
    const options = {headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connect: {timeout: connectTimeoutMs}}
    if (kind === 'direct') return new undici.Agent(options)
    try {
      return new undici.EnvHttpProxyAgent(options)
    } catch (error) {
      throw usage(
        'PROXY_INVALID',
        `HTTPS_PROXY or HTTP_PROXY is not a URL (${(error as Error).message}).`,
        'Write it with its scheme, e.g. http://proxy.example.com:8080.',
      )
    }
  }

  return async ({method, url, headers, body}) => {
    const {origin, hostname, pathname, search} = new URL(url)
    const kind = isLoopback(hostname) ? 'direct' : 'viaProxy'
    const dispatcher = await (dispatchers[kind] ??= load(kind))
    // Not AbortSignal.timeout: that would keep each of thousands of requests in memory until its time is over.
    const whole = new AbortController()
    const timer = setTimeout(() => whole.abort(new DOMException('', 'TimeoutError')), timeoutMs)
    try {
      const answer = await dispatcher.request({
        origin,
        path: pathname + search,
        method,
        headers,
        body: body ?? null,
        signal: whole.signal,
      })
      return {status: answer.statusCode, headers: flat(answer.headers), body: await answer.body.text()}
    } catch (error) {
      const codes = causes(error).map(({code}) => code)
      const code = codes.find((each) => typeof each === 'string')
      throw new NoAnswer(sentence(new URL(url).host, error, code), {
        sent: !codes.some((each) => typeof each === 'string' && neverSent.has(each)),
        cause: error,
      })
    } finally {
      clearTimeout(timer)
    }
  }
}

function sentence(host: string, error: unknown, code: string | undefined): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `${host} did not answer within ${timeoutMs / 1000} s`
  return `${host} gave no answer (${code ?? (error instanceof Error ? error.message : 'unknown reason')})`
}

/** An error, what caused it, what caused that … (of every address that was tried, where there were several). */
function causes(error: unknown): {readonly code?: unknown}[] {
  if (typeof error !== 'object' || error === null) return []
  const {cause, errors = []} = error as {cause?: unknown; errors?: unknown[]}
  return [error, ...[cause, ...errors].flatMap(causes)]
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ])
  return Object.fromEntries(entries) as Record<string, string>
}
