import {beforeEach, describe, expect, it} from '@jest/globals'

import {requireEntry} from '../../../src/lib/addon/info.js'
import type {PlanName} from '../../../src/lib/addon/plans.js'
import {setAlerts} from '../../../src/lib/alerts/set.js'
import {changePlan, requireDirection, requireRoomFor, usageAbove} from '../../../src/lib/lifecycle/change-plan.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {addCard} from '../../../src/sandbox/server/cards.js'
import {addUsage} from '../../../src/sandbox/server/usage.js'
import {type AddonInProcess, addonRecord, APP, startReadyAddon} from '../../support/in-process-addon.js'

let world: AddonInProcess
let accountSid: string
beforeEach(async () => {
  world = await startReadyAddon()
  accountSid = (await world.record())?.accountSid ?? ''
})

const change = async (to: PlanName) => changePlan(world.context, await requireEntry(world.context, APP), to)
const alertValues = async () =>
  (await world.state()).usageTriggers
    .filter(({usageCategory}) => usageCategory === 'sms')
    .map((each) => each.triggerValue)
const requests = (from: number, part: string) =>
  world.sandbox.requests.slice(from).filter(({url}) => url.includes(part)).length

/** So many SIMs in the subaccount. */
const hold = (sims: number) =>
  world.sandbox.change((state, now) => {
    for (let count = 0; count < sims; count++) {
      const {sid} = addCard(state, now, 'supersim')
      Object.assign(state.superSims.find((sim) => sim.sid === sid) ?? {}, {accountSid})
    }
  })

describe('another plan', () => {
  it('is recorded, the app is not touched, and a larger one does not ask for SIMs', async () => {
    const from = world.sandbox.requests.length
    expect(await change('large')).toEqual({from: 'small', to: 'large', changed: true})
    expect(await world.record()).toMatchObject({plan: 'large', state: 'ready'})
    expect((await world.record())?.lease).toBeUndefined()
    expect([requests(from, 'supersim'), requests(from, 'config-vars')]).toEqual([0, 0])
    expect(await requireRoomFor(world.context, addonRecord({accountSid}), 'large')).toBeUndefined()
    expect(requests(from, 'supersim')).toBe(0)
  })

  it('is no change where the add-on has it', async () => {
    expect(await change('small')).toEqual({from: 'small', to: 'small', changed: false})
  })

  it('that allows fewer SIMs than there are is refused, and the plan stays', async () => {
    await change('large')
    await hold(41)
    await expect(change('small')).rejects.toMatchObject({code: 'SIM_LIMIT_EXCEEDED', exitCode: 3})
    expect(await world.record()).toMatchObject({plan: 'large', state: 'ready'})
    expect(await change('medium')).toMatchObject({changed: true})
  })

  it('that is smaller is possible where Twilio serves no SIMs, and not where they cannot be counted', async () => {
    await change('large')
    const SIMS = {path: 'supersim', when: 'before', times: Infinity} as const
    world.sandbox.faults.add({...SIMS, do: {status: 503}})
    await expect(change('small')).rejects.toMatchObject({exitCode: 7})
    expect(await world.record()).toMatchObject({plan: 'large'})
    world.sandbox.faults.clear()
    world.sandbox.faults.add({...SIMS, do: {status: 410}})
    expect(await change('small')).toMatchObject({changed: true})
  })

  it('that is smaller needs an active subaccount, where SIMs can be counted', async () => {
    await ensureAccountStatus(world.main, accountSid, 'suspended')
    expect(await change('medium')).toMatchObject({changed: true})
    const smaller = requireRoomFor(world.context, addonRecord({plan: 'large', accountSid}), 'small')
    await expect(smaller).rejects.toMatchObject({code: 'SUBACCOUNT_NOT_ACTIVE'})
  })
})

describe('the alerts of an add-on', () => {
  beforeEach(() => setAlerts(world.context, APP, {url: 'https://example.com/usage', percents: [100]}))

  it('follow its plan, also where a run that was interrupted had recorded it', async () => {
    expect(await alertValues()).toEqual([3000])
    await change('medium')
    expect(await alertValues()).toEqual([6000])
    await world.write({plan: 'large'})
    expect(await change('large')).toMatchObject({changed: false})
    expect(await alertValues()).toEqual([12_000])
  })

  it('stay as they are while the subaccount is suspended, in which nothing can be changed', async () => {
    await ensureAccountStatus(world.main, accountSid, 'suspended')
    expect(await change('medium')).toMatchObject({changed: true})
    expect(await alertValues()).toEqual([3000])
  })
})

describe('usage above what a smaller plan includes', () => {
  const above = async (to: PlanName) => usageAbove(world.context, addonRecord({plan: 'large', accountSid}), to)
  const use = (category: string, usage: number) =>
    world.sandbox.change((state, now) => addUsage(state, now, {accountSid, category, usage}))

  it('is named by kind, and is none where it is exactly reached', async () => {
    await use('sms', 3001)
    await use('calls', 2500)
    expect((await above('small')).filter(({used}) => used !== null)).toEqual([
      {kind: 'sms', used: 3001, included: 3000},
    ])
  })

  it('may be, where Twilio does not say what was used', async () => {
    await use('sms', 1)
    const body = JSON.stringify({usage_records: [], page: 0, page_size: 50, uri: '/x', next_page_uri: null})
    world.sandbox.faults.add({path: 'Usage/Records', when: 'before', times: 9, do: {status: 200, body}})
    expect(await above('small')).toContainEqual({kind: 'sms', used: null, included: 3000})
  })

  it('is not asked for where the plan includes no less', async () => {
    const from = world.sandbox.requests.length
    expect(await above('large')).toEqual([])
    expect(requests(from, '')).toBe(0)
  })
})

it('an upgrade is to a larger plan and a downgrade to a smaller one, and the other command is named', () => {
  const medium = addonRecord({plan: 'medium'})
  for (const direction of ['upgrade', 'downgrade'] as const)
    expect(() => requireDirection(medium, 'medium', direction)).not.toThrow()
  expect(() => requireDirection(medium, 'large', 'upgrade')).not.toThrow()
  expect(() => requireDirection(medium, 'small', 'downgrade')).not.toThrow()
  const wrong = (command: string) =>
    expect.objectContaining({code: 'PLAN_DIRECTION_MISMATCH', exitCode: 2, suggestions: [command]})
  expect(() => requireDirection(medium, 'small', 'upgrade')).toThrow(
    wrong('aka addons:downgrade twilio:small -a api-default'),
  )
  expect(() => requireDirection(medium, 'large', 'downgrade')).toThrow(
    wrong('aka addons:upgrade twilio:large -a api-default'),
  )
})
