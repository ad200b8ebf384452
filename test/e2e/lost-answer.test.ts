import {describe, expect, it} from '@jest/globals'

import type {Fault, State} from '../../src/sandbox/sandbox.js'
import {json, type World} from '../support/cli.js'
import {
  type Call,
  callsOfCleanRun,
  CREATE,
  DESTROY,
  expectNoStackTrace,
  expectNothing,
  expectOneAddon,
  inWorld,
  isSentOnce,
  isWrite,
  ownedNumber,
  PAST_THE_LEASE,
  stateAfter,
  stateOf,
} from '../support/faults.js'
import {sample} from '../support/runs.js'

const ready = await stateAfter(CREATE)
const owning = await stateOf(ownedNumber)
const KEEP = `${DESTROY} --keep-number`
const MOVE = `${CREATE} --phone-number ${owning.incomingNumbers[0]?.phoneNumber ?? ''}`

interface Story {
  readonly command: string
  readonly from: State | undefined
  readonly calls: readonly Call[]
  /** What must be true in the end, however it went. */
  readonly end: (world: World) => Promise<unknown>
}

async function story(command: string, from: State | undefined, end: Story['end']): Promise<Story> {
  return {command, from, end, calls: await callsOfCleanRun(command, from)}
}

const kept = ready.incomingNumbers.map(({phoneNumber}) => phoneNumber)
/** In `npm test` two of the four: to learn what one calls is a run of it, and some things are tried with each. */
const all: Readonly<Record<string, () => Promise<Story>>> = {
  create: () => story(CREATE, undefined, (world) => expectOneAddon(world, {restarts: 2})),
  'create with a number of the main account': () =>
    story(MOVE, owning, (world) => expectOneAddon(world, {restarts: 2})),
  destroy: () => story(DESTROY, ready, (world) => expectNothing(world)),
  'destroy and keep the number': () => story(KEEP, ready, (world) => expectNothing(world, {numbers: kept})),
}
const each = await Promise.all(
  sample(Object.entries(all), 2).map(async ([name, make]) => [name, await make()] as const),
)

const faults: Readonly<Record<string, Pick<Fault, 'when' | 'do'>>> = {
  'its answer is lost': {when: 'after', do: {drop: true}},
  'a 500 comes in place of its effect': {when: 'before', do: {status: 500}},
}

/** Both create, or both destroy. */
const isSameKind = (one: Story, other: Story): boolean => one.command.split(' ')[0] === other.command.split(' ')[0]

/** Each change that a run makes, with each fault; what two stories share is in one of them alone. */
const changes = each.flatMap(([name, story], index) => {
  const {calls} = story
  const alike = each.slice(0, index).filter(([, earlier]) => isSameKind(earlier, story))
  const told = alike.flatMap(([, earlier]) => earlier.calls.map(({title}) => title))
  return calls
    .filter((call) => isWrite(call) && !told.includes(call.title))
    .flatMap((call) =>
      Object.entries(faults)
        .filter(([, {when}]) => when === 'after' || !isSentOnce(call))
        .map(([faultName, fault]) => [name, call.title, faultName, story, call, fault] as const),
    )
})

describe('one run does everything exactly once', () => {
  it.concurrent.each(sample(changes))(
    '%s: %s, %s',
    (_name, _title, _faultName, {command, from, end}, {title, ...call}, fault) => {
      return inWorld(from, async (world) => {
        world.sandbox.faults.add({...call, ...fault})
        const run = await world.aka(command)
        expect(run).toMatchObject({exitCode: 0})
        expectNoStackTrace(run)
        await end(world)
      })
    },
  )

  it.concurrent.each(each)('%s, with every answer to a question lost once', (_, {command, from, calls, end}) =>
    inWorld(from, async (world) => {
      failCalls(
        world,
        calls.filter((call) => !isWrite(call)),
        1,
        {when: 'after', do: {drop: true}},
      )
      expect(await world.aka(command)).toMatchObject({exitCode: 0})
      await end(world)
    }),
  )

  it.concurrent.each(each)('%s, with every call answered 429 three times', (_, {command, from, calls, end}) =>
    inWorld(from, async (world) => {
      failCalls(world, calls, 3, {when: 'before', do: {status: 429, headers: {'Retry-After': '0'}}})
      expect(await world.aka(command)).toMatchObject({exitCode: 0})
      await end(world)
      const sent = world.sandbox.requests
      // Of reads there may be one more or less: a lease that took long to acquire does not trust what was read before it.
      const changing = (requests: readonly {method: string}[]) => requests.filter(({method}) => method !== 'GET').length
      expect(sent.filter(({status}) => status === 429).length % 3).toBe(0)
      expect(changing(sent)).toBe(4 * changing(calls))
    }),
  )
})

/** Something happens to each of the calls so many times before it succeeds. */
function failCalls(world: World, calls: readonly Call[], times: number, fault: Pick<Fault, 'when' | 'do'>): void {
  for (const {method, path, nth} of calls)
    world.sandbox.faults.add({method, path, nth: 1 + (nth - 1) * (times + 1), times, ...fault})
}

describe('when Twilio and Akkeris stay away, exit 7, nothing is rolled back, and the next run resumes', () => {
  const moments = each.flatMap(([name, story]) =>
    story.calls.flatMap((call, index) => (isWrite(call) ? [[name, call.title, story, index + 1] as const] : [])),
  )
  const told = new Set<string>()
  const once = moments.filter(([name, title]) => {
    const key = `${name.split(' ')[0] ?? ''} ${title}`
    return told.has(key) ? false : told.add(key)
  })

  it.concurrent.each(sample(once))('%s, from %s on', (_name, _title, {command, from, end}, nth) => {
    return inWorld(from, async (world) => {
      world.sandbox.faults.add({nth, times: Infinity, when: 'before', do: {status: 503}})
      const run = await world.aka(command)
      expect({...run, ...json(run)}).toMatchObject({exitCode: 7, error: {exitCode: 7}})
      expectNoStackTrace(run)
      if (command === CREATE || command === MOVE)
        expect(world.sandbox.requests.filter(({method, form}) => method === 'DELETE' || form?.Status)).toEqual([])

      world.sandbox.faults.clear()
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(command)).toMatchObject({exitCode: 0})
      await end(world)
    })
  })
})
