import {setTimeout as sleep} from 'node:timers/promises'

import type {HttpRequest, HttpResponse, Send} from '../lib/transport/types.js'
import {answerAkkeris} from './akkeris/answer.js'
import {createFaults, applyFaults, type Faults} from './http/faults.js'
import {hash} from './state/ids.js'
import {createRequestLog, type LoggedRequest} from './http/request-log.js'
import {initialState, type ApiKey, type MainAccountOptions, type State} from './state/state.js'
import type {StateStore} from './state/store.js'
import {answerTwilio} from './twilio/answer.js'

export type {Fault, FaultAction, Faults} from './http/faults.js'
export type {LoggedRequest} from './http/request-log.js'
export type {State} from './state/state.js'

/** In process, Akkeris is found at `https://apps.sandbox.invalid/apps/…`. */
export const SANDBOX_AKKERIS_HOST = 'apps.sandbox.invalid'

export interface SandboxOptions {
  readonly store: StateStore
  /** What SIDs, tokens and phone numbers follow from. Counts only while there is no state yet, like `account`. */
  readonly seed?: string | number
  /** Milliseconds. The state's own clock offset is added to it. */
  readonly now?: () => number
  readonly account?: MainAccountOptions
  readonly latencyMs?: number
}

export interface Key {
  readonly sid: string
  readonly secret: string
}

export interface Sandbox {
  readonly send: Send
  /** What this process sent, oldest first. */
  readonly requests: readonly LoggedRequest[]
  readonly faults: Faults
  /** Hears of every answer that was given, with the request as it would have gone to Twilio or Akkeris. */
  onExchange(listener: (request: HttpRequest, response: HttpResponse) => void): void
  advanceClock(seconds: number): Promise<void>
  read<T>(look: (state: Readonly<State>) => T): Promise<T>
  /** `change` must be synchronous. `now` is the sandbox's time. */
  change<T>(change: (state: State, now: number) => T): Promise<T>
  credentials(): Promise<{accountSid: string; authToken: string; apiKey: Key; standardKey: Key}>
}

/** A stateful stand-in for the operations of Twilio and Akkeris that the commands use. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const {store, seed = 'sandbox', now = Date.now, account = {}, latencyMs = 0} = options
  const log = createRequestLog()
  const faults = createFaults()
  const listeners: ((request: HttpRequest, response: HttpResponse) => void)[] = []
  let answers = 0

  const init = (): State => initialState(String(seed), now(), account)
  const change = <T>(work: (state: State, now: number) => T): Promise<T> =>
    store.transact((state) => work(state, now() + state.clockOffsetMs), init)
  const read = async <T>(look: (state: Readonly<State>) => T): Promise<T> => {
    const state = await store.read()
    return state ? look(state) : change(look)
  }

  async function handle(request: HttpRequest, url: URL): Promise<HttpResponse> {
    const answer = (state: State): HttpResponse => {
      const time = now() + state.clockOffsetMs
      if (isTwilio(url.hostname)) return answerTwilio({state, now: time, request, url})
      const {method, headers, body} = request
      return answerAkkeris({
        state,
        now: time,
        method,
        path: url.pathname,
        authorization: headers.authorization,
        body,
      })
    }
    // What only reads needs no lock.
    return request.method === 'GET' ? read(answer) : change(answer)
  }

  async function answer(request: HttpRequest, url: URL): Promise<HttpResponse> {
    const {before, after} = faults.match(request, {host: url.hostname, path: url.pathname})
    const twilio = isTwilio(url.hostname)
    if (latencyMs > 0) await sleep(latencyMs)
    let response = await applyFaults(before, twilio)
    if (!response) {
      response = await handle(request, url)
      response = (await applyFaults(after, twilio)) ?? response
    }
    return {...response, headers: {...(await commonHeaders(twilio)), ...response.headers}}
  }

  async function commonHeaders(twilio: boolean): Promise<Record<string, string>> {
    const {clockOffsetMs, seed: stateSeed} = await read((state) => state)
    const date = new Date(now() + clockOffsetMs).toUTCString()
    answers += 1
    return {date, ...(twilio && {'twilio-request-id': `RQ${hash(stateSeed, `answer ${process.pid} ${answers}`)}`})}
  }

  async function send(request: HttpRequest): Promise<HttpResponse> {
    const url = new URL(request.url)
    const finish = log.start(request, url)
    let response: HttpResponse | undefined
    try {
      response = await answer(request, url)
    } finally {
      finish(response?.status)
    }
    for (const listener of listeners) listener(request, response)
    return response
  }

  return {
    send,
    requests: log.entries,
    faults: {add: faults.add, clear: faults.clear},
    onExchange: (listener) => void listeners.push(listener),
    advanceClock: (seconds) => change((state) => void (state.clockOffsetMs += seconds * 1000)),
    read,
    change,
    credentials: () =>
      read(({mainAccountSid, accounts, keys}) => ({
        accountSid: mainAccountSid,
        authToken: accounts.find(({sid}) => sid === mainAccountSid)?.authToken ?? '',
        apiKey: keyOfType(keys, 'Main'),
        standardKey: keyOfType(keys, 'Standard'),
      })),
  }
}

export function isTwilio(host: string): boolean {
  return host.endsWith('.twilio.com')
}

function keyOfType(keys: readonly ApiKey[], wanted: ApiKey['type']): Key {
  const {sid, secret} = keys.find(({type}) => type === wanted) ?? {sid: '', secret: ''}
  return {sid, secret}
}
