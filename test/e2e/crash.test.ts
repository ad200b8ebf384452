import {describe, expect, it} from '@jest/globals'

import {NoAnswer} from '../../src/lib/transport/types.js'
import type {State} from '../../src/sandbox/sandbox.js'
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
const [numberOwned] = owning.incomingNumbers
const numbersKept = ready.incomingNumbers.map(({phoneNumber}) => phoneNumber)

/** A command that is killed, and the one that finishes what it left. */
interface Story {
  readonly killed: string
  readonly from?: State
  readonly next: string
  readonly end: (world: World) => Promise<unknown>
}

const stories: Readonly<Record<string, Story>> = {
  'a create that was killed is finished by the next one': {
    killed: CREATE,
    next: CREATE,
    end: async (world) => expect((await expectOneAddon(world)).restarts).toBe(1),
  },
  'a create that was killed while it moved a number in is finished by the next one': {
    killed: MOVE,
    from: owning,
    next: MOVE,
    end: async (world) =>
      expect((await expectOneAddon(world)).numbers[0]?.phoneNumber).toBe(numberOwned?.phoneNumber ?? ''),
  },
  'an incomplete add-on can be destroyed': {killed: CREATE, next: DESTROY, end: (world) => expectNothing(world)},
  'a destroy that was killed is finished by the next one': {
    killed: DESTROY,
    from: ready,
    next: DESTROY,
    end: (world) => expectNothing(world),
  },
  'a destroy --keep-number that was killed is finished by the next one': {
    killed: KEEP,
    from: ready,
    next: KEEP,
    end: (world) => expectNothing(world, {numbers: numbersKept}),
  },
}

// To learn where a command can be killed takes as long as several of these cases.
const left = await Promise.all(
  sample(Object.entries(stories), 3).map(
    async ([title, story]) => [title, story, await remains(story.killed, story.from)] as const,
  ),
)

describe.each(left)('%s', (_, {next, end}, states) => {
  it.concurrent.each(sample(states))('%s', (_title, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(next)).toMatchObject({exitCode: 0})
      await end(world)
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
