import {describe, expect, it} from '@jest/globals'

import {NoAnswer} from '../../src/lib/transport/types.js'
import {type Finished, json, type World} from '../support/cli.js'
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
import {sample} from '../support/runs.js'
import {stopAt, takeOver, wake} from '../support/stopped.js'

const ACCOUNT = {method: 'POST', path: String.raw`^api\.twilio\.com/2010-04-01/Accounts\.json$`}
const NUMBER = {method: 'POST', path: String.raw`/IncomingPhoneNumbers\.json$`}
const PATCH = {method: 'PATCH', path: 'config-vars'}
const ACQUIRE = {method: 'POST', path: String.raw`/Maps/aka-twilio/Items$`}
const FIRST_RECORD = {method: 'POST', path: String.raw`/Items/api-default$`}

type Where = Parameters<typeof stopAt> extends [unknown, unknown, ...infer Rest] ? Rest : never
const stopCreateAt = (world: World, ...where: Where) => stopAt(world, CREATE, ...where)

async function takeOverCreate(world: World, clock?: string): Promise<Finished> {
  const finished = await takeOver(world, CREATE, clock)
  expect({...finished, stdout: ''}).toMatchObject({exitCode: 0})
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
  it.concurrent.each(
    sample(
      [
        ['after acquiring the lease', {...ACQUIRE, nth: 1, when: 'after'}],
        ['after its subaccount was made', {...ACCOUNT, when: 'after'}],
        ['after its number was bought', {...NUMBER, when: 'after'}],
        ['after its config vars were written', {...PATCH, when: 'after'}],
        ['after it recorded the subaccount', {...FIRST_RECORD, when: 'after'}],
      ] as const,
      5,
    ),
  )('buys nothing when it goes on: %s', (_, fault) =>
    inWorld(undefined, async (world) => {
      const first = await stopCreateAt(world, fault)
      expectBothWell(await takeOverCreate(world, first.clock), await wake(first))
      await expectOneAddon(world, {restarts: 2})
      expect([posts(world, ACCOUNT), posts(world, NUMBER)]).toEqual([1, 1])
    }),
  )

  it.concurrent.each(
    sample(
      [
        ['after acquiring the lease', {...ACQUIRE, when: 'after'}],
        ['after its subaccount was made', {...ACCOUNT, when: 'after'}],
        ['after its number was bought', {...NUMBER, when: 'after'}],
        ['after its config vars were written', {...PATCH, when: 'after'}],
      ] as const,
      5,
    ),
  )('gives back what it buys not knowing how long it slept: %s', (_, fault) =>
    inWorld(undefined, async (world) => {
      const first = await stopCreateAt(world, fault)
      expectBothWell(await takeOverCreate(world), await wake(first))
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
    sample(
      [
        ['account', ACCOUNT],
        ['number', NUMBER],
      ].flatMap(([what, call]) => Object.keys(ways).map((way) => [what, way, call] as const)) as [
        string,
        keyof typeof ways,
        typeof ACCOUNT,
      ][],
      5,
    ),
  )('ends with one add-on where its request for the %s %s', (_, way, call) =>
    inWorld(undefined, async (world) => {
      const done = signal()
      const first = await stopCreateAt(world, {...call, when: 'before'}, async () => {
        await done.given
        ways[way]()
      })
      const second = await takeOverCreate(world, first.clock)
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
      const first = await stopCreateAt(world, {...NUMBER, when: 'before'}, () => done.given)
      const [wanted = ''] = world.sandbox.requests.flatMap(({form}) => form?.PhoneNumber ?? [])
      await world.sandbox.change(({releasedNumbers}) => void releasedNumbers.push(wanted))
      const second = await takeOverCreate(world, first.clock)
      await world.sandbox.change((state) => void (state.releasedNumbers = []))
      done.give()
      expectBothWell(second, await wake(first))
      expect(await world.sandbox.read(({releasedNumbers}) => releasedNumbers)).toEqual([wanted])
      await expectOneAddon(world, {restarts: 2})
    }),
  )

  it.concurrent.each(
    sample(
      [
        ['the number, as taken,', NUMBER, refusal(400, 21422)],
        ['the number, for want of an address,', NUMBER, refusal(400, 21631)],
        ['the account', ACCOUNT, refusal(400, 21480)],
        ['the config vars', PATCH, {status: 422}],
      ] as const,
      5,
    ),
  )('undoes nothing of what the other run made its own: %s refused', (_, call, no) =>
    inWorld(undefined, async (world) => {
      const done = signal()
      const first = await stopCreateAt(world, {...call, when: 'before'}, () => done.given, no)
      const second = await takeOverCreate(world, first.clock)
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
      const {child, finished} = await stopCreateAt(world, {...NUMBER, when: 'after'})
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
