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

type StartApp = (answers?: Record<string, Answer | Answer[]>) => ReturnType<typeof startApp>

/** Starts applications, each until its test ends. */
export function apps(): StartApp {
  const open: {readonly close: () => void}[] = []
  afterEach(() => {
    for (const app of open.splice(0)) app.close()
  })
  return async (answers) => {
    const app = await startApp(answers)
    open.push(app)
    return app
  }
}

/** An application on this machine. It answers what it is given, path by path; the last answer again and again. */
async function startApp(answers: Record<string, Answer | Answer[]> = {}) {
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
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return {url, hits, answers, close}
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

export const NUMBER = '+18015550100'
export const PHONE = '+14155550123'

/** Makes sandboxes whose clock stands still until it is advanced, each with an application and a number of the main account's. */
export function webhookWorlds() {
  const start = apps()
  return (answers: Record<string, Answer | Answer[]> = {}) => webhookWorld(start, answers)
}

async function webhookWorld(start: StartApp, answers: Record<string, Answer | Answer[]>) {
  const app = await start(answers)
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
