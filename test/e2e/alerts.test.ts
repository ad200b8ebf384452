import {describe, expect, it} from '@jest/globals'

import type {Fault} from '../../src/sandbox/sandbox.js'
import {json, type World} from '../support/cli.js'
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

const killed = {
  upgrade: await remains(UPGRADE, alerted),

  set: await remains(SET, alerted),
  unset: await remains(UNSET, alerted),
  create: await remains(CREATE_WITH, ready),
}
const changes = {
  set: (await callsOfCleanRun(SET, alerted)).filter(isWrite),
  unset: (await callsOfCleanRun(UNSET, alerted)).filter(isWrite),
}

describe('alerts that were being set by a run that was killed', () => {
  it.concurrent.each(sample(killed.set, 8))('are set exactly by the next: %s', (_, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(SET)).toMatchObject({exitCode: 0})
      expect(await triggersOf(world)).toEqual([...wanted, byHand].sort())
      await expectOneAddon(world)
    }),
  )

  it.concurrent.each(sample(killed.create, 15))('by addons:create, too: %s', (_, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(CREATE_WITH)).toMatchObject({exitCode: 0})
      expect(await triggersOf(world)).toEqual(wanted)
      await expectOneAddon(world)
    }),
  )

  it.concurrent.each(sample(killed.unset, 8))('or removed: %s', (_, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(UNSET)).toMatchObject({exitCode: 0})
      expect(await triggersOf(world)).toEqual([byHand])
    }),
  )
})

describe('an upgrade that was killed', () => {
  it.concurrent.each(sample(killed.upgrade, 8))('is finished by the next, the alerts with it: %s', (_, state) =>
    inWorld(state, async (world) => {
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      const run = await world.aka(UPGRADE)
      expect(json(run)).toMatchObject({plan: 'medium', usageAbove: []})
      expect(await triggersOf(world)).toEqual([...upgraded, byHand].sort())
      expect(json(await world.aka('addons:info -a api-default --json'))).toMatchObject({plan: 'medium', state: 'ready'})
      await expectOneAddon(world)
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
