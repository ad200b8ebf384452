import {beforeEach, describe, expect, it} from '@jest/globals'

import {findSuspendable, setStatus} from '../../../src/lib/lifecycle/suspend.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, addonRecord, APP, startAddonInProcess} from '../../support/in-process-addon.js'

let world: AddonInProcess
let accountSid: string
beforeEach(async () => {
  world = await startAddonInProcess()
  accountSid = (await world.newSubaccount()).sid
  await world.write({accountSid})
})

const find = () => findSuspendable(world.context, APP)
const set = async (status: 'active' | 'suspended') => setStatus(world.context, await find(), status)
const posts = () => world.sandbox.requests.filter(({method, path}) => method === 'POST' && path.includes(accountSid))

describe('an add-on can be suspended', () => {
  it.each(['provisioning', 'ready', 'changing', 'destroying'] as const)('while it is %s', async (state) => {
    await world.write({state})
    expect(await find()).toMatchObject({record: {state}, account: {sid: accountSid, status: 'active'}})
  })

  it('also where it is suspended, but not where its subaccount is closed, or was never there', async () => {
    await ensureAccountStatus(world.main, accountSid, 'suspended')
    expect(await find()).toMatchObject({account: {status: 'suspended'}})
    await ensureAccountStatus(world.main, accountSid, 'closed')
    await expect(find()).rejects.toMatchObject({code: 'SUBACCOUNT_CLOSED', exitCode: 1})
    const {accountSid: _, ...unmade} = addonRecord({appSpace: 'web-default', state: 'provisioning'})
    await world.context.registry.create(unmade, Promise.resolve())
    const unmadeOne = findSuspendable(world.context, 'web-default')
    await expect(unmadeOne).rejects.toMatchObject({code: 'SUBACCOUNT_NOT_CREATED', exitCode: 4})
    await expect(findSuspendable(world.context, 'job-default')).rejects.toMatchObject({code: 'ADDON_NOT_FOUND'})
  })
})

describe('the status of a subaccount', () => {
  it('is set, and a person sees that', async () => {
    expect(await set('suspended')).toBe(true)
    expect((await find()).account.status).toBe('suspended')
    expect(await set('active')).toBe(true)
    expect((await find()).account.status).toBe('active')
    expect(world.progress).toEqual([`suspending ${accountSid}`, `resuming ${accountSid}`])
  })

  it('is left alone where it is so already', async () => {
    expect(await set('active')).toBe(false)
    expect([posts(), world.progress]).toEqual([[], []])
  })

  it('is not set where the subaccount was closed meanwhile', async () => {
    const found = await find()
    await ensureAccountStatus(world.main, accountSid, 'closed')
    const setting = setStatus(world.context, found, 'suspended')
    await expect(setting).rejects.toMatchObject({code: 'SUBACCOUNT_CLOSED', exitCode: 1})
  })
})
