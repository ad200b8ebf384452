import {request as requestHttp} from 'node:http'
import {request as requestHttps} from 'node:https'

import type {FailureKind, Overrides} from './overrides.js'

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly location: string | undefined
  readonly body: string
}

/** No answer: there was no connection, or nothing came in time. */
export class Unanswered extends Error {
  readonly kind: Extract<FailureKind, 'ct' | 'rt'>

  constructor(kind: 'ct' | 'rt', message: string) {
    super(message)
    this.name = 'Unanswered'
    this.kind = kind
  }
}

export interface Outgoing {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Far more than any TwiML: Twilio takes 64 KB. */
const LONGEST_ANSWER = 1024 * 1024

/** One request to a program on this machine. Its certificate, if it has one, is not checked. */
export async function request(outgoing: Outgoing, {connectMs, readMs}: Overrides): Promise<Answer> {
  const {method, url, headers, body} = outgoing
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    let connected = false
    const fail = (message: string): void => {
      clearTimeout(timer)
      reject(new Unanswered(connected ? 'rt' : 'ct', message))
      sent.destroy()
    }
    let timer = setTimeout(() => fail(`no connection within ${connectMs} ms`), connectMs)
    const wait = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => fail(`no answer within ${readMs} ms`), readMs)
    }
    const sent = send(url, {method, headers, agent: false, rejectUnauthorized: false})
    sent.on('socket', (socket) => {
      socket.once('connect', () => {
        connected = true
        wait()
      })
    })
    sent.on('error', (error) => fail(error.message))
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk: Buffer) => {
        wait()
        length += chunk.length
        if (length > LONGEST_ANSWER) fail('the answer is too long')
        else chunks.push(chunk)
      })
      response.on('error', (error) => fail(error.message))
      response.on('end', () => {
        clearTimeout(timer)
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          location: response.headers.location,
          body: Buffer.concat(chunks).toString('utf8'),
        })
      })
    })
    sent.end(body)
  })
}
