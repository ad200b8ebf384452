import {createServer, type IncomingMessage, type RequestListener} from 'node:http'
import type {Duplex} from 'node:stream'
import {TLSSocket} from 'node:tls'

import {isKore, isTwilio, SANDBOX_AKKERIS_HOST} from '../http/hosts.js'
import type {Authority} from './authority.js'

/** Longer than a client waits between two requests. */
const IDLE_MS = 120_000

interface Proxy {
  /** Of a server: a client asks to be connected with a host. */
  readonly connect: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** The host that a request was sent to; undefined for one that did not come through the proxy. */
  readonly hostOf: (request: IncomingMessage) => string | undefined
  readonly close: () => void
}

/**
 * Plays the hosts of Twilio, KORE and Akkeris to programs that are told to use a proxy for https. Nothing is ever forwarded: every other
 * host is refused.
 */
export function createProxy({contextFor}: Authority, answer: RequestListener): Proxy {
  const hosts = new WeakMap<object, string>()
  const sockets = new Set<Duplex>()
  const inner = createServer(answer)
  return {
    connect(request, socket, head) {
      // A client that goes away in the middle of it is nobody's fault.
      socket.on('error', () => socket.destroy())
      const host = hostIn(request.url ?? '')
      if (host === undefined) {
        const refusal = `The sandbox answers Twilio's hosts and KORE's, and forwards nothing: ${request.url ?? ''}\n`
        const length = Buffer.byteLength(refusal)
        socket.end(
          `HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${refusal}`,
        )
        return
      }
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      // In these very letters: Twilio's SDK for PHP takes anything else for Twilio's answer.
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (head.length > 0) socket.unshift(head)
      const secure = new TLSSocket(socket, {
        isServer: true,
        secureContext: contextFor(host),
        ALPNProtocols: ['http/1.1'],
      })
      secure.on('error', () => socket.destroy())
      secure.setTimeout(IDLE_MS, () => socket.destroy())
      hosts.set(secure, host)
      inner.emit('connection', secure)
    },
    hostOf: ({socket}) => hosts.get(socket),
    close: () => {
      inner.closeAllConnections()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** The host of `HOST:443`, if it is one of those that the sandbox stands in for. */
function hostIn(authority: string): string | undefined {
  const [, host = ''] = /^([a-z\d.-]+):443$/.exec(authority.toLowerCase()) ?? []
  return isTwilio(host) || isKore(host) || host === SANDBOX_AKKERIS_HOST ? host : undefined
}
