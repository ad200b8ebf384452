import {expect} from '@jest/globals'

import {type Fault, isKore, type LoggedRequest, type Sandbox, type State} from '../../src/sandbox/sandbox.js'
import {type Finished, type Running, startWorld, type World} from './cli.js'

export const CREATE = 'addons:create twilio:small -a api-default --json'
export const DESTROY = 'addons:destroy twilio -a api-default --confirm api-default --json'
/** Past every lease, and past what a run waits before it takes one over. */
export const PAST_THE_LEASE = 80

/** One call of a run, found again in another run by what it calls and how often that was called before. */
export interface Call extends Required<Pick<Fault, 'method' | 'path' | 'nth'>> {
  readonly title: string
}

export const isWrite = ({method}: Pick<Call, 'method'>): boolean => method !== 'GET'

/** What it makes costs, so that it is never sent again: without its effect the run ends with exit 7 (test/lib/lifecycle, test/lib/sims). */
export const isSentOnce = ({title}: Call): boolean =>
  /^POST .*\b(Accounts|IncomingPhoneNumbers|ESimProfiles|Triggers)(\.json)?( \(\d+\))?$/.test(title)

/** The calls since `from`, in the order in which they were sent. */
export function callsOf({requests}: Sandbox, mainAccountSid: string, from = 0): Call[] {
  const seen = new Map<string, number>()
  return requests.slice(from).map((request) => {
    const {method} = request
    const path = pattern(request, mainAccountSid)
    const nth = (seen.get(method + path) ?? 0) + 1
    seen.set(method + path, nth)
    return {title: `${title(request, mainAccountSid)}${nth > 1 ? ` (${nth})` : ''}`, method, path, nth}
  })
}

/** The number of an order of SIMs, which is drawn by lot. */
const ORDER_ID = /ord-[0-9a-z]{8}/g

/** SIDs other than the main account's differ between runs. */
function pattern({host, path}: LoggedRequest, mainAccountSid: string): string {
  const other = `(?!${mainAccountSid})[A-Z]{2}[0-9a-f]{32}`
  const literal = `${host}${path}`.replaceAll('.', String.raw`\.`)
  return `^${literal
    .replaceAll(/[A-Z]{2}[0-9a-f]{32}/g, (sid) => (sid === mainAccountSid ? sid : other))
    .replaceAll(ORDER_ID, ORDER_ID.source)}$`
}

function title({method, host, path}: LoggedRequest, mainAccountSid: string): string {
  const short = path
    .replaceAll(mainAccountSid, 'MAIN')
    .replaceAll(/([A-Z]{2})[0-9a-f]{32}/g, '$1…')
    .replaceAll(ORDER_ID, 'ORDER')
    .replace('/2010-04-01/', '')
    .replace('/v1/Services/default/', '')
  return `${method} ${serverOf(host)}${short}`
}

function serverOf(host: string): string {
  if (host.endsWith('.twilio.com')) return ''
  return isKore(host) ? 'KORE ' : 'Akkeris '
}

/** What is done in a world before the command runs, without a request. */
export type Prepare = (world: World) => Promise<unknown>

/** The calls of a command that meets no trouble. */
export async function callsOfCleanRun(command: string, state?: State, prepare?: Prepare): Promise<Call[]> {
  return inWorld(state, async (world) => {
    await prepare?.(world)
    const run = await world.aka(command)
    if (run.exitCode !== 0) throw new Error(`The clean run of ${command} ends with ${run.exitCode}: ${run.stderr}`)
    return callsOf(world.sandbox, world.accountSid)
  })
}

/** A world that was left in this state by another one. */
async function startWorldWith(state?: State): Promise<World> {
  const world = await startWorld()
  if (state) await world.sandbox.change((fresh) => void Object.assign(fresh, structuredClone(state)))
  return world
}

/** Lets something happen in a world of its own, and always closes it. */
export async function inWorld<T>(state: State | undefined, story: (world: World) => Promise<T>): Promise<T> {
  const world = await startWorldWith(state)
  let result: T
  try {
    result = await story(world)
  } catch (error) {
    await world.close().catch(() => undefined)
    throw error
  }
  await world.close()
  return result
}

/** The state in which these commands leave a new world. */
export async function stateAfter(...commands: string[]): Promise<State> {
  return stateFrom(undefined, ...commands)
}

/** The state in which these commands leave a world that was in another one. */
export async function stateFrom(from: State | undefined, ...commands: string[]): Promise<State> {
  return stateOf(async (world) => {
    for (const command of commands) {
      const run = await world.aka(command)
      if (run.exitCode !== 0) throw new Error(`${command} ends with ${run.exitCode}: ${run.stdout}${run.stderr}`)
    }
  }, from)
}

/** The state of a new world, or of one in this state, after something happened in it. */
export function stateOf(happens: (world: World) => Promise<unknown>, from?: State): Promise<State> {
  return inWorld(from, async (world) => {
    await happens(world)
    return world.sandbox.read((now) => structuredClone(now))
  })
}

/** What a run leaves behind that is killed right before or after this call: nothing of it is on the machine. */
export async function stateAt(command: string, from: State | undefined, call: Omit<Fault, 'do'>): Promise<State> {
  let kept: State | undefined
  await inWorld(from, async (world) => {
    const keep = async (): Promise<void> => {
      kept ??= await world.sandbox.read((now) => structuredClone(now))
    }
    world.sandbox.faults.add({...call, do: {call: keep}})
    await world.aka(command)
  })
  if (!kept) throw new Error(`${command} made no such call: ${JSON.stringify(call)}`)
  return kept
}

