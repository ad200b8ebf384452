import {createServer, type IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'

import {afterEach} from '@jest/globals'

import {createCourier} from '../../../src/sandbox/webhooks/courier.js'
import {sdk} from '../sdk.js'
import {mainLogin, newSandbox} from '../support.js'

interface Hit {
  readonly method: string
  readonly path: string
  /** As the program that is asked sees it. */
  readonly url: string
  readonly form: Record<string, string>
  readonly signature: string
}

type Answer =
  string | {readonly status?: number; readonly type?: string; readonly location?: string; readonly body?: string}

const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** An application on this machine. It answers what it is given, path by path; the last answer again and again. */
export async function startApp(answers: Record<string, Answer | Answer[]> = {}) {
  const hits: Hit[] = []
  const server = createServer((incoming, outgoing) => {
    void textOf(incoming).then((body) => {
      const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? ''}`)
      const form = incoming.method === 'POST' ? new URLSearchParams(body) : url.searchParams
      hits.push({
        method: incoming.method ?? '',
        path: url.pathname,
        url: `http://${incoming.headers.host ?? ''}${incoming.url ?? ''}`,
        form: Object.fromEntries(form),
        signature: String(incoming.headers['x-twilio-signature']),
      })
      const given = answers[url.pathname] ?? ''
      const answer = Array.isArray(given) ? (given.length > 1 ? given.shift() : given[0]) : given
      const {
        status = 200,
        type = 'text/xml',
        location,
        body: text = '',
      } = typeof answer === 'string' ? {body: answer} : (answer ?? {})
      outgoing.writeHead(status, {'content-type': type, ...(location !== undefined && {location})})
      outgoing.end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {url, hits, answers, close: () => server.close()}
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

export const NUMBER = '+18015550100'
export const PHONE = '+14155550123'

/** A sandbox whose clock stands still until it is advanced, an application, and a number of the main account's. */
export async function webhookWorld(answers: Record<string, Answer | Answer[]> = {}) {
  const app = await startApp(answers)
  const sandbox = newSandbox({now: () => Date.parse('2026-03-01T12:00:00Z')})
  const login = await mainLogin(sandbox)
  const twilio = sdk(sandbox, login)
  const courier = await createCourier(sandbox)
  /** What happens in so many seconds. */
  const pass = async (seconds: number): Promise<void> => {
    await sandbox.advanceClock(seconds)
    await courier.tick()
    await courier.settled()
  }
  const buy = (settings: object) => twilio.incomingPhoneNumbers.create({phoneNumber: NUMBER, ...settings})
  return {app, sandbox, twilio, courier, pass, buy, authToken: login.password}
}

/** TwiML with these verbs. */
export const response = (verbs: string): string => `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`
