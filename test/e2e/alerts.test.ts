import {describe, expect, it} from '@jest/globals'

import type {Fault, State} from '../../src/sandbox/sandbox.js'
import {type Finished, json, type World} from '../support/cli.js'
import {
  callsOfCleanRun,
  CREATE,
  expectNoStackTrace,
  expectOneAddon,
  inWorld,
  isSentOnce,
  isWrite,
  PAST_THE_LEASE,
  remains,
  stateAfter,
  stateOf,
} from '../support/faults.js'
import {sample} from '../support/runs.js'

const SET = 'twilio:alerts:set -a api-default --url https://new.example.com/usage --at 50,80 --json'
const CREATE_WITH = `${CREATE} --alert-url https://new.example.com/usage --alert-at 50,80`
const UNSET = 'twilio:alerts:unset -a api-default --json'

const ready = await stateAfter(CREATE)
/** Others of ours, of which some stay, some change and some go; and one that somebody made by hand. */
const alerted = await stateOf(async (world) => {
  await world.aka(CREATE)
  await world.aka('twilio:alerts:set -a api-default --url https://old.example.com/usage --at 80,100')
  await world.sandbox.change(({usageTriggers}) => {
    const [first] = usageTriggers
    if (first) usageTriggers.push({...structuredClone(first), sid: `UT${'0'.repeat(32)}`, friendlyName: 'by hand'})
  })
})

async function triggersOf({sandbox}: World): Promise<string[]> {
  return sandbox.read(({usageTriggers}) =>
    usageTriggers
      .map(({friendlyName, usageCategory, triggerValue, recurring, triggerBy, settings}) =>
        [friendlyName, usageCategory, triggerValue, recurring, triggerBy, settings.callback_url].join(' '),
      )
      .sort(),
  )
}

const byHand = 'by hand calls 2000 monthly usage https://old.example.com/usage'
const wanted = [
  'aka-twilio m2m 50% wireless-super-sim-smscommands 500 monthly usage https://new.example.com/usage',
  'aka-twilio m2m 50% wireless-usage-commands 500 monthly usage https://new.example.com/usage',
  'aka-twilio m2m 80% wireless-super-sim-smscommands 800 monthly usage https://new.example.com/usage',
  'aka-twilio m2m 80% wireless-usage-commands 800 monthly usage https://new.example.com/usage',
  'aka-twilio sms 50% sms 1500 monthly usage https://new.example.com/usage',
  'aka-twilio sms 80% sms 2400 monthly usage https://new.example.com/usage',
  'aka-twilio voice 50% calls 1250 monthly usage https://new.example.com/usage',
  'aka-twilio voice 80% calls 2000 monthly usage https://new.example.com/usage',
]

const UPGRADE = 'addons:upgrade twilio twilio:medium -a api-default --yes --json'
/** What was set before, by the plan medium. */
const upgraded = [
  'aka-twilio m2m 100% wireless-super-sim-smscommands 2000',
  'aka-twilio m2m 100% wireless-usage-commands 2000',
  'aka-twilio m2m 80% wireless-super-sim-smscommands 1600',
  'aka-twilio m2m 80% wireless-usage-commands 1600',
  'aka-twilio sms 100% sms 6000',
  'aka-twilio sms 80% sms 4800',
  'aka-twilio voice 100% calls 5000',
  'aka-twilio voice 80% calls 4000',
].map((trigger) => `${trigger} monthly usage https://old.example.com/usage`)

/** A command that is killed, and the triggers that there are when it was run again. */
interface Story {
  readonly command: string
  readonly from: State
  readonly triggers: readonly string[]
  readonly end?: (world: World, again: Finished) => Promise<unknown>
}

const stories: Readonly<Record<string, Story>> = {
  'alerts that were being set are set exactly': {command: SET, from: alerted, triggers: [...wanted, byHand]},
  'alerts that were being set by addons:create, too': {command: CREATE_WITH, from: ready, triggers: wanted},
  'alerts that were being removed are removed': {command: UNSET, from: alerted, triggers: [byHand]},
  'an upgrade is finished, the alerts with it': {
    command: UPGRADE,
    from: alerted,
    triggers: [...upgraded, byHand],
    async end(world, again) {
      expect(json(again)).toMatchObject({plan: 'medium', usageAbove: []})
      expect(json(await world.aka('addons:info -a api-default --json'))).toMatchObject({plan: 'medium', state: 'ready'})
    },
  },
}
// To learn where a command can be killed takes as long as several of these cases.
const left = await Promise.all(
  sample(Object.entries(stories), 2).map(
    async ([title, story]) => [title, story, await remains(story.command, story.from)] as const,
  ),
)
const changes = {
  set: (await callsOfCleanRun(SET, alerted)).filter(isWrite),
  unset: (await callsOfCleanRun(UNSET, alerted)).filter(isWrite),
}

describe.each(left)('by the next run after one that was killed, %s', (_, {command, triggers, end}, states) => {
  it.concurrent.each(sample(states, 10))('%s', (_title, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      const again = await world.aka(command)
      expect(again).toMatchObject({exitCode: 0})
      expect(await triggersOf(world)).toEqual([...triggers].sort())
      await expectOneAddon(world)
      await end?.(world, again)
    }),
  )
})

const faults: Readonly<Record<string, Pick<Fault, 'when' | 'do'>>> = {
  'its answer is lost': {when: 'after', do: {drop: true}},
  'a 500 comes in place of its effect': {when: 'before', do: {status: 500}},
}
/** Each kind of call with each fault; the second of a kind is as the first. */
const cases = Object.entries(faults).flatMap(([faultName, fault]) =>
  Object.entries(changes).flatMap(([name, calls]) =>
    calls
      .filter((call) => call.nth === 1 && (fault.when === 'after' || !isSentOnce(call)))
      .map((call) => [name, call.title, faultName, call, fault] as const),
  ),
)

describe('alerts are set and removed exactly once', () => {
  it.concurrent.each(sample(cases))('%s: %s, %s', (name, _title, _faultName, {title, ...call}, fault) =>
    inWorld(alerted, async (world) => {
      world.sandbox.faults.add({...call, ...fault})
      const run = await world.aka(name === 'set' ? SET : UNSET)
      expect(run).toMatchObject({exitCode: 0})
      expectNoStackTrace(run)
      expect(await triggersOf(world)).toEqual(name === 'set' ? [...wanted, byHand].sort() : [byHand])
    }),
  )

  it('and by several runs at once', () =>
    inWorld(alerted, async (world) => {
      const runs = await world.akaAtOnce([SET, SET, SET])
      expect(runs.map(({exitCode}) => exitCode)).toEqual([0, 0, 0])
      expect(await triggersOf(world)).toEqual([...wanted, byHand].sort())
    }))

  it('also when a request that was thought lost arrives late', () =>
    inWorld(ready, async (world) => {
      const {sandbox} = world
      // Twilio makes it only after the run that asked for it gave up.
      const late = async (): Promise<void> => {
        await sandbox.change(({usageTriggers}) => {
          const [first] = usageTriggers
          if (first)
            usageTriggers.push({...structuredClone(first), sid: `UT${'1'.repeat(32)}`, createdAt: first.createdAt + 1})
        })
      }
      sandbox.faults.add({method: 'POST', path: 'Triggers', nth: 6, when: 'before', do: {call: late}})
      expect(await world.aka(SET)).toMatchObject({exitCode: 0})
      expect(await triggersOf(world)).toEqual(wanted)
    }))
})
