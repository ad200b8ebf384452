import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {BIN, json, startWorld, type World} from '../../support/cli.js'
import {describeOnTerminal, ENTER, onTerminal} from '../../support/terminal.js'
import {changeRecord, changes, record, runAll, snapshot, STACK} from '../support.js'
import {use} from '../usage-support.js'

const planOf = async (world: World, app: string) => record(await snapshot(world), app)?.plan
const triggerValues = async (world: World) =>
  (await snapshot(world)).usageTriggers.map(({triggerValue}) => triggerValue).sort((a, b) => a - b)

describe('addons:upgrade and addons:downgrade', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await runAll(world, {
      a: 'addons:create twilio:small -a api-dev',
      b: 'addons:create twilio:medium -a busy-dev',
      s: 'addons:create twilio:medium -a sims-dev',
    })
  })
  afterAll(() => world.close())

  it('end with the reason where the subaccount cannot be read while its usage is', async () => {
    const path = `/Accounts/(?!${world.accountSid})\\w+\\.json`
    world.sandbox.faults.add({method: 'GET', path, nth: 2, when: 'before', do: {status: 403}})
    const run = await world.aka('addons:downgrade twilio small -a busy-dev --dry-run --json')
    expect(json(run)).toMatchObject({error: {code: 'TWILIO_REFUSED', exitCode: 1}})
    expect(run.stderr).not.toMatch(STACK)
  })

  it('change the record and the alerts, and restart nothing; repeating it changes nothing', async () => {
    await world.aka('twilio:alerts:set -a api-dev --url https://example.com/usage --at 100')
    const up = await world.aka('addons:upgrade twilio twilio:large -a api-dev --yes')
    expect(up.exitCode).toBe(0)
    expect(up.stdout).toMatch(
      /^api-dev now has twilio:large \(\$200\/month\) instead of twilio:small \(\$50\/month\)\./,
    )
    expect(await planOf(world, 'api-dev')).toBe('large')
    expect(await triggerValues(world)).toEqual([4000, 4000, 10_000, 12_000])
    const again = await world.aka('addons:upgrade twilio twilio:large -a api-dev --json')
    expect(json(again)).toEqual({
      appSpace: 'api-dev',
      changed: false,
      from: 'large',
      plan: 'large',
      pricePerMonth: 200,
      usageAbove: [],
    })
    expect(json(await world.aka('addons:downgrade twilio small -a api-dev --json'))).toMatchObject({changed: true})
    expect(await triggerValues(world)).toEqual([1000, 1000, 2500, 3000])
    expect((await snapshot(world)).apps['api-dev']?.restarts).toBe(1)
    await world.aka('twilio:alerts:unset -a api-dev')
  })

  it('ask before more is to be paid: without a terminal --yes says it, and nothing was changed', async () => {
    const from = world.sandbox.requests.length
    const unasked = await world.aka('addons:upgrade twilio:large -a sims-dev --json')
    expect(json(unasked)).toMatchObject({
      error: {code: 'NOT_INTERACTIVE', exitCode: 2, suggestions: ['Answer with --yes.']},
    })
    expect(unasked.stderr).toMatch(
      /Move sims-dev from twilio:medium \(\$100\/month\) to twilio:large \(\$200\/month\)\?/,
    )
    expect(json(await world.aka('addons:upgrade twilio -a sims-dev --json'))).toMatchObject({
      error: {code: 'ARGUMENTS_INVALID', message: expect.stringContaining('PLAN') as unknown},
    })
    expect(changes(world.sandbox.requests.slice(from))).toEqual([])
  })

  it('refuse to go below the SIMs that are held or on order (exit 3), with the numbers', async () => {
    await world.aka('twilio:sims:order -a sims-dev --quantity 41 --yes')
    const run = await world.aka('addons:downgrade twilio twilio:small -a sims-dev --json')
    expect(json(run)).toMatchObject({error: {exitCode: 3, message: expect.stringMatching(/40.*4 held.*37 on order/)}})
    expect(await planOf(world, 'sims-dev')).toBe('medium')
  })

  it('warn where more was used this month than the new plan includes, and want that confirmed', async () => {
    await use(world, 'busy-dev', 'sms-outbound', 3001)
    await use(world, 'busy-dev', 'calls-outbound', 2500)
    const from = world.sandbox.requests.length
    const runs = await runAll(world, {
      dry: 'addons:downgrade twilio twilio:small -a busy-dev --dry-run --json',
      unasked: 'addons:downgrade twilio twilio:small -a busy-dev --json',
      up: 'addons:upgrade twilio twilio:large -a busy-dev --dry-run --json',
    })
    expect(changes(world.sandbox.requests.slice(from))).toEqual([])
    expect(json(runs.dry)).toMatchObject({dryRun: true, usageAbove: [{kind: 'sms', used: 3001, included: 3000}]})
    expect(json(runs.unasked)).toMatchObject({error: {code: 'NOT_INTERACTIVE', exitCode: 2}})
    expect(runs.unasked.stderr).toMatch(/! SMS messages: 3,001 used this month; twilio:small includes 3,000\./)
    expect(json(runs.up)).toMatchObject({usageAbove: []})
    const down = await world.aka('addons:downgrade twilio twilio:small -a busy-dev --yes --json')
    expect(json(down)).toMatchObject({changed: true, plan: 'small', usageAbove: [{kind: 'sms'}]})
    expect(await planOf(world, 'busy-dev')).toBe('small')
  })

  it('of a suspended subaccount: larger is fine, and its alerts follow when it is resumed', async () => {
    await world.aka('twilio:alerts:set -a api-dev --url https://example.com/usage --at 100')
    await world.aka('twilio:suspend -a api-dev --yes')
    expect(await world.aka('addons:upgrade twilio:medium -a api-dev --yes')).toMatchObject({exitCode: 0})
    expect(await triggerValues(world)).toEqual([1000, 1000, 2500, 3000])
    const down = await world.aka('addons:downgrade twilio twilio:small -a api-dev --json')
    expect(json(down)).toMatchObject({error: {code: 'SUBACCOUNT_NOT_ACTIVE', exitCode: 1}})
    expect(await world.aka('twilio:resume -a api-dev')).toMatchObject({exitCode: 0})
    expect(await triggerValues(world)).toEqual([2000, 2000, 5000, 6000])
  })

  it('are refused in the other direction and for no such plan (2), without an add-on (4), unfinished (6)', async () => {
    await changeRecord(world, 'sims-dev', (data) => (data.state = 'destroying'))
    const runs = await runAll(world, {
      direction: 'addons:upgrade twilio twilio:small -a api-dev --json',
      plan: 'addons:upgrade twilio twilio:huge -a api-dev --json',
      none: 'addons:upgrade twilio twilio:large -a none-dev --json',
      half: 'addons:upgrade twilio twilio:large -a sims-dev --json',
    })
    expect(Object.values(runs).map(({exitCode}) => exitCode)).toEqual([2, 2, 4, 6])
    expect(json(runs.direction)).toMatchObject({error: {code: 'PLAN_DIRECTION_MISMATCH'}})
  })
})

