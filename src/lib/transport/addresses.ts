import {usage} from '../errors.js'

/**
 * Where a request to Twilio really goes. Anything but a Twilio host is refused, so that a link in an answer cannot carry the
 * credentials elsewhere.
 */
export function twilioAddress(url: string, endpoint: string | undefined): string {
  if (endpoint !== undefined && (url === endpoint || url.startsWith(`${endpoint}/`))) return url
  const {protocol, host} = new URL(url)
  if (protocol !== 'https:' || !host.endsWith('.twilio.com')) throw new Error(`not an address of Twilio: ${host}`)
  return throughEndpoint(url, endpoint)
}

/** `endpoint` (AKA_TWILIO_ENDPOINT) stands in for all hosts: `https://HOST/PATH` becomes `ENDPOINT/HOST/PATH`. */
export function throughEndpoint(url: string, endpoint: string | undefined): string {
  if (endpoint === undefined) return url
  const {host, pathname, search} = new URL(url)
  return `${endpoint}/${host}${pathname}${search}`
}

/** The opposite: the address at the service itself, also of a link to the endpoint that stands in for it. */
export function withoutEndpoint(url: URL, endpoint: string | undefined): Pick<URL, 'hostname' | 'pathname'> {
  if (endpoint === undefined || !url.href.startsWith(`${endpoint}/`)) return url
  const [, hostname = '', pathname = ''] =
    /^\/([^/]+)(.*)$/.exec(url.href.slice(endpoint.length).split('?')[0] ?? '') ?? []
  return {hostname, pathname}
}

/**
 * The base URL without its last slash.
 * @throws {Failure} `usage` for what is no URL, and for http to anything but this machine: credentials never leave it
 * unencrypted.
 */
export function secureBase(value: string, from: string): string {
  let url: URL
  try {
    url = new URL(value)
  } catch {
    throw usage(
      'ENDPOINT_INVALID',
      `${from} is not a URL.`,
      `Set ${from} to something like https://host or http://127.0.0.1:4010.`,
    )
  }
  const fine = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  if (!fine) {
    throw usage(
      'ENDPOINT_INSECURE',
      `${from} is ${url.origin}: credentials would leave this machine unencrypted.`,
      `Use https:// in ${from}; http:// is for this machine only (127.0.0.1, localhost, [::1]).`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw usage('ENDPOINT_INVALID', `${from} carries a password.`, `Leave user and password out of ${from}.`)
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
