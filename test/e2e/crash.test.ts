import {describe, expect, it} from '@jest/globals'

import type {State} from '../../src/lib/sandbox/sandbox.js'
import {NoAnswer} from '../../src/lib/transport/types.js'
import type {World} from '../support/cli.js'
import {
  callsOfCleanRun,
  CREATE,
  DESTROY,
  expectNothing,
  expectOneAddon,
  inWorld,
  isWrite,
  ownedNumber,
  PAST_THE_LEASE,
  stateAfter,
  stateOf,
} from '../support/faults.js'

const KEEP = `${DESTROY} --keep-number`

/** Calls that are sent together take effect in either order: the registry's first, or the others'. */
const orders = {
  'the registry first': {path: String.raw`^(api\.twilio\.com|apps\.)`},
  'the registry last': {path: String.raw`^sync\.twilio\.com`},
}

/** What a run leaves behind that is killed right before or right after any of its calls: nothing of it is on the machine. */
async function remains(command: string, from?: State): Promise<[title: string, State][]> {
  const calls = (await callsOfCleanRun(command, from)).filter(isWrite)
  const left = new Map<string, [string, State]>()
  for (const [order, slow] of Object.entries(orders)) {
    await inWorld(from, async (world) => {
      const {sandbox} = world
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

/** The same for all that comes after: times and nonces aside. */
function alike(state: State): string {
  return JSON.stringify(state, (key, value: unknown) => (/At$|nonce|holder/.test(key) ? '' : value))
}

const ready = await stateAfter(CREATE)
const owning = await stateOf(ownedNumber)
const MOVE = `${CREATE} --phone-number ${owning.incomingNumbers[0]?.phoneNumber ?? ''}`
const left = {
  create: await remains(CREATE),
  move: await remains(MOVE, owning),
  destroy: await remains(DESTROY, ready),
  keep: await remains(KEEP, ready),
}

describe('a create that was killed is finished by the next one', () => {
  it.concurrent.each(left.create)('%s', (_, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
      const {restarts} = await expectOneAddon(world)
      expect(restarts).toBe(1)
    }),
  )
})

describe('a create that was killed while it moved a number in', () => {
  it.concurrent.each(left.move)('%s', (_, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(MOVE)).toMatchObject({exitCode: 0})
      const {numbers} = await expectOneAddon(world)
      expect(numbers[0]?.phoneNumber).toBe(owning.incomingNumbers[0]?.phoneNumber)
    }),
  )
})

describe('a half-made add-on can be destroyed, and its number goes where it came from', () => {
  it.concurrent.each(left.create.filter((_, index) => index % 2 === 1))('bought: %s', (_, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(DESTROY)).toMatchObject({exitCode: 0})
      await expectNothing(world)
    }),
  )
})

describe('a destroy that was killed is finished by the next one', () => {
  it.concurrent.each([
    ...left.destroy.map(([title, state]) => ['', title, state] as const),
    ...left.keep.map(([title, state]) => [' --keep-number', title, state] as const),
  ])('%s %s', (flag, _, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(DESTROY + flag)).toMatchObject({exitCode: 0})
      await expectNothing(world, {
        numbers: flag === '' ? [] : ready.incomingNumbers.map(({phoneNumber}) => phoneNumber),
      })
    }),
  )
})

describe('a process that is really killed leaves no more than that', () => {
  const purchases = [
    [CREATE, 'POST', String.raw`/Accounts\.json$`],
    [CREATE, 'POST', String.raw`/IncomingPhoneNumbers\.json$`],
    [CREATE, 'PATCH', 'config-vars'],
    [DESTROY, 'POST', String.raw`/Accounts/AC\w+\.json$`],
  ] as const
  const cases = purchases.flatMap((purchase) => [[...purchase, 'before'] as const, [...purchase, 'after'] as const])

  it.concurrent.each(cases)('%s, %s %s, %s it takes effect', (command, method, path, when) =>
    inWorld(command === CREATE ? undefined : ready, async (world) => {
      const {child, finished} = world.start(command)
      const die = async (): Promise<void> => {
        child.kill('SIGKILL')
        await finished
        throw new NoAnswer('The caller is gone.', {sent: true})
      }
      world.sandbox.faults.add({method, path, when, do: {call: die}})
      expect(await finished).toMatchObject({signal: 'SIGKILL'})
      await allAnswered(world)

      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(command)).toMatchObject({exitCode: 0})
      await (command === CREATE ? expectOneAddon(world, {restarts: 2}) : expectNothing(world))
    }),
  )
})

/** What the killed process had sent beside it may still take effect, and renew its lease. */
async function allAnswered({sandbox}: World): Promise<void> {
  while (sandbox.requests.some(({finishedAt}) => finishedAt === undefined)) await new Promise(setImmediate)
}
