import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonContext} from '../../../../src/lib/addon/context.js'
import type {AddonRecord} from '../../../../src/lib/addon/record.js'
import {subaccountName} from '../../../../src/lib/addon/record.js'
import {previewDestroy} from '../../../../src/lib/lifecycle/destroy/preview.js'
import {
  addAddon,
  type AddonInProcess,
  addonRecord,
  APP,
  contextOfApiKey,
  startAddonInProcess,
} from '../../../support/in-process-addon.js'
import {putReviewed} from '../../../support/in-process-registration.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

const preview = (keepNumber = false, context: AddonContext = world.context) =>
  previewDestroy(context, {appSpace: APP, keepNumber})
const newOrphan = () =>
  world.newSubaccount(subaccountName({registry: 'aka-twilio', host: world.akkeris.host, appSpace: APP}))
const keeping = (keepNumber: boolean) => ({operation: 'destroy', keepNumber}) as const
const nothing = {
  dryRun: true,
  appSpace: APP,
  exists: false,
  plan: null,
  pricePerMonth: 0,
  accountSid: null,
  phoneNumber: null,
  keepNumber: false,
  registration: null,
}

describe('what would be destroyed', () => {
  it('is the add-on as it is recorded, and what it costs; nothing is changed', async () => {
    const accountSid = await addAddon(world, APP, {plan: 'large'})
    const from = world.sandbox.requests.length
    expect(await preview()).toEqual({
      ...nothing,
      exists: true,
      plan: 'large',
      pricePerMonth: 200,
      accountSid,
      phoneNumber: '+18015550100',
    })
    expect(world.sandbox.requests.slice(from).filter(({method}) => method !== 'GET')).toEqual([])
  })

  it('is nothing where there is no add-on, and a subaccount that lost its item where there is one', async () => {
    expect(await preview()).toEqual(nothing)
    const {sid} = await newOrphan()
    expect(await preview()).toEqual({...nothing, exists: true, accountSid: sid})
  })

  it('is the subaccount of its name, too, where an interrupted run did not record it', async () => {
    const {accountSid: a, phoneNumber: p, ...unmade} = addonRecord({state: 'provisioning'})
    await world.context.registry.create(unmade, Promise.resolve())
    expect(await preview()).toMatchObject({exists: true, plan: 'small', accountSid: null, phoneNumber: null})
    const {sid} = await newOrphan()
    expect(await preview()).toMatchObject({accountSid: sid})
  })

  it('is its registration, where one was begun', async () => {
    const accountSid = await addAddon(world, APP, {registration: {}})
    await putReviewed(world, accountSid, {profiles: [['approved']]})
    expect((await preview()).registration).toMatchObject({steps: ['customer-profile'], isVerified: false})
  })
})

describe('the number is kept', () => {
  it.each<[string, boolean, Partial<AddonRecord>, boolean]>([
    ['where that is asked for', true, {}, true],
    ['where an interrupted run was to', false, {state: 'destroying', intent: keeping(true)}, true],
    ['not otherwise', false, {state: 'destroying', intent: keeping(false)}, false],
  ])('%s', async (_, asked, changes, kept) => {
    await addAddon(world, APP, changes)
    expect((await preview(asked)).keepNumber).toBe(kept)
  })
})

describe('a preview is refused as the destruction would be', () => {
  it.each<[string, Partial<AddonRecord>, string]>([
    ['it is one of another Akkeris', {host: 'other.example.com'}, 'HOST_MISMATCH'],
    ['its SIMs are with another carrier', {simCarrier: 'kore'}, 'SIM_CARRIER_MISMATCH'],
  ])('where %s', async (_, changes, code) => {
    await addAddon(world, APP, changes)
    await expect(preview()).rejects.toMatchObject({code})
  })

  it('where an API key is to move its number', async () => {
    const context = await contextOfApiKey(world)
    await expect(preview(true, context)).rejects.toMatchObject({code: 'AUTH_TOKEN_REQUIRED'})
    await addAddon(world, APP, {state: 'destroying', intent: keeping(true)})
    await expect(preview(false, context)).rejects.toMatchObject({code: 'AUTH_TOKEN_REQUIRED'})
  })

  it('where several subaccounts have its name, and none is recorded', async () => {
    await newOrphan()
    await newOrphan()
    await expect(preview()).rejects.toMatchObject({code: 'MULTIPLE_SUBACCOUNTS'})
  })
})
