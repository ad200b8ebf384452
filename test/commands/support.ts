import {afterEach, expect} from '@jest/globals'

import type {LoggedRequest, State} from '../../src/sandbox/sandbox.js'
import {INCOMING_NUMBER_SETTINGS} from '../../src/sandbox/twilio/api/incoming-number-settings.js'
import {defaultSettings} from '../../src/sandbox/twilio/shared/settings.js'
import {type Finished, type RunOptions, startWorld, type World, type WorldOptions} from '../support/cli.js'
import {CTRL_C, type Terminal} from '../support/terminal.js'

/** Two cores: more at once would only wait for each other. */
const AT_ONCE = 4

/** Starts worlds that are closed after the test, whether it passed or not: an open one would keep Jest from ending. */
export function worlds(always: WorldOptions = {}): (options?: WorldOptions) => Promise<World> {
  const open: World[] = []
  afterEach(async () => {
    for (const world of open.splice(0)) await world.close()
  })
  return async (options) => {
    const world = await startWorld({...always, ...options})
    open.push(world)
    return world
  }
}

export type Run = string | readonly [args: string, options: RunOptions]

/** Runs commands that do not disturb each other, a few at a time. The results have the names of the runs. */
export async function runAll<Name extends string>(
  world: World,
  runs: Readonly<Record<Name, Run>>,
): Promise<Record<Name, Finished>> {
  const results: Partial<Record<Name, Finished>> = {}
  const queue = Object.entries<Run>(runs) as [Name, Run][]
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [name, run] = next
      results[name] = await (typeof run === 'string' ? world.aka(run) : world.aka(...run))
    }
  }
  await Promise.all(Array.from({length: AT_ONCE}, work))
  // In the order of the runs, whichever ended first.
  const ordered = Object.keys(runs).map((name) => [name, results[name as Name]])
  return Object.fromEntries(ordered) as Record<Name, Finished>
}

/** One of the runs. */
export function runOf(runs: Readonly<Record<string, Finished>>, name: string): Finished {
  const run = runs[name]
  if (!run) throw new Error(`nothing ran as ${name}`)
  return run
}

/** What was sent that could change anything at Twilio or Akkeris, oldest first: not what found nothing to change. */
export function changes(requests: readonly LoggedRequest[]): LoggedRequest[] {
  return requests.filter(({method, status}) => method !== 'GET' && status !== 404)
}

export function snapshot({sandbox}: World): Promise<State> {
  return sandbox.read((state) => structuredClone(state))
}

export function record(state: Readonly<State>, appSpace: string): Record<string, unknown> | undefined {
  return state.syncMaps.flatMap(({items}) => items[appSpace] ?? [])[0]?.data as Record<string, unknown> | undefined
}

export function configVars(state: Readonly<State>, appSpace: string): Readonly<Record<string, string>> {
  return state.apps[appSpace]?.configVars ?? {}
}

export function subaccounts(state: Readonly<State>): State['accounts'] {
  return state.accounts.filter(({sid}) => sid !== state.mainAccountSid)
}

/** Writes the registry's record of an app-space as another machine could have left it. */
export function changeRecord(world: World, appSpace: string, change: (data: Record<string, unknown>) => void) {
  return world.sandbox.change((state) => {
    const data = record(state, appSpace)
    if (!data) throw new Error(`the registry has no ${appSpace}`)
    change(data)
  })
}

/** A number that the main account has had for a while. Gives its SID. */
export function ownNumber({sandbox}: World, phoneNumber: string): Promise<string> {
  return sandbox.change((state) => {
    const sid = `PN${phoneNumber.slice(1).padStart(32, '0')}`
    state.incomingNumbers.push({
      sid,
      accountSid: state.mainAccountSid,
      phoneNumber,
      friendlyName: phoneNumber,
      isoCountry: 'US',
      addressRequirements: 'none',
      capabilities: {voice: true, sms: true, mms: true},
      addressSid: null,
      bundleSid: null,
      settings: defaultSettings(INCOMING_NUMBER_SETTINGS),
      createdAt: 0,
      updatedAt: 0,
    })
    return sid
  })
}

/** What must not be shown: tokens and key secrets, as they are and as they are sent. */
export async function secretsOf(world: World): Promise<string[]> {
  const {accounts, keys} = await snapshot(world)
  const pairs = [
    ...accounts.map(({sid, authToken}) => [sid, authToken] as const),
    ...keys.map(({sid, secret}) => [sid, secret] as const),
  ]
  const basic = (sid: string, secret: string) => Buffer.from(`${sid}:${secret}`).toString('base64')
  return [...pairs.flatMap(([sid, secret]) => [secret, basic(sid, secret)]), world.env.API_TOKEN ?? '']
}

/** Both streams of a run. */
export const spoken = ({stdout, stderr}: Finished): string => `${stdout}\n${stderr}`

/** A line of a stack trace, or what Node says when it ends. */
export const STACK = /^\s+at .*[:(]|node:internal|UnhandledPromise/m

/** What a run on many app-spaces printed with --json: a document a line, in the order of the list. */
export function documentsOf({stdout}: Finished): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .sort((a, b) => Number(a.line) - Number(b.line))
}

/** Ctrl-C while a number is bought: the run ends between two changes. */
export async function expectStopAtPurchase({sandbox}: World, terminal: Terminal): Promise<void> {
  const stop = async (): Promise<void> => {
    const stopping = terminal.shows(/Stopping/)
    terminal.type(CTRL_C)
    await stopping
  }
  sandbox.faults.add({method: 'POST', path: 'IncomingPhoneNumbers', when: 'before', do: {call: stop}})
  expect(await terminal.ended).toBe(130)
  expect(terminal.shown()).not.toMatch(STACK)
}

/** One subaccount with one number, however many runs it took. */
export async function expectOneOfEach(world: World): Promise<void> {
  const state = await snapshot(world)
  expect(subaccounts(state)).toHaveLength(1)
  expect(state.incomingNumbers).toHaveLength(1)
}