describeOnTerminal('addons:upgrade and addons:downgrade on a terminal', () => {
  it('ask before more is to be paid: anything but yes changes nothing', async () => {
    const world = await startWorld()
    try {
      await world.aka('addons:create twilio:small -a api-dev')
      for (const [keys, exitCode, plan] of [
        [ENTER, 2, 'small'],
        [`y${ENTER}`, 0, 'large'],
      ] as const) {
        const terminal = onTerminal([BIN, 'addons:upgrade twilio:large -a api-dev'], {cwd: world.home, env: world.env})
        await terminal.shows(/Move api-dev from twilio:small \(\$50\/month\) to twilio:large \(\$200\/month\)\?/)
        terminal.type(keys)
        expect(await terminal.ended).toBe(exitCode)
        expect(await planOf(world, 'api-dev')).toBe(plan)
      }
    } finally {
      await world.close()
    }
  })

  it('asks where more was used: anything but yes changes nothing', async () => {
    const world = await startWorld()
    try {
      await world.aka('addons:create twilio:medium -a api-dev')
      await use(world, 'api-dev', 'sms-outbound', 5000)
      for (const [keys, exitCode, plan] of [
        [ENTER, 2, 'medium'],
        [`y${ENTER}`, 0, 'small'],
      ] as const) {
        const terminal = onTerminal([BIN, 'addons:downgrade twilio twilio:small -a api-dev'], {
          cwd: world.home,
          env: world.env,
        })
        await terminal.shows(/5,000 used this month[^]*Move to twilio:small anyway\?/)
        terminal.type(keys)
        expect(await terminal.ended).toBe(exitCode)
        expect(await planOf(world, 'api-dev')).toBe(plan)
      }
    } finally {
      await world.close()
    }
  })
})
