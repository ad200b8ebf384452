import {badCredentials, Failure, refused} from '../errors.js'
import type {Route} from './route.js'
import {NoAnswer} from './types.js'

/** The proxy opened no tunnel. */
export class ProxyRefused extends Error {
  constructor(readonly status: number) {
    super(`the proxy answered ${status}`)
  }
}

/** Nothing came in that time. */
export class TookTooLong extends Error {
  constructor(readonly afterMs: number) {
    super(`nothing within ${afterMs / 1000} s`)
  }
}

/** Once more for a packet that was lost; a proxy that says nothing to that either is not the right one, or is down. */
const triesOfSilentProxy = 2

/** Failures before the request left this machine: nothing can have happened on the other side. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'])

/** OpenSSL does not trust a certificate (https://nodejs.org/api/tls.html#x509-certificate-error-codes): repeating does not help. */
const untrusted =
  /^(CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH|INVALID_CA)/

/** The other side does not speak TLS, or not any version of it that this machine does. */
const noTls = /^(EPROTO|ERR_SSL_)/

interface Circumstances {
  readonly host: string
  readonly route: Route
  /** Whether the proxy, where there is one, has connected this machine with the host. */
  readonly isTunnelOpen: boolean
  /** Whether a connection stood. */
  readonly sent: boolean
}

/**
 * What a failure of the network means: `NoAnswer` where trying again may help, else a failure that names what stands in between
 * and what to set.
 */
export function explainNetwork(error: unknown, {host, route, isTunnelOpen, sent}: Circumstances): Error {
  const {proxy} = route
  if (error instanceof ProxyRefused) return proxyRefused(error, host, route)
  if (error instanceof TookTooLong && proxy !== undefined && !isTunnelOpen) return proxySilent(error, host, proxy)
  const codes = causes(error).flatMap(({code}) => (typeof code === 'string' ? [code] : []))
  const [code] = codes
  // Who failed: what is behind a proxy is not asked before that has opened its tunnel.
  const other = proxy === undefined || isTunnelOpen ? host : `the proxy ${proxy}`
  if (codes.includes('ERR_TLS_CERT_ALTNAME_INVALID')) return certificateOfAnother(other, error)
  if (codes.some((each) => untrusted.test(each))) return certificateUntrusted(other, code)
  if (codes.some((each) => noTls.test(each))) return tlsFailed(other, code)
  const isUnsent = !sent || codes.some((each) => neverSent.has(each))
  const message = capital(sentence(other, error, code, isTunnelOpen ? proxy : undefined))
  return new NoAnswer(message, {sent: !isUnsent, cause: error, ...(other !== host && {suggestion: checkProxy})})
}

const checkProxy = 'Check HTTPS_PROXY, or set NO_PROXY if the host can be reached without a proxy.'

function proxyRefused({status}: ProxyRefused, host: string, {proxy = '', hasLogin}: Route): Error {
  if (status === 407) {
    return badCredentials(
      'PROXY_LOGIN_REFUSED',
      hasLogin
        ? `The proxy ${proxy} does not accept the login in HTTPS_PROXY (407).`
        : `The proxy ${proxy} asks for a login (407).`,
      'Set HTTPS_PROXY with user and password: http://USER:PASSWORD@HOST:PORT.',
    )
  }
  if (status === 403) {
    return refused(
      'PROXY_REFUSED',
      `The proxy ${proxy} does not let this machine reach ${host} (403).`,
      'Ask whoever runs the proxy, or set NO_PROXY if the host can be reached directly.',
    )
  }
  const answer = Number.isInteger(status) ? String(status) : 'it answered with something other than HTTP'
  return new NoAnswer(`The proxy ${proxy} could not reach ${host} (${answer})`, {sent: false, suggestion: checkProxy})
}

function proxySilent({afterMs}: TookTooLong, host: string, proxy: string): NoAnswer {
  const message = `The proxy ${proxy} opened no connection to ${host} within ${afterMs / 1000} s`
  return new NoAnswer(message, {sent: false, suggestion: checkProxy, mostTries: triesOfSilentProxy})
}

function capital(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text
}

function certificateUntrusted(host: string, code = 'unknown reason'): Failure {
  return new Failure({
    code: 'CERTIFICATE_UNTRUSTED',
    message: `The certificate of ${host} is not trusted (${code}); nothing was sent.`,
    suggestions: [
      'If a proxy of your organisation inspects TLS, give Node its certificate authority: NODE_EXTRA_CA_CERTS=FILE.pem',
      'Otherwise, check the clock of this machine: somebody else may be answering in the place of that host.',
    ],
  })
}

/** Trusted, but in the place of somebody else. */
function certificateOfAnother(host: string, error: unknown): Failure {
  const {cert} = error as {readonly cert?: {readonly subjectaltname?: string}}
  const names = cert?.subjectaltname?.replaceAll(/(DNS|IP Address):/g, '').slice(0, 100)
  return new Failure({
    code: 'CERTIFICATE_UNTRUSTED',
    message: capital(
      `${host} answered with a certificate that is not its own${names ? `, but that of ${names}` : ''}; nothing was sent.`,
    ),
    suggestions: [
      'Another server or a proxy answers in its place: check HTTPS_PROXY, AKKERIS_API_HOST, and the DNS entry of the host.',
    ],
  })
}

function tlsFailed(host: string, code = 'unknown reason'): Failure {
  return new Failure({
    code: 'TLS_FAILED',
    message: capital(`${host} could not be reached over TLS (${code}); nothing was sent.`),
    suggestions: ['Is a proxy or another server answering in its place? Check HTTPS_PROXY and AKKERIS_API_HOST.'],
  })
}

function sentence(host: string, error: unknown, code: string | undefined, proxy: string | undefined): string {
  const through = proxy === undefined ? '' : `, through the proxy ${proxy}`
  if (error instanceof TookTooLong) return `${host} did not answer within ${error.afterMs / 1000} s${through}`
  return `${host} gave no answer (${code ?? (error instanceof Error ? error.message : 'unknown reason')}${through})`
}

/** An error, what caused it, what caused that … (of every address that was tried, where there were several). */
function causes(error: unknown): {readonly code?: unknown}[] {
  if (typeof error !== 'object' || error === null) return []
  const {cause, errors = []} = error as {cause?: unknown; errors?: unknown[]}
  return [error, ...[cause, ...errors].flatMap(causes)]
}
