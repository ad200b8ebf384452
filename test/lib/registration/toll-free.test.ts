import {beforeEach, describe, expect, it} from '@jest/globals'

import {readForm} from '../../../src/lib/registration/form.js'
import {type AddonInProcess, startReadyAddon} from '../../support/in-process-addon.js'
import {formWith, submissions} from '../../support/in-process-submission.js'
import {REGISTRATION} from '../../support/registration.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startReadyAddon({type: 'toll-free'})
})

const {submit, follow, reviewed, sending, parts} = submissions(() => world)

const verifications = async () => (await world.state()).tollfreeVerifications

describe('a toll-free number', () => {
  it('is verified by one verification, without a profile, a brand or a fee', async () => {
    expect((await submit()).waitsFor).toBe('toll-free-verification')
    expect((await submit()).waitsFor).toBe('toll-free-verification')
    expect(await sending()).toBe('in-review')
    await reviewed()
    expect((await submit()).waitsFor).toBeUndefined()
    expect(await sending()).toBe('verified')
    expect([(await verifications()).length, await parts()]).toEqual([1, [0, 0, 0, 0, 0, 0]])
    expect((await verifications())[0]?.fields).toMatchObject({
      business_registration_number: '12-3456789',
      business_registration_authority: 'EIN',
      business_type: 'PRIVATE_PROFIT',
      opt_in_image_urls: ['https://example.com/order.png'],
    })
    expect((await world.record())?.registration).toEqual({verification: (await verifications())[0]?.sid})
  })

  it('has one verification where the answer is lost', async () => {
    world.sandbox.faults.add({when: 'after', do: {drop: true}, method: 'POST', path: 'Tollfree/Verifications$'})
    await follow()
    expect([(await verifications()).length, await sending()]).toEqual([1, 'verified'])
  })

  it('is said to be rejected, and why', async () => {
    const wrong = formWith({name: 'Example [30475]'})
    await submit({}, wrong)
    await reviewed()
    await expect(submit({}, wrong)).rejects.toMatchObject({
      code: 'REGISTRATION_REJECTED',
      message: expect.stringContaining('[30475]') as unknown,
    })
    expect(await sending()).toBe('rejected')
    expect((await verifications()).length).toBe(1)
  })

  it('has no brand', async () => {
    await expect(submit({mock: true})).rejects.toMatchObject({code: 'REGISTRATION_HAS_NO_BRAND'})
  })
})

it('needs the section of the file that says what is sent', async () => {
  const {toll_free: _, ...without} = REGISTRATION
  await expect(submit({}, readForm('registration.yaml', without))).rejects.toMatchObject({
    code: 'REGISTRATION_FILE_INVALID',
    message: expect.stringContaining('no section toll_free') as unknown,
  })
  expect(await verifications()).toEqual([])
})
