import {mock} from 'node:test'
import {setImmediate} from 'node:timers/promises'

import {AddonRegistry} from '../../src/lib/addon/addon-registry.js'
import type {AddonContext} from '../../src/lib/addon/context.js'
import {createTransport} from '../../src/lib/transport/transport.js'
import type {HttpResponse, Send} from '../../src/lib/transport/types.js'
import {connectTwilio} from '../../src/lib/twilio/connect.js'
import {twilioSims} from '../../src/lib/twilio/sims/service.js'
import {errorResponse} from '../../src/sandbox/http/respond.js'
import {createSandbox, isTwilio, type Sandbox, SANDBOX_AKKERIS_HOST, type State} from '../../src/sandbox/sandbox.js'
import {memoryStore} from '../../src/sandbox/state/store.js'

/** How much Twilio takes at once; beyond it, it answers 429. */
export interface Limits {
  readonly concurrent: number
  /** Of one object of Sync, e.g. a Map with all its items: reads, and writes. */
  readonly perSecond: number
}

/** Many machines that work at the same time, all in this process. Time passes only when all of them wait. */
export interface Crowd {
  readonly sandbox: Sandbox
  /** How often Twilio answered 429. */
  readonly limited: number
  /** Lets one run for each piece of work begin at once. */
  run<Result>(...work: readonly ((context: AddonContext) => Promise<Result>)[]): Promise<PromiseSettledResult<Result>[]>
}

export async function startCrowd({
  limits = {concurrent: Infinity, perSecond: Infinity},
  from,
}: {readonly limits?: Limits | undefined; readonly from?: State} = {}): Promise<Crowd> {
  const time = virtualTime(Date.parse('2026-03-10T12:00:00Z'))
  const sandbox = createSandbox({store: memoryStore(), now: time.now, sleep: time.sleep})
  if (from) await sandbox.change((fresh) => void Object.assign(fresh, structuredClone(from)))
  let refused = 0
  const server = limited(sandbox.send, {...limits, time, onLimited: () => void (refused += 1)})
  const {accountSid, authToken} = await sandbox.credentials()

  const newMachine = (): AddonContext => {
    const transport = createTransport({send: server, signal: new AbortController().signal, wait: time.sleep})
    const main = connectTwilio(
      {accountSid, username: accountSid, password: authToken},
      {transport, endpoint: undefined},
    )
    return {
      main,
      registry: new AddonRegistry(main, 'aka-twilio'),
      akkeris: {
        baseUrl: `https://${SANDBOX_AKKERIS_HOST}`,
        host: SANDBOX_AKKERIS_HOST,
        authorization: 'Bearer token-of-a-developer',
        transport,
      },
      simService: async () => twilioSims(main, 'US'),
      waiting: {wait: true, onWait: () => undefined},
      progress: async (_, work) => work(),
      warn: () => undefined,
      subaccounts: {limit: () => 1000, keptIn: undefined},
    }
  }
  return {
    sandbox,
    get limited() {
      return refused
    },
    run: (...work) => time.during(() => Promise.allSettled(work.map(async (each) => each(newMachine())))),
  }
}

interface Time {
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Lets time pass until the work is done. */
  during<Result>(work: () => Promise<Result>): Promise<Result>
}

function virtualTime(start: number): Time {
  let now = start
  const sleepers: {readonly due: number; readonly wake: () => void}[] = []
  return {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        const due = now + milliseconds
        const at = sleepers.findIndex((other) => other.due > due)
        sleepers.splice(at < 0 ? sleepers.length : at, 0, {due, wake})
      }),
    async during(work) {
      const clocks = [mock.method(Date, 'now', () => now), mock.method(performance, 'now', () => now)]
      try {
        const state = {isDone: false}
        const result = work().finally(() => (state.isDone = true))
        while (!state.isDone) {
          await setImmediate()
          const next = sleepers.shift()
          if (!next) continue
          now = next.due
          next.wake()
        }
        return await result
      } finally {
        clocks.forEach((clock) => clock.mock.restore())
      }
    },
  }
}

interface Limiting extends Limits {
  readonly time: Pick<Time, 'now' | 'sleep'>
  readonly onLimited: () => void
}

/** Answers take their time, and 429 is said to what is too much. */
export function limited(send: Send, {concurrent, perSecond, time, onLimited}: Limiting): Send {
  const random = randomFrom(1)
  const lately = {reads: [] as number[], writes: [] as number[]}
  let atWork = 0
  const isTooMuch = ({method, path}: {method: string; path: string}): boolean => {
    if (atWork > concurrent) return true
    if (!path.includes('/Maps/')) return false
    const kind = method === 'GET' ? 'reads' : 'writes'
    lately[kind] = lately[kind].filter((at) => at > time.now() - 1000)
    if (lately[kind].length >= perSecond) return true
    lately[kind].push(time.now())
    return false
  }
  return async (request): Promise<HttpResponse> => {
    const {hostname, pathname: path} = new URL(request.url)
    await time.sleep(10 + random() * 30)
    if (!isTwilio(hostname)) return send(request)
    atWork += 1
    try {
      if (isTooMuch({method: request.method, path})) {
        onLimited()
        return errorResponse({status: 429, code: path.includes('/Maps/') ? 54009 : 20429, message: 'Too Many Requests'})
      }
      await time.sleep(request.method === 'GET' ? 50 + random() * 200 : 200 + random() * 800)
      return await send(request)
    } finally {
      atWork -= 1
    }
  }
}

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
