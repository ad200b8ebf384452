import {setTimeout as wait} from 'node:timers/promises'

import type {HttpRequest, HttpResponse, Send} from '../lib/transport/types.js'
import {answerAkkeris} from './akkeris/answer.js'
import {applyFaults, createFaults, type Faults, type UsualFailure, withoutLatest} from './http/faults.js'
import {isKore, isTwilio} from './http/hosts.js'
import {createRequestLog, type LoggedRequest, type LogWebhook} from './http/request-log.js'
import {errorResponse} from './http/respond.js'
import {answerKore, koreFailure} from './kore/answer.js'
import {koreClient} from './kore/tokens.js'
import {accountBySid} from './state/accounts.js'
import {hash} from './state/ids.js'
import {replaceState} from './state/replace.js'
import type {State, StoredState} from './state/state.js'
import type {StateStore} from './state/store.js'
import type {ApiKey} from './state/types/accounts.js'
import {answerTwilio} from './twilio/answer.js'
import {initialState, type MainAccountOptions, upgradeState} from './world/initial-state.js'

export {isKore, isTwilio, SANDBOX_AKKERIS_HOST} from './http/hosts.js'
export type {Fault} from './http/faults.js'
export type {LoggedRequest} from './http/request-log.js'
export type {State} from './state/state.js'

export interface SandboxOptions {
  readonly store: StateStore
  /** What SIDs, tokens and phone numbers are derived from. Only a new state uses it, and `account`. */
  readonly seed?: string | number
  /** In milliseconds. The state's clock offset is added to it. */
  readonly now?: () => number
  /** How the time of a slow answer passes. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>
  readonly account?: MainAccountOptions
  /** Whether a reset leaves messages to the US from numbers that may not send refused. */
  readonly strictUs?: boolean
  readonly latencyMs?: number
}

interface Key {
  readonly sid: string
  readonly secret: string
}

export interface Sandbox {
  readonly send: Send
  /** The requests of this process, oldest first. */
  readonly requests: readonly LoggedRequest[]
  readonly logWebhook: LogWebhook
  readonly faults: Faults
  /** Calls the listener with every answer, and with the request as it would have gone to Twilio or Akkeris. */
  onExchange(listener: (request: HttpRequest, response: HttpResponse) => void): void
  advanceClock(seconds: number): Promise<void>
  /** `now` is the sandbox's time. */
  read<T>(reader: (state: Readonly<State>, now: number) => T): Promise<T>
  /** `change` must be synchronous. */
  change<T>(change: (state: State, now: number) => T): Promise<T>
  /** Everything is as it was at first: no faults are left, and no requests. */
  reset(): Promise<void>
  credentials(): Promise<{
    accountSid: string
    authToken: string
    apiKey: Key
    standardKey: Key
    kore: {clientId: string; clientSecret: string}
  }>
}

function usualFailureOf(host: string): UsualFailure {
  if (isTwilio(host)) return errorResponse
  if (isKore(host)) return (refusal) => koreFailure(host, refusal)
  return ({status}) => ({
    status,
    headers: {'content-type': 'application/json'},
    body: `The sandbox answers ${status}.`,
  })
}

/** A stateful stand-in for those operations of Twilio and Akkeris that the commands use. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const {store, seed = 'sandbox', now = Date.now, sleep = wait, account = {}, strictUs = false, latencyMs = 0} = options
  const log = createRequestLog()
  const faults = createFaults()
  const listeners: ((request: HttpRequest, response: HttpResponse) => void)[] = []
  let answers = 0
  let current: State | undefined

  /** Looked at once: nothing that is done to a state makes it an older one. */
  const ofThisVersion = (stored: StoredState): State => {
    if (stored !== current) current = upgradeState(stored)
    return current
  }
  const timeOf = (state: Readonly<State>): number => now() + state.clockOffsetMs
  const change = <T>(work: (state: State, now: number) => T): Promise<T> =>
    store.transact(
      (stored) => {
        const state = ofThisVersion(stored)
        return work(state, timeOf(state))
      },
      () => initialState(String(seed), now(), account),
    )
  const read = async <T>(reader: (state: Readonly<State>, now: number) => T): Promise<T> => {
    const stored = await store.read()
    if (!stored) return change(reader)
    const state = ofThisVersion(stored)
    return reader(state, timeOf(state))
  }

  async function operate(request: HttpRequest, url: URL): Promise<HttpResponse> {
    const {method, headers, body} = request
    const operation = (state: State): HttpResponse => {
      const now = timeOf(state)
      if (isTwilio(url.hostname)) return answerTwilio({state, now, request, url})
      if (isKore(url.hostname)) return answerKore({state, now, request, url})
      return answerAkkeris({state, now, method, path: url.pathname, body}, headers.authorization)
    }
    // Reading needs no lock.
    return method === 'GET' ? read(operation) : change(operation)
  }

  async function answer(request: HttpRequest, url: URL): Promise<HttpResponse> {
    const {before, after} = faults.match(request, {host: url.hostname, path: url.pathname})
    const twilio = isTwilio(url.hostname) || isKore(url.hostname)
    if (latencyMs > 0) await sleep(latencyMs)
    const usual = usualFailureOf(url.hostname)
    let response = await applyFaults(before, {usual, sleep})
    if (!response) {
      response = await operate(request, url)
      if (after.length > 0) response = withoutLatest(response, after, await read(timeOf))
      response = (await applyFaults(after, {usual, sleep})) ?? response
    }
    return {...response, headers: {...(await commonHeaders(twilio)), ...response.headers}}
  }

  async function commonHeaders(twilio: boolean): Promise<Record<string, string>> {
    const {date, stateSeed} = await read((state) => ({date: new Date(timeOf(state)), stateSeed: state.seed}))
    answers += 1
    return {
      date: date.toUTCString(),
      ...(twilio && {'twilio-request-id': `RQ${hash(stateSeed, `answer ${process.pid} ${answers}`)}`}),
    }
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
    logWebhook: log.startWebhook,
    faults: {add: faults.add, clear: faults.clear},
    onExchange: (listener) => void listeners.push(listener),
    advanceClock: (seconds) => change((state) => void (state.clockOffsetMs += seconds * 1000)),
    read,
    change,
    reset: async () => {
      faults.clear()
      log.clear()
      await change((state) => replaceState(state, {...initialState(state.seed, now(), account), strictUs}))
    },
    credentials: () =>
      read((state) => ({
        accountSid: state.mainAccountSid,
        authToken: accountBySid(state, state.mainAccountSid)?.authToken ?? '',
        apiKey: keyOfType(state.keys, 'Main'),
        standardKey: keyOfType(state.keys, 'Standard'),
        kore: koreClient(state),
      })),
  }
}

function keyOfType(keys: readonly ApiKey[], wanted: ApiKey['type']): Key {
  const {sid, secret} = keys.find(({type}) => type === wanted) ?? {sid: '', secret: ''}
  return {sid, secret}
}
