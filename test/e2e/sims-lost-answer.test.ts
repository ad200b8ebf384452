import {describe, expect, it} from '@jest/globals'

import type {Fault} from '../../src/sandbox/sandbox.js'
import {json} from '../support/cli.js'
import {callsOfCleanRun, expectNoStackTrace, isSentOnce, isWrite} from '../support/faults.js'
import {sample} from '../support/runs.js'
import {inStory, storiesInTurn, watched} from '../support/sim-stories.js'
import {later} from '../support/sims.js'

const stories = storiesInTurn()

const told = await Promise.all(
  stories.map(async ([name, story]) => {
    const calls = await watched(story, (prepare) => callsOfCleanRun(story.command, story.from, prepare))
    return [name, story, calls] as const
  }),
)

const faults: Readonly<Record<string, Pick<Fault, 'when' | 'do'>>> = {
  'its answer is lost': {when: 'after', do: {drop: true}},
  'a 500 comes in place of its effect': {when: 'before', do: {status: 500}},
}

/** How an order is written down is tried with one story; what the administrator is asked, in what only waits. */
const [first] = stories.filter(([name]) => name !== 'administrator')
const common = ['POST Maps/aka-twilio/Items', 'POST Maps/aka-twilio/Items/api-default']

/** Each change that a run makes, with each fault. */
const changes = told.flatMap(([name, story, calls]) =>
  calls
    .filter(
      (call) => isWrite(call) && name !== 'administrator' && (name === first?.[0] || !common.includes(call.title)),
    )
    .flatMap((call) =>
      Object.entries(faults)
        .filter(([, {when}]) => when === 'after' || !isSentOnce(call))
        .map(([faultName, fault]) => [name, call.title, faultName, story, call, fault] as const),
    ),
)

describe('one run does everything exactly once', () => {
  it.concurrent.each(sample(changes))('%s: %s, %s', (_name, _title, _faultName, story, {title: _, ...call}, fault) =>
    inStory(story, story.from, async (world, seller) => {
      world.sandbox.faults.add({...call, ...fault})
      const run = await world.aka(story.command)
      expect(run).toMatchObject({exitCode: 0})
      expectNoStackTrace(run)
      await story.end(world, seller)
    }),
  )

  it.concurrent.each(sample(told, 3))('%s, with every answer to a question lost once', (_name, story, calls) =>
    inStory(story, story.from, async (world, seller) => {
      for (const {title: _, nth, ...call} of calls.filter((each) => !isWrite(each)))
        world.sandbox.faults.add({...call, nth: 2 * nth - 1, when: 'after', do: {drop: true}})
      expect(await world.aka(story.command)).toMatchObject({exitCode: 0})
      await story.end(world, seller)
    }),
  )
})

describe('when Twilio stays away, exit 7, and the next run resumes', () => {
  /** The calls that buy or move something. */
  const moments = told.flatMap(([name, story, calls]) =>
    calls.flatMap(({title}, index) =>
      /POST (ESimProfiles|Sims)/.test(title.replace('/v1/', '')) ? [[name, title, story, index + 1] as const] : [],
    ),
  )

  it.concurrent.each(sample(moments, 3))('%s, from %s on', (_name, _title, story, nth) =>
    inStory(story, story.from, async (world, seller) => {
      world.sandbox.faults.add({nth, times: Infinity, when: 'before', do: {status: 503}})
      const run = await world.aka(story.command)
      expect({...run, ...json(run)}).toMatchObject({exitCode: 7, error: {exitCode: 7}})
      expectNoStackTrace(run)
      world.sandbox.faults.clear()
      await world.sandbox.change((state) => void Object.assign(state, later(state)))
      expect(await world.aka(story.command)).toMatchObject({exitCode: 0})
      await story.end(world, seller)
    }),
  )
})
