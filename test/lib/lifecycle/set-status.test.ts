import {beforeEach, describe, expect, it} from '@jest/globals'

import {setAlerts} from '../../../src/lib/alerts/set.js'
import {previewStatus, resume, suspend} from '../../../src/lib/lifecycle/set-status.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../support/in-process-addon.js'

const asked = {appSpace: APP}

let world: AddonInProcess
let accountSid: string
beforeEach(async () => {
  world = await startReadyAddon()
  accountSid = (await world.record())?.accountSid ?? ''
})

const changes = (from: number) => world.sandbox.requests.slice(from).filter(({method}) => method !== 'GET')
const status = async () => (await world.state()).accounts.find(({sid}) => sid === accountSid)?.status

it('a subaccount is suspended and resumed; repeating it changes nothing', async () => {
  for (const [work, is] of [
    [suspend, 'suspended'],
    [resume, 'active'],
  ] as const) {
    expect(await work(world.context, asked)).toEqual({appSpace: APP, accountSid, status: is, changed: true})
    expect(await status()).toBe(is)
    const from = world.sandbox.requests.length
    expect(await work(world.context, asked)).toMatchObject({status: is, changed: false})
    expect(changes(from)).toEqual([])
  }
})

it.each([
  ['active', 'suspended', true],
  ['active', 'active', false],
  ['suspended', 'active', true],
  ['suspended', 'suspended', false],
] as const)('a preview of one that is %s says whether it would be %s: %s', async (is, to, wouldChange) => {
  if (is === 'suspended') await suspend(world.context, asked)
  const from = world.sandbox.requests.length
  const preview = await previewStatus(world.context, asked, to)
  expect(preview).toEqual({dryRun: true, appSpace: APP, accountSid, status: to, wouldChange})
  expect(changes(from)).toEqual([])
})

describe('where the plan was changed while the subaccount was suspended', () => {
  const TRIGGERS = {path: 'Usage/Triggers', when: 'before', times: Infinity, do: {status: 503}} as const
  const values = async () =>
    (await world.state()).usageTriggers
      .filter(({usageCategory}) => usageCategory === 'sms')
      .map(({triggerValue}) => triggerValue)
  beforeEach(async () => {
    await setAlerts(world.context, APP, {url: 'https://example.com/usage', percents: [100]})
    await suspend(world.context, asked)
    await world.write({plan: 'medium'})
  })

  it('the alerts follow it once it works again', async () => {
    expect(await values()).toEqual([3000])
    await resume(world.context, asked)
    expect(await values()).toEqual([6000])
    const from = world.sandbox.requests.length
    await resume(world.context, asked)
    expect(changes(from)).toEqual([])
  })

  it('they do so at the next run where the first was interrupted', async () => {
    world.sandbox.faults.add(TRIGGERS)
    await expect(resume(world.context, asked)).rejects.toMatchObject({exitCode: 7})
    expect([await status(), await values()]).toEqual(['active', [3000]])
    world.sandbox.faults.clear()
    expect(await resume(world.context, asked)).toMatchObject({changed: false})
    expect(await values()).toEqual([6000])
  })

  it('they are left to whoever finishes what the add-on is in the middle of', async () => {
    await world.write({state: 'destroying'})
    expect(await resume(world.context, asked)).toMatchObject({changed: true})
    expect(await values()).toEqual([3000])
  })
})
