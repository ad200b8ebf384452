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
const ALL = [2, 4, 1, 1, 1, 1]

describe('a registration', () => {
  it('stops at each review, is resumed by the same command, and ends with a number that may send', async () => {
    const stops = []
    for (let run = 1; run <= 5; run++) {
      stops.push((await submit()).waitsFor)
      await reviewed()
    }
    expect(stops).toEqual(['customer-profile', 'a2p-profile', 'brand', 'campaign', undefined])
    expect(await parts()).toEqual(ALL)
    expect(await sending()).toBe('verified')
    const {messagingServices} = await world.state()
    expect(messagingServices[0]?.settings.use_inbound_webhook_on_number).toBe(true)
  })

  it('makes nothing twice while a review goes on', async () => {
    await submit()
    const before = await parts()
    expect((await submit()).waitsFor).toBe('customer-profile')
    expect(await parts()).toEqual(before)
  })

  it('follows the reviews to the end where it is to wait', async () => {
    const submitted = await followRegistration(world.context, APP, form(), {options, submitted: await submit()})
    expect(submitted.waitsFor).toBeUndefined()
    expect(await sending()).toBe('verified')
  })

  it('finds what it made by name when the answer, and what was recorded, is lost', async () => {
    await submit()
    const {registration: _, ...rest} = (await world.record()) ?? {}
    await world.write({...rest, registration: {}})
    await followRegistration(world.context, APP, form(), {options, submitted: await submit()})
    expect(await parts()).toEqual(ALL)
  })

  it.each([
    'trusthub.twilio.com/v1/CustomerProfiles',
    'trusthub.twilio.com/v1/EndUsers',
    'trusthub.twilio.com/v1/SupportingDocuments',
    'trusthub.twilio.com/v1/TrustProducts',
    'messaging.twilio.com/v1/a2p/BrandRegistrations',
    'messaging.twilio.com/v1/Services',
    'EntityAssignments',
    'Evaluations',
    'PhoneNumbers',
    'Compliance/Usa2p',
  ])('has one of each where the answer to POST %s is lost', async (path) => {
    world.sandbox.faults.add({when: 'after', do: {drop: true}, method: 'POST', path: `${path}$`})
    await followRegistration(world.context, APP, form(), {options, submitted: await submit()})
    expect(world.sandbox.requests.filter(({status}) => status === undefined)).toHaveLength(1)
    expect(await parts()).toEqual(ALL)
    expect(await sending()).toBe('verified')
  })

  it('says why a profile was rejected, and what hands it in again', async () => {
    const wrong = form({name: 'Example [18602]'})
    await submit({}, wrong)
    await reviewed()
    await expect(submit({}, wrong)).rejects.toMatchObject({
      code: 'REGISTRATION_REJECTED',
      message: expect.stringContaining('could not verify the registration number') as unknown,
      suggestions: [expect.stringContaining('twilio:registration:fix -a api-default')],
    })
    const {sending: seen} = await readRegistration(world.context, APP)
    expect(seen).toMatchObject({state: 'rejected', reasons: [{code: 18602}]})
  })

  it('is in review for whoever asks whether the number may send, from the first review on', async () => {
    const states = [await sending()]
    for (let run = 1; run <= 4; run++) {
      await submit()
      states.push(await sending())
      await reviewed()
      states.push(await sending())
    }
    expect(states).toEqual([
      'not-registered',
      ...['in-review', 'not-registered', 'in-review', 'not-registered', 'in-review', 'not-registered'],
      ...['in-review', 'verified'],
    ])
  })

  it('does not pay for a second brand where the first one failed', async () => {
    const wrong = form({name: 'Example [30796]'})
    for (let run = 1; run <= 3; run++) {
      await submit({}, wrong)
      await reviewed()
    }
    await expect(submit({}, wrong)).rejects.toMatchObject({code: 'REGISTRATION_REJECTED'})
    await expect(submit({}, wrong)).rejects.toMatchObject({code: 'REGISTRATION_REJECTED'})
    expect((await parts())[3]).toBe(1)
  })

  it('needs the approved primary profile of the main account', async () => {
    await world.sandbox.change((state) => void (state.trustBundles = []))
    await expect(submit()).rejects.toMatchObject({code: 'PRIMARY_PROFILE_NOT_APPROVED'})
    expect((await parts())[0]).toBe(0)
  })

  it('with a mock brand goes the whole way, and registers nothing', async () => {
    const mock = {...options, mock: true}
    const submitted = await followRegistration(world.context, APP, form(), {
      options: mock,
      submitted: await submit(mock),
    })
    expect(submitted.waitsFor).toBeUndefined()
    expect(await sending()).toBe('not-registered')
    // Before another brand is charged.
    await expect(submit()).rejects.toMatchObject({code: 'REGISTRATION_IS_MOCK'})
    expect((await parts())[3]).toBe(1)
  })

  it('uses an approved brand of the subaccount', async () => {
    await expect(submit({brandSid: `BN${'1'.repeat(32)}`})).rejects.toMatchObject({code: 'BRAND_NOT_USABLE'})
    for (let run = 1; run <= 3; run++) {
      await submit()
      await reviewed()
    }
    const [brand] = (await world.state()).brands
    expect((await submit({brandSid: brand?.sid})).waitsFor).toBe('campaign')
  })
})

describe('a toll-free number', () => {
  beforeEach(async () => {
    world = await startReadyAddon({type: 'toll-free'})
  })
  const verifications = async () => (await world.state()).tollfreeVerifications

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

it('needs of the file what its kind of number is asked for', async () => {
  const {campaign: _, ...without} = REGISTRATION
  await expect(submit({}, readForm('registration.yaml', without))).rejects.toMatchObject({
    code: 'REGISTRATION_FILE_INVALID',
    message: expect.stringContaining('no section campaign') as unknown,
  })
})
