import type {IncomingHttpHeaders} from 'node:http'

import {isLoopback} from '../../lib/transport/addresses.js'

/**
 * Why a request is not answered, if it is not: a web page in a browser on this machine could otherwise work the sandbox and read its
 * answers, under a name of its own that it lets point here.
 */
export function refusalOf(headers: IncomingHttpHeaders): string | undefined {
  const {host = ''} = headers
  if (!isHere(host)) return 'The sandbox is only at 127.0.0.1, localhost and [::1]'
  return webPageRefusal(headers, `http://${host}`)
}

/** The same of a web page that is not the sandbox's own. */
export function webPageRefusal(
  {origin, 'sec-fetch-site': site}: IncomingHttpHeaders,
  ours: string,
): string | undefined {
  if (origin !== undefined && origin !== ours) return 'The sandbox does not answer other web pages'
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return 'The sandbox does not answer other web pages'
  return undefined
}

function isHere(host: string): boolean {
  const [, name = ''] = /^([^\s/@?#:]+|\[[\d:]+\])(?::\d{1,5})?$/.exec(host) ?? []
  return isLoopback(name.toLowerCase())
}