/** The same for every write of the run, each once with the calls that are sent together in either order. */
export async function remains(command: string, from?: State, prepare?: Prepare): Promise<[title: string, State][]> {
  const calls = (await callsOfCleanRun(command, from, prepare)).filter(isWrite)
  const left = new Map<string, [string, State]>()
  for (const [order, slow] of Object.entries(callOrders)) {
    await inWorld(from, async (world) => {
      const {sandbox} = world
      await prepare?.(world)
      sandbox.faults.add({...slow, when: 'before', times: 99, do: {delayMs: 30}})
      for (const {title, ...call} of calls) {
        for (const when of ['before', 'after'] as const) {
          const keep = async (): Promise<void> => {
            const state = await sandbox.read((now) => structuredClone(now))
            const name = `${when} ${title}, ${order}`
            left.set(alike(state), left.get(alike(state)) ?? [name, state])
          }
          sandbox.faults.add({...call, when, do: {call: keep}})
        }
      }
      await world.aka(command)
    })
  }
  return [...left.values()]
}

/** Calls that are sent together take effect in either order: the registry's first, or the others'. */
const callOrders = {
  'the registry first': {path: String.raw`^(api\.twilio\.com|apps\.)`},
  'the registry last': {path: String.raw`^sync\.twilio\.com`},
}

/** The same for all that comes after: times, nonces and the numbers of orders aside. */
function alike(state: State): string {
  const text = JSON.stringify(state, (key, value: unknown) => (/At$|nonce|holder/.test(key) ? '' : value))
  return text.replaceAll(ORDER_ID, 'ORDER')
}

/** Lets the main account buy a number, with webhooks of its own. */
export async function ownedNumber({url, accountSid, authToken}: World): Promise<void> {
  const answer = await fetch(`${url}/api.twilio.com/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json`, {
    method: 'POST',
    headers: {authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`},
    body: new URLSearchParams({
      AreaCode: '801',
      FriendlyName: 'Hotline',
      VoiceUrl: 'https://example.com/voice',
      SmsUrl: 'https://example.com/sms',
    }),
  })
  if (answer.status !== 201) throw new Error(await answer.text())
}

/** Twilio's no. */
export function refusal(status: number, code: number): Fault['do'] {
  const body = {code, message: 'No', more_info: `https://www.twilio.com/docs/errors/${code}`, status}
  return {status, body: JSON.stringify(body)}
}

/** What there is now, as far as it costs money or is somebody's. */
export interface Sight {
  /** Subaccounts that are not closed. */
  readonly accounts: readonly string[]
  readonly numbers: readonly {readonly accountSid: string; readonly phoneNumber: string}[]
  readonly vars: Readonly<Record<string, string>>
  /** Registry items by key, each with its state. */
  readonly items: Readonly<Record<string, unknown>>
  readonly restarts: number
}

export function look({sandbox}: World, appSpace = 'api-default'): Promise<Sight> {
  return sandbox.read(({accounts, mainAccountSid, incomingNumbers, apps, syncMaps}) => ({
    accounts: accounts.filter(({sid, status}) => sid !== mainAccountSid && status !== 'closed').map(({sid}) => sid),
    numbers: incomingNumbers.map(({accountSid, phoneNumber}) => ({accountSid, phoneNumber})),
    vars: {...apps[appSpace]?.configVars},
    items: Object.fromEntries(
      syncMaps
        .flatMap(({items}) => Object.entries(items))
        .map(([key, {data}]) => [key, (data as {state?: unknown}).state]),
    ),
    restarts: apps[appSpace]?.restarts ?? 0,
  }))
}

/** One subaccount with one number in it and nothing else anywhere, right config vars, a record that says so. */
export async function expectOneAddon(world: World, {restarts = 1}: {restarts?: number} = {}): Promise<Sight> {
  const sight = await look(world)
  const tokens = await world.sandbox.read(({accounts}) => new Map(accounts.map((each) => [each.sid, each.authToken])))
  const [accountSid = 'none'] = sight.accounts
  expect({...sight, restarts: Math.min(sight.restarts, restarts)}).toEqual({
    accounts: [accountSid],
    numbers: [{accountSid, phoneNumber: expect.stringMatching(/^\+\d+$/)}],
    vars: {
      TWILIO_SID: accountSid,
      TWILIO_AUTH_TOKEN: tokens.get(accountSid),
      TWILIO_PHONE_NUMBER: sight.numbers[0]?.phoneNumber,
    },
    items: {'api-default': 'ready'},
    restarts: sight.restarts,
  })
  return sight
}

/** No subaccount, no number but those, no config vars, no record. */
export async function expectNothing(
  world: World,
  {
    numbers = [],
    vars = {},
    restarts: atMost = 3,
  }: {numbers?: readonly string[]; vars?: Record<string, string>; restarts?: number} = {},
): Promise<void> {
  const {restarts, ...sight} = await look(world)
  expect(restarts).toBeLessThanOrEqual(atMost)
  expect(sight).toEqual({
    accounts: [],
    numbers: numbers.map((phoneNumber) => ({accountSid: world.accountSid, phoneNumber})),
    vars,
    items: {},
  })
}

/** No run may ever show one, whatever happens to it. */
export function expectNoStackTrace({stdout, stderr}: Finished): void {
  expect(stdout + stderr).not.toMatch(/^\s+at .*[:(]\d+/m)
}

/** Resolves once the command has said something like this on stderr, or has ended. */
export function said({child, finished}: Running, what: RegExp): Promise<unknown> {
  const word = new Promise((resolve) => {
    child.stderr?.on('data', (text: string) => {
      if (what.test(text)) resolve(text)
    })
  })
  return Promise.race([word, finished])
}

/** A promise and what keeps it. */
export function signal(): {readonly given: Promise<void>; readonly give: () => void} {
  let give = (): void => undefined
  const given = new Promise<void>((resolve) => (give = resolve))
  return {given, give}
}
