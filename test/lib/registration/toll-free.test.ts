import {beforeEach, describe, expect, it} from '@jest/globals'

import {followRegistration} from '../../../src/lib/registration/follow.js'
import {readForm} from '../../../src/lib/registration/form.js'
import {readRegistration} from '../../../src/lib/registration/read.js'
import {submitRegistration} from '../../../src/lib/registration/submit.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../support/in-process-addon.js'
import {REGISTRATION} from '../../support/registration.js'

const options = {mock: false, brandSid: undefined}
const form = (business: Readonly<Record<string, string>> = {}) =>
  readForm('registration.yaml', {...REGISTRATION, business: {...REGISTRATION.business, ...business}})

let world: AddonInProcess
beforeEach(async () => {
  world = await startReadyAddon()
})

const submit = (changes = {}, given = form()) => submitRegistration(world.context, APP, given, {...options, ...changes})
const reviewed = () => world.transport.sleep(10_000)
const sending = async () => (await readRegistration(world.context, APP)).sending.state

/** How many of each there are: one, however it came to it. */
async function parts() {
  const {trustBundles, trustItems, brands, messagingServices, campaigns, addresses, mainAccountSid} =
    await world.state()
  const own = (all: readonly {accountSid: string}[]) =>
    all.filter(({accountSid}) => accountSid !== mainAccountSid).length
  return [own(trustBundles), own(trustItems), own(addresses), brands.length, messagingServices.length, campaigns.length]
}

const verifications = async () => (await world.state()).tollfreeVerifications

describe('a toll-free number', () => {
  beforeEach(async () => {
    world = await startReadyAddon({type: 'toll-free'})
  })

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
    await followRegistration(world.context, APP, form(), {options, submitted: await submit()})
    expect([(await verifications()).length, await sending()]).toEqual([1, 'verified'])
  })

  it('is said to be rejected, and why', async () => {
    const wrong = form({name: 'Example [30475]'})
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
  world = await startReadyAddon({type: 'toll-free'})
  await expect(submit({}, readForm('registration.yaml', without))).rejects.toMatchObject({
    code: 'REGISTRATION_FILE_INVALID',
    message: expect.stringContaining('no section toll_free') as unknown,
  })
  expect(await verifications()).toEqual([])
})
