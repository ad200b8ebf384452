import {beforeEach, describe, expect, it} from '@jest/globals'

import {part, recordParts, type Work} from '../../../src/lib/registration/parts.js'
import {addAddon, type AddonInProcess, startAddonInProcess} from '../../support/in-process-addon.js'
import {workFor} from '../../support/in-process-submission.js'

let world: AddonInProcess
let accountSid: string
let work: Work
beforeEach(async () => {
  world = await startAddonInProcess()
  accountSid = await addAddon(world)
  work = await workFor(world)
})

const recorded = async () => (await world.record())?.registration
const writes = () => world.sandbox.requests.filter(({method}) => method === 'POST').length
const doing = 'creating the profile'
const never = () => Promise.reject(new Error('it is made'))

it('a registration is made in the subaccount, under the lease on the add-on, by the name of the app-space', () => {
  expect(work.registrar.account.sid).toBe(accountSid)
  expect(work.registrar.guard).toBe(work.lease)
  expect(work.name).toBe('aka-twilio api-default')
})

describe('a part', () => {
  it('is recorded as soon as it is made, and a person is told what is done', async () => {
    expect(await part(work, 'profile', doing, async () => 'BU1')).toBe('BU1')
    expect(await recorded()).toEqual({profile: 'BU1'})
    expect(world.progress).toEqual([doing])
  })

  it('that was recorded is not made again, by no run', async () => {
    await part(work, 'profile', doing, async () => 'BU1')
    for (const run of [work, await workFor(world)]) expect(await part(run, 'profile', doing, never)).toBe('BU1')
    expect(world.progress).toEqual([doing])
  })

  it('that could not be made is not recorded', async () => {
    await expect(part(work, 'profile', doing, () => Promise.reject(new Error('No.')))).rejects.toThrow('No.')
    expect(await recorded()).toBeUndefined()
  })
})

describe('what is recorded', () => {
  it('is added to what there is, or takes its place', async () => {
    await recordParts(work.lease, {agreed: true, profile: 'BU1'})
    await recordParts(work.lease, {profile: 'BU2', brand: 'BN1'})
    expect(await recorded()).toEqual({agreed: true, profile: 'BU2', brand: 'BN1'})
  })

  it('is not written where it is so already', async () => {
    await recordParts(work.lease, {profile: 'BU1', brand: 'BN1'})
    const before = writes()
    await recordParts(work.lease, {brand: 'BN1'})
    expect(writes()).toBe(before)
    await recordParts(work.lease, {brand: 'BN1', campaign: 'QE1'})
    expect(writes()).toBe(before + 1)
  })
})
