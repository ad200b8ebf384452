import {describe, expect, it} from '@jest/globals'

import {json, type World} from '../../support/cli.js'
import {inWorld, look, PAST_THE_LEASE, stateAfter, CREATE} from '../../support/faults.js'
import {record, runAll, snapshot} from '../support.js'
import {use} from '../usage-support.js'

const small = await stateAfter(CREATE)
const medium = await stateAfter(CREATE.replace('small', 'medium'))
const alerting = await stateAfter(CREATE, 'twilio:alerts:set -a api-default --url https://example.com/usage')

const UP = 'addons:upgrade twilio twilio:medium -a api-default --json'
const DOWN = 'addons:downgrade twilio twilio:small -a api-default --json'

const planOf = async (world: World) => record(await snapshot(world), 'api-default')?.plan
const triggerValues = async (world: World) =>
  (await snapshot(world)).usageTriggers
    .filter(({usageCategory}) => usageCategory === 'sms')
    .map(({triggerValue}) => triggerValue)
    .toSorted((a, b) => a - b)

describe('addons:upgrade and addons:downgrade', () => {
  it('move the add-on to another plan without restarting the app', () =>
    inWorld(small, async (world) => {
      const {restarts} = await look(world)
      const up = await world.aka(UP)
      expect({exitCode: up.exitCode, ...json(up)}).toEqual({
        exitCode: 0,
        appSpace: 'api-default',
        changed: true,
        from: 'small',
        plan: 'medium',
        pricePerMonth: 100,
      })
      expect(await planOf(world)).toBe('medium')
      expect(json(await world.aka(UP))).toMatchObject({changed: false, plan: 'medium'})
      expect(json(await world.aka(DOWN))).toMatchObject({changed: true, from: 'medium', plan: 'small'})
      expect((await look(world)).restarts).toBe(restarts)
      expect(json(await world.aka(CREATE))).toMatchObject({created: false, plan: 'small'})
    }))

  it('refuse the other direction, another service, an unknown plan and an app-space without an add-on', () =>
    inWorld(medium, async (world) => {
      const runs = await runAll(world, {
        up: 'addons:upgrade twilio twilio:small -a api-default --json',
        down: 'addons:downgrade twilio twilio:large -a api-default --json',
        service: 'addons:upgrade redis redis:large -a api-default --json',
        plan: 'addons:upgrade twilio twilio:huge -a api-default --json',
        none: 'addons:upgrade twilio twilio:large -a none-dev --json',
      })
      expect(Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, run.exitCode]))).toEqual({
        up: 2,
        down: 2,
        service: 2,
        plan: 2,
        none: 4,
      })
      expect(json(runs.up)).toMatchObject({
        error: {suggestions: ['aka addons:downgrade twilio twilio:small -a api-default']},
      })
      expect(await planOf(world)).toBe('medium')
    }))

  it('refuse a plan with fewer SIMs than are held or on order: exit 3, with the numbers', () =>
    inWorld(medium, async (world) => {
      await world.aka('twilio:sims:order -a api-default --quantity 41 --yes')
      const run = await world.aka(DOWN)
      expect({exitCode: run.exitCode, ...json(run)}).toMatchObject({
        exitCode: 3,
        error: {
          code: 'SIM_LIMIT_EXCEEDED',
          message: 'twilio:small allows 40 SIMs, and there are 4 held and 37 on order: 1 too many.',
        },
      })
      expect(await planOf(world)).toBe('medium')
    }))

  it('warn of usage beyond the smaller plan, which must be confirmed', () =>
    inWorld(medium, async (world) => {
      await use(world, 'api-default', 'sms-outbound', 3001)
      const dry = await world.aka(`${DOWN} --dry-run`)
      expect({exitCode: dry.exitCode, ...json(dry)}).toMatchObject({
        exitCode: 0,
        dryRun: true,
        overPlan: [{kind: 'sms', used: 3001, included: 3000}],
      })
      const unanswered = await world.aka(DOWN)
      expect(unanswered.stderr).toMatch(/SMS.*3,001 this month already.*3,000/)
      expect({exitCode: unanswered.exitCode, ...json(unanswered)}).toMatchObject({
        exitCode: 2,
        error: {code: 'NOBODY_TO_ASK', suggestions: ['Answer with --yes.']},
      })
      expect(await planOf(world)).toBe('medium')
      expect(await world.aka(`${DOWN} --yes`)).toMatchObject({exitCode: 0})
      expect(await planOf(world)).toBe('small')
    }))

  it('let the alerts go by the new plan', () =>
    inWorld(alerting, async (world) => {
      expect(await triggerValues(world)).toEqual([2400, 3000])
      expect(await world.aka(UP)).toMatchObject({exitCode: 0})
      expect(await triggerValues(world)).toEqual([4800, 6000])
    }))

  it('replace the alerts when they are run again after having been cut short behind the change of the record', () =>
    inWorld(alerting, async (world) => {
      world.sandbox.faults.add({path: 'Triggers', when: 'before', times: 99, do: {status: 503}})
      expect(await world.aka(UP)).toMatchObject({exitCode: 7})
      expect(await planOf(world)).toBe('medium')
      world.sandbox.faults.clear()
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(json(await world.aka(UP))).toMatchObject({changed: false, plan: 'medium'})
      expect(await triggerValues(world)).toEqual([4800, 6000])
    }))
})
