import {describe, expect, it} from '@jest/globals'

import {NoAnswer} from '../../src/lib/transport/types.js'
import type {World} from '../support/cli.js'
import {
  CREATE,
  DESTROY,
  expectNothing,
  expectOneAddon,
  inWorld,
  ownedNumber,
  PAST_THE_LEASE,
  remains,
  stateAfter,
  stateOf,
} from '../support/faults.js'
import {sample} from '../support/runs.js'

const KEEP = `${DESTROY} --keep-number`

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
  it.concurrent.each(sample(left.create))('%s', (_, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
      const {restarts} = await expectOneAddon(world)
      expect(restarts).toBe(1)
    }),
  )
})

describe('a create that was killed while it moved a number in', () => {
  it.concurrent.each(sample(left.move))('%s', (_, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(MOVE)).toMatchObject({exitCode: 0})
      const {numbers} = await expectOneAddon(world)
      expect(numbers[0]?.phoneNumber).toBe(owning.incomingNumbers[0]?.phoneNumber)
    }),
  )
})

describe('a incomplete add-on can be destroyed, and its number goes where it came from', () => {
  it.concurrent.each(sample(left.create, 10))('bought: %s', (_, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(DESTROY)).toMatchObject({exitCode: 0})
      await expectNothing(world)
    }),
  )
})

describe('a destroy that was killed is finished by the next one', () => {
  it.concurrent.each(
    sample([
      ...left.destroy.map(([title, state]) => ['', title, state] as const),
      ...left.keep.map(([title, state]) => [' --keep-number', title, state] as const),
    ]),
  )('%s %s', (flag, _, state) =>
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

  it.concurrent.each(sample(cases, 4))('%s, %s %s, %s it takes effect', (command, method, path, when) =>
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
