import {beforeEach, describe, expect, it} from '@jest/globals'

import {readForm} from '../../../src/lib/registration/form.js'
import {readRegistration} from '../../../src/lib/registration/read.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../support/in-process-addon.js'
import {putReviewed, sidAt} from '../../support/in-process-registration.js'
import {formWith, submissions} from '../../support/in-process-submission.js'
import {REGISTRATION} from '../../support/registration.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startReadyAddon()
})

const {submit, follow, reviewed, sending, parts} = submissions(() => world)
const ALL = [2, 4, 1, 1, 1, 1]

describe('a registration of a local number', () => {
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

  it('finds what it made by name when the answer, and what was recorded, is lost', async () => {
    await submit()
    const {registration: _, ...rest} = (await world.record()) ?? {}
    await world.write({...rest, registration: {}})
    await follow()
    expect(await parts()).toEqual(ALL)
  })

  it('has one of each where the answer to each request that makes something is lost', async () => {
    const paths = [
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
    ]
    for (const path of paths)
      world.sandbox.faults.add({when: 'after', do: {drop: true}, method: 'POST', path: `${path}$`})
    await follow()
    expect(world.sandbox.requests.filter(({status}) => status === undefined)).toHaveLength(paths.length)
    expect(await parts()).toEqual(ALL)
    expect(await sending()).toBe('verified')
  })

  it('says why a profile was rejected, and what hands it in again', async () => {
    const wrong = formWith({name: 'Example [18602]'})
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
    const wrong = formWith({name: 'Example [30796]'})
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
    const submitted = await follow({mock: true})
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
    await world.write({registration: {brand: sidAt('BN', 9)}})
    expect((await submit({brandSid: brand?.sid})).waitsFor).toBe('campaign')
    expect((await world.record())?.registration).toMatchObject({brand: brand?.sid})
  })

  it('adds the number to no second messaging service: it stays in the one that it is in', async () => {
    const {phoneNumber, accountSid = ''} = (await world.record()) ?? {}
    await putReviewed(world, accountSid, {campaign: {numberSid: phoneNumber?.sid ?? ''}})
    await follow()
    const {messagingServices, campaigns} = await world.state()
    expect(messagingServices.map(({sid}) => sid)).toEqual([sidAt('MG', 1)])
    expect(campaigns.map(({messagingServiceSid}) => messagingServiceSid)).toEqual([sidAt('MG', 1)])
  })

  it('records that a person agreed to what it costs, and each part that there is', async () => {
    const recorded = async () => Object.keys((await world.record())?.registration ?? {})
    await submit()
    expect(await recorded()).toEqual(['agreed', 'profile', 'business', 'representative', 'document'])
    await follow()
    expect(await recorded()).toEqual(expect.arrayContaining(['a2pProfile', 'a2p', 'brand', 'service', 'campaign']))
  })

  it('with a mock brand costs nothing that somebody must have agreed to', async () => {
    await submit({mock: true})
    expect((await world.record())?.registration).not.toHaveProperty('agreed')
  })

  it('uses no brand that is not approved', async () => {
    const {accountSid = ''} = (await world.record()) ?? {}
    await putReviewed(world, accountSid, {brands: [['in-review', 1]]})
    await expect(submit({brandSid: sidAt('BN', 1)})).rejects.toMatchObject({
      code: 'BRAND_NOT_USABLE',
      message: `The brand ${sidAt('BN', 1)} is not approved: PENDING.`,
    })
  })

  it('says what this run saw, which lists may not show yet', async () => {
    expect((await submit()).seen).toMatchObject({'customer-profile': {state: 'in-review'}})
    const {seen} = await follow()
    expect(Object.entries(seen).map(([step, each]) => [step, each.state])).toEqual([
      ['customer-profile', 'approved'],
      ['a2p-profile', 'approved'],
      ['brand', 'approved'],
      ['messaging-service', 'approved'],
      ['campaign', 'approved'],
    ])
  })

  it('needs the section of the file that says what is sent, before anything is made', async () => {
    const {campaign: _, ...without} = REGISTRATION
    await expect(submit({}, readForm('registration.yaml', without))).rejects.toMatchObject({
      code: 'REGISTRATION_FILE_INVALID',
      message: expect.stringContaining('no section campaign') as unknown,
    })
    expect((await parts())[0]).toBe(0)
  })
})
