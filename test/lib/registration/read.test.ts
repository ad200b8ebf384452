import {beforeEach, describe, expect, it} from '@jest/globals'

import {readRegistration} from '../../../src/lib/registration/read.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {addAddon, type AddonInProcess, addonRecord, APP, startAddonInProcess} from '../../support/in-process-addon.js'
import {putReviewed, sidAt} from '../../support/in-process-registration.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})
const read = (appSpace = APP) => readRegistration(world.context, appSpace)

describe('the registration of an app-space', () => {
  it('is what its subaccount has, with the name of the app-space on it, and whether the number may send', async () => {
    const accountSid = await addAddon(world)
    const ours = 'aka-twilio api-default'
    await putReviewed(world, accountSid, {
      profiles: [
        ['rejected', ours],
        ['approved', 'by hand'],
      ],
    })
    await putReviewed(world, world.main.sid, {profiles: [['approved', ours]]})
    const {record, number, sending, steps} = await read()
    expect([record.appSpace, number]).toEqual([APP, record.phoneNumber])
    expect(steps).toMatchObject({'customer-profile': {sid: sidAt('BU', 1), state: 'rejected'}})
    expect(sending.state).toBe('not-registered')
  })

  it('is in review from its first review on, where it was begun', async () => {
    const accountSid = await addAddon(world, APP, {registration: {agreed: true}})
    await putReviewed(world, accountSid, {profiles: [['in-review']]})
    expect((await read()).sending.state).toBe('in-review')
  })

  it('needs an add-on, with a number, in a subaccount that is at work', async () => {
    await expect(read()).rejects.toMatchObject({code: 'ADDON_NOT_FOUND', exitCode: 4})
    await ensureAccountStatus(world.main, await addAddon(world), 'suspended')
    await expect(read()).rejects.toMatchObject({code: 'SUBACCOUNT_NOT_ACTIVE', exitCode: 1})
    const {phoneNumber: _, ...without} = addonRecord({appSpace: 'web-default', plan: 'medium'})
    await world.context.registry.create(without, Promise.resolve())
    await expect(read('web-default')).rejects.toMatchObject({
      code: 'NUMBER_NOT_FOUND',
      exitCode: 4,
      suggestions: [expect.stringContaining('addons:create twilio:medium -a web-default')],
    })
  })

  it('cannot be read where Twilio refuses to say what there is: that is not taken for nothing', async () => {
    await addAddon(world)
    world.sandbox.faults.add({path: 'trusthub', when: 'before', times: 99, do: {status: 403, body: '{"code": 20001}'}})
    await expect(read()).rejects.toMatchObject({outcome: 'refused'})
  })
})
