import {describe, expect, it} from '@jest/globals'

import {NoAnswer} from '../../src/lib/transport/types.js'
import type {State} from '../../src/sandbox/sandbox.js'
import {json} from '../support/cli.js'
import {CREATE, inWorld, PAST_THE_LEASE, remains, stateAfter, stateAt} from '../support/faults.js'
import {sample} from '../support/runs.js'
import {inStory, simStories, type SimStory, storiesInTurn, watched} from '../support/sim-stories.js'
import {book, bookOf, later, ORDER, stocked} from '../support/sims.js'

/** Every state in which the command of a story can be killed. */
const left = await Promise.all(
  storiesInTurn().map(async ([name, story]) => {
    const states = await watched(story, (prepare) => remains(story.command, story.from, prepare))
    return states.map(([title, state]) => [name, title, story, state] as const)
  }),
).then((all) => all.flat())

/** The run had done everything, and only its result was lost: the same command is another order then. */
function isOrdered({command, from}: SimStory, state: State): boolean {
  const before = bookOf(from).orders.map(({order}) => order)
  const made = bookOf(state).orders.filter(({order}) => !before.includes(order))
  return command.startsWith(ORDER) && made.some((order) => order.state !== 'open')
}

describe('a run that was killed is finished by the same command', () => {
  const cut = left.filter(([, , story, state]) => !isOrdered(story, state))

  it.concurrent.each(sample(cut, 10))('%s: %s', (_name, _title, story, state) =>
    inStory(story, later(state), async (world, seller) => {
      const run = await world.aka(story.command)
      expect(run).toMatchObject({exitCode: 0})
      await story.end(world, seller)
    }),
  )
})

describe('an order that was killed when it was placed already', () => {
  const placed = left.filter(([, , story, state]) => isOrdered(story, state))

  it.concurrent.each(sample(placed, 10))('counts right: %s, %s', (_name, _title, story, state) =>
    inStory(story, later(state), async (world) => {
      const {sims} = await book(world)
      const run = await world.aka('twilio:sims -a api-default --json')
      expect({exitCode: run.exitCode, ...json(run)}).toMatchObject({
        exitCode: 0,
        held: sims.length,
        onOrder: 2 - sims.length,
      })
    }),
  )
})

describe('a process that is really killed leaves no more than that', () => {
  const moves = {method: 'POST', path: String.raw`supersim\.twilio\.com/v1/Sims/HS`} as const
  const purchases = [
    ['stock', moves],
    ['esim', {method: 'POST', path: 'ESimProfiles'}],
    ['release', moves],
  ] as const
  const cases = purchases.flatMap(([name, call]) => [
    [name, 'before', call] as const,
    ...(name === 'release' ? [] : [[name, 'after', call] as const]),
  ])

  it.concurrent.each(sample(cases, 3))('%s, %s it takes effect', (name, when, call) => {
    const story: SimStory = simStories[name]
    return inStory(story, story.from, async (world, seller) => {
      const {child, finished} = world.start(story.command)
      const die = async (): Promise<void> => {
        child.kill('SIGKILL')
        await finished
        throw new NoAnswer('The caller is gone.', {sent: true})
      }
      world.sandbox.faults.add({...call, when, do: {call: die}})
      expect(await finished).toMatchObject({signal: 'SIGKILL'})
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(story.command)).toMatchObject({exitCode: 0})
      await story.end(world, seller)
    })
  })
})

describe('two orders that were interrupted', () => {
  const [one, two] = ['89049032000000000000000000000001', '89049032000000000000000000000002']

  const both = async (): Promise<State> => {
    const ready = stocked(await stateAfter(CREATE), 0)
    const profile = {method: 'POST', path: 'ESimProfiles'}
    const first = await stateAt(`${ORDER} --eid ${one}`, ready, {...profile, when: 'before'})
    return later(await stateAt(`${ORDER} --eid ${two} --new`, later(first), {...profile, when: 'after'}))
  }

  it('get a profile for each device', async () =>
    inWorld(await both(), async (world) => {
      expect(await world.aka(`${ORDER} --eid ${one}`)).toMatchObject({exitCode: 0})
      expect(await world.aka(`${ORDER} --eid ${two}`)).toMatchObject({exitCode: 0})
      const {profiles, orders} = await book(world)
      expect(orders).toMatchObject([{state: 'complete'}, {state: 'complete'}])
      expect(profiles.map(({eid}) => eid).toSorted()).toEqual([one, two])
    }))

  it('are each resumed by their own command, in any order', async () =>
    inWorld(await both(), async (world) => {
      const run = await world.aka(`${ORDER} --eid ${two}`)
      expect({exitCode: run.exitCode, ...json(run)}).toMatchObject({exitCode: 0, resumed: true})
    }))
})
