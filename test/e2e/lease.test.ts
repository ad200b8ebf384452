import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {describe, expect, it} from '@jest/globals'

import {NoAnswer} from '../../src/lib/transport/types.js'
import type {Fault} from '../../src/sandbox/sandbox.js'
import {type Finished, json, type Running, type World} from '../support/cli.js'
import {
  CREATE,
  DESTROY,
  expectNoStackTrace,
  expectOneAddon,
  inWorld,
  PAST_THE_LEASE,
  refusal,
  said,
  signal,
} from '../support/faults.js'

const ACCOUNT = {method: 'POST', path: String.raw`^api\.twilio\.com/2010-04-01/Accounts\.json$`}
const NUMBER = {method: 'POST', path: String.raw`/IncomingPhoneNumbers\.json$`}
const PATCH = {method: 'PATCH', path: 'config-vars'}
const CLAIM = {method: 'POST', path: String.raw`/Maps/aka-twilio/Items$`}
const FIRST_RECORD = {method: 'POST', path: String.raw`/Items/api-default$`}

/** The clocks of a child, as far as JavaScript sees them, are as far ahead as the file says. */
function withClocksOf(file: string): Record<string, string> {
  const shim = `import {readFileSync} from 'node:fs'
const ahead = () => { try { return Number(readFileSync(${JSON.stringify(file)}, 'utf8')) } catch { return 0 } }
for (const clock of [Date, performance]) { const now = clock.now.bind(clock); clock.now = () => now() + ahead() * 1000 }`
  return {NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shim)}`}
}

/** Starts a create whose process stands still from this call on. What the call waits for decides what becomes of it. */
async function stopAt(
  world: World,
  fault: {method: string; path: string; when: 'before' | 'after'},
  becomes: () => Promise<void> | void = () => undefined,
  refused?: Fault['do'],
): Promise<Running & {readonly clock: string}> {
  const clock = join(world.home, 'clock')
  const stopped = signal()
  const running = world.start(CREATE, {env: withClocksOf(clock)})
  world.sandbox.faults.add({
    ...fault,
    do: {
      async call() {
        running.child.kill('SIGSTOP')
        stopped.give()
        await becomes()
      },
    },
  })
  if (refused) world.sandbox.faults.add({...fault, do: refused})
  await Promise.race([stopped.given, running.finished])
  return {...running, clock}
}

/** 80 s pass, for Twilio and for the process that stands still; then another run takes over. */
async function takeOver(world: World, clock?: string): Promise<Finished> {
  if (clock !== undefined) await writeFile(clock, String(PAST_THE_LEASE))
  await world.sandbox.advanceClock(PAST_THE_LEASE)
  const second = world.start(CREATE)
  // What the first run had sent already may have renewed its lease after that.
  second.child.stderr?.on('data', (text: string) => {
    if (text.includes('waiting')) void world.sandbox.advanceClock(PAST_THE_LEASE)
  })
  const finished = await second.finished
  expect({...finished, stdout: ''}).toMatchObject({exitCode: 0})
  return finished
}

/** Lets the process that stood still go on to its end. */
async function wake({child, finished}: Running): Promise<Finished> {
  child.kill('SIGCONT')
  return finished
}

function expectBothWell(...runs: Finished[]): void {
  runs.forEach(expectNoStackTrace)
  expect(runs.map(({exitCode, stderr}) => [exitCode, exitCode === 0 ? '' : stderr])).toEqual(runs.map(() => [0, '']))
}

const posts = (world: World, {path}: {path: string}) =>
  world.sandbox.requests.filter(
    ({method, host, path: called, status}) =>
      method === 'POST' && new RegExp(path).test(host + called) && status === 201,
  ).length

describe('a run that stood still until another took over', () => {
  it.concurrent.each([
    ['after its claim', {...CLAIM, nth: 1, when: 'after'}],
    ['after its subaccount was made', {...ACCOUNT, when: 'after'}],
    ['after its number was bought', {...NUMBER, when: 'after'}],
    ['after its config vars were written', {...PATCH, when: 'after'}],
    ['after it recorded the subaccount', {...FIRST_RECORD, when: 'after'}],
  ] as const)('buys nothing when it goes on: %s', (_, fault) =>
    inWorld(undefined, async (world) => {
      const first = await stopAt(world, fault)
      expectBothWell(await takeOver(world, first.clock), await wake(first))
      await expectOneAddon(world, {restarts: 2})
      expect([posts(world, ACCOUNT), posts(world, NUMBER)]).toEqual([1, 1])
    }),
  )

  it.concurrent.each([
    ['after its claim', {...CLAIM, when: 'after'}],
    ['after its subaccount was made', {...ACCOUNT, when: 'after'}],
    ['after its number was bought', {...NUMBER, when: 'after'}],
    ['after its config vars were written', {...PATCH, when: 'after'}],
  ] as const)('gives back what it buys not knowing how long it slept: %s', (_, fault) =>
    inWorld(undefined, async (world) => {
      const first = await stopAt(world, fault)
      expectBothWell(await takeOver(world), await wake(first))
      await expectOneAddon(world, {restarts: 2})
    }),
  )

  const ways = {
    'never arrives': () => {
      throw new NoAnswer('It never arrived.', {sent: true})
    },
    'arrives when all is done': () => undefined,
  }
  it.concurrent.each(
    [
      ['account', ACCOUNT],
      ['number', NUMBER],
    ].flatMap(([what, call]) => Object.keys(ways).map((way) => [what, way, call] as const)) as [
      string,
      keyof typeof ways,
      typeof ACCOUNT,
    ][],
  )('ends with one add-on where its request for the %s %s', (_, way, call) =>
    inWorld(undefined, async (world) => {
      const done = signal()
      const first = await stopAt(world, {...call, when: 'before'}, async () => {
        await done.given
        ways[way]()
      })
      const second = await takeOver(world, first.clock)
      done.give()
      expectBothWell(second, await wake(first))
      await expectOneAddon(world, {restarts: 2})
    }),
  )
})

describe('a run that comes back to find that it was taken over', () => {
  it.concurrent('gives a number back that it bought beside the one that is recorded', () =>
    inWorld(undefined, async (world) => {
      const done = signal()
      const first = await stopAt(world, {...NUMBER, when: 'before'}, () => done.given)
      const [wanted = ''] = world.sandbox.requests.flatMap(({form}) => form?.PhoneNumber ?? [])
      await world.sandbox.change(({releasedNumbers}) => void releasedNumbers.push(wanted))
      const second = await takeOver(world, first.clock)
      await world.sandbox.change((state) => void (state.releasedNumbers = []))
      done.give()
      expectBothWell(second, await wake(first))
      expect(await world.sandbox.read(({releasedNumbers}) => releasedNumbers)).toEqual([wanted])
      await expectOneAddon(world, {restarts: 2})
    }),
  )

  it.concurrent.each([
    ['the number, as taken,', NUMBER, refusal(400, 21422)],
    ['the number, for want of an address,', NUMBER, refusal(400, 21631)],
    ['the account', ACCOUNT, refusal(400, 21480)],
    ['the config vars', PATCH, {status: 422}],
  ] as const)('undoes nothing of what the other run made its own: %s refused', (_, call, no) =>
    inWorld(undefined, async (world) => {
      const done = signal()
      const first = await stopAt(world, {...call, when: 'before'}, () => done.given, no)
      const second = await takeOver(world, first.clock)
      done.give()
      const woken = await wake(first)
      ;[second, woken].forEach(expectNoStackTrace)
      await expectOneAddon(world, {restarts: 2})
    }),
  )
})

describe('a run that was killed', () => {
  it.concurrent('holds the app-space until its lease is over', () =>
    inWorld(undefined, async (world) => {
      const {child, finished} = await stopAt(world, {...NUMBER, when: 'after'})
      child.kill('SIGKILL')
      await finished

      const hasty = await world.aka(`${CREATE} --no-wait`)
      expect({...hasty, error: json(hasty).error}).toMatchObject({
        exitCode: 6,
        error: {code: 'HELD_BY_ANOTHER_RUN', exitCode: 6},
      })
      const gone = await world.aka(`${DESTROY} --no-wait`)
      expect({...gone, error: json(gone).error}).toMatchObject({exitCode: 6, error: {code: 'HELD_BY_ANOTHER_RUN'}})

      const patient = world.start(CREATE)
      await said(patient, /waiting/)
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await patient.finished).toMatchObject({exitCode: 0})
      expectNoStackTrace(await patient.finished)
      const {restarts} = await expectOneAddon(world)
      expect(restarts).toBe(1)
    }),
  )
})
