import type {Akkeris} from '../../src/lib/akkeris/connect.js'
import type {SendGuard} from '../../src/lib/transport/idempotent.js'
import {defaultPolicy, longest, retrying} from '../../src/lib/transport/retry.js'
import type {Transport} from '../../src/lib/transport/transport.js'
import type {HttpResponse, Send} from '../../src/lib/transport/types.js'
import {connectTwilio, type TwilioAccount} from '../../src/lib/twilio/connect.js'
import {createSandbox, type Sandbox, SANDBOX_AKKERIS_HOST} from '../../src/sandbox/sandbox.js'
import {memoryStore} from '../../src/sandbox/state/store.js'

/** Twilio and Akkeris in this process, and who talks to them. Time passes only while somebody waits. */
export interface InProcess {
  readonly sandbox: Sandbox
  readonly transport: Transport
  readonly main: TwilioAccount
  readonly akkeris: Akkeris
  /** How long somebody waited each time, in milliseconds. */
  readonly waits: readonly number[]
  /** What a person was told that is waited for. */
  readonly told: readonly string[]
  /** Happens while somebody waits for the nth time from now on. */
  duringWait(nth: number, happens: () => Promise<unknown>): void
  /** A subaccount, with its own credentials. */
  newSubaccount(friendlyName?: string): Promise<TwilioAccount>
}

export async function startInProcess(start = '2026-03-10T12:00:00Z'): Promise<InProcess> {
  let time = Date.parse(start)
  const waits: number[] = []
  const happenings = new Map<number, () => Promise<unknown>>()
  const sandbox = createSandbox({store: memoryStore(), now: () => time})
  const told: string[] = []
  const paced = transportOf(sandbox.send, async (milliseconds) => {
    waits.push(milliseconds)
    time += milliseconds
    await happenings.get(waits.length)?.()
  })
  const transport: Transport = {...paced, tell: ({what}) => void told.push(what)}
  const {accountSid, authToken} = await sandbox.credentials()
  const main = connectTwilio({accountSid, username: accountSid, password: authToken}, {transport, endpoint: undefined})
  const baseUrl = `https://${SANDBOX_AKKERIS_HOST}`
  return {
    sandbox,
    transport,
    main,
    akkeris: {baseUrl, host: SANDBOX_AKKERIS_HOST, authorization: 'Bearer token-of-a-developer', transport},
    waits,
    told,
    duringWait: (nth, happens) => void happenings.set(waits.length + nth, happens),
    async newSubaccount(friendlyName = 'sub') {
      const {sid, authToken: password} = await (await main.api()).v2010.accounts.create({friendlyName})
      return main.as({accountSid: sid, username: sid, password})
    },
  }
}

/** The rules of repeating, without the time that they take. */
export function transportOf(send: Send, onWait: (milliseconds: number) => unknown = () => undefined): Transport {
  let waited = 0
  const sleep = async (milliseconds: number) => {
    waited += milliseconds
    await onWait(milliseconds)
  }
  const policy = {...defaultPolicy, sleep}
  return {
    sleep,
    now: () => waited,
    pause: (time) => sleep(longest(time, policy)),
    sender: ({beforeEachTry, once} = {}) =>
      retrying(
        async (request) => {
          beforeEachTry?.()
          return send(request)
        },
        {...policy, ...(once && {tries: 1, limitedForMs: -1})},
      ),
  }
}

/** A lease that never runs out. */
export const freely: SendGuard = {requireTime: () => undefined, withTime: async (work) => work()}

/** Answers of this kind in JSON, for what the sandbox never says. */
export function answering(status: number, body: unknown, headers: Record<string, string> = {}): Send {
  return async (): Promise<HttpResponse> => ({status, headers, body: JSON.stringify(body)})
}

/** An address. */
export const office = {
  customerName: 'ACME',
  street: '1 Main St',
  streetSecondary: '',
  city: 'Provo',
  region: 'UT',
  postalCode: '84601',
  isoCountry: 'US',
}
