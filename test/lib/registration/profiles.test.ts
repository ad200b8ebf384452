import {beforeEach, describe, expect, it} from '@jest/globals'

import type {Work} from '../../../src/lib/registration/parts.js'
import {
  handInBundle,
  registerA2pProfile,
  registerProfile,
  requirePrimary,
} from '../../../src/lib/registration/profiles.js'
import {addAddon, type AddonInProcess, startAddonInProcess} from '../../support/in-process-addon.js'
import {putReviewed, sidAt} from '../../support/in-process-registration.js'
import {formWith, workFor} from '../../support/in-process-submission.js'

let world: AddonInProcess
let accountSid: string
let work: Work
beforeEach(async () => {
  world = await startAddonInProcess()
  accountSid = await addAddon(world)
  work = await workFor(world)
})

const primarySid = () => requirePrimary(world.context)
const changes = (from = 0) => world.sandbox.requests.slice(from).filter(({method}) => method === 'POST')

/** A bundle of the subaccount, and what is assigned to it by type; what is not its own by SID. */
async function bundle(sid: string) {
  const {trustBundles, trustItems} = await world.state()
  const {entities = [], ...found} = trustBundles.find((each) => each.sid === sid) ?? {}
  const items = entities.map(({objectSid}) => {
    const item = trustItems.find((each) => each.sid === objectSid)
    return [item?.type ?? objectSid, item?.attributes] as const
  })
  return {...found, items: Object.fromEntries(items)}
}

/** The subaccount's address in this street. */
async function addressIn(street: string): Promise<string | undefined> {
  const {addresses} = await world.state()
  return addresses.find((each) => each.accountSid === accountSid && each.street === street)?.sid
}

describe('the primary profile', () => {
  it('that vouches for every registration must be approved', async () => {
    expect(await primarySid()).toMatch(/^BU/)
    await world.sandbox.change(({trustBundles: [primary]}) => {
      if (primary) delete primary.review
    })
    await expect(primarySid()).rejects.toMatchObject({
      code: 'PRIMARY_PROFILE_NOT_APPROVED',
      exitCode: 1,
      message: expect.stringMatching(/\(.+\) is not approved: draft\.$/) as unknown,
      suggestions: [expect.stringContaining('https://console.twilio.com/') as unknown],
    })
  })

  it('must be there', async () => {
    await world.sandbox.change((state) => void (state.trustBundles = []))
    await expect(primarySid()).rejects.toMatchObject({
      message: expect.stringContaining('has no primary profile') as unknown,
    })
  })
})

describe('a profile', () => {
  it('of a business says who it is, who speaks for it and where it is, is vouched for, and is submitted', async () => {
    const primary = await primarySid()
    const {sid, state} = await registerProfile(work, primary)
    expect(state).toBe('in-review')
    expect(await bundle(sid)).toMatchObject({
      accountSid,
      friendlyName: 'aka-twilio api-default',
      email: 'ada@example.com',
      items: {
        [primary]: undefined,
        customer_profile_business_information: work.form.business,
        authorized_representative_1: work.form.representative,
        customer_profile_address: {address_sids: await addressIn('1 Example Street')},
      },
    })
    expect(Object.keys(work.lease.record.registration ?? {})).toEqual([
      'profile',
      'business',
      'representative',
      'document',
    ])
    expect(world.progress).toEqual([
      'creating the customer profile',
      'creating the business information',
      'creating the representative information',
      'creating the address',
      'submitting the customer profile',
    ])
  })

  it('for messages to the US says what they are, is vouched for by that of the business, and is submitted', async () => {
    await putReviewed(world, accountSid, {profiles: [['approved']]})
    const {sid, state} = await registerA2pProfile(work, sidAt('BU', 1))
    expect(state).toBe('in-review')
    expect((await bundle(sid)).items).toEqual({
      [sidAt('BU', 1)]: undefined,
      us_a2p_messaging_profile_information: work.form.a2p,
    })
    expect(Object.keys(work.lease.record.registration ?? {})).toEqual(['a2pProfile', 'a2p'])
    expect(world.progress).toEqual([
      'creating the A2P profile',
      'creating the A2P information',
      'submitting the A2P profile',
    ])
  })

  it.each(['in-review', 'approved', 'rejected'] as const)(
    'that is %s is given as it is, and nothing is made for it',
    async (is) => {
      await putReviewed(world, accountSid, {profiles: [[is]], a2pProfiles: [[is]]})
      await world.write({registration: {profile: sidAt('BU', 1), a2pProfile: sidAt('BU', 101)}})
      work = await workFor(world)
      const before = world.sandbox.requests.length
      expect(await registerProfile(work, await primarySid())).toMatchObject({sid: sidAt('BU', 1), state: is})
      expect(await registerA2pProfile(work, sidAt('BU', 1))).toMatchObject({sid: sidAt('BU', 101), state: is})
      expect(changes(before)).toEqual([])
    },
  )
})

describe('a profile that does not comply with its policy', () => {
  const incomplete = {
    code: 'REGISTRATION_INCOMPLETE',
    message: expect.stringMatching(/^The (customer|A2P) profile does not comply .*\[222\d\d\]$/) as unknown,
  }

  it('is not submitted', async () => {
    await putReviewed(world, accountSid, {profiles: [['draft']], a2pProfiles: [['draft']]})
    await expect(handInBundle(work, 'customerProfiles', sidAt('BU', 1))).rejects.toMatchObject(incomplete)
    await expect(handInBundle(work, 'trustProducts', sidAt('BU', 101))).rejects.toMatchObject(incomplete)
    const {trustBundles} = await world.state()
    expect(trustBundles.filter((each) => each.accountSid === accountSid && each.review)).toEqual([])
  })

  it('is submitted as soon as the file was corrected, with what it says then', async () => {
    const primary = await primarySid()
    const form = formWith()
    work = await workFor(world, {
      ...form,
      business: {...form.business, website_url: ''},
      address: {...form.address, street: '2 Example Street'},
    })
    await expect(registerProfile(work, primary)).rejects.toMatchObject(incomplete)
    work = await workFor(world, form)
    const {sid, state} = await registerProfile(work, primary)
    expect(state).toBe('in-review')
    const {trustBundles} = await world.state()
    expect((await bundle(sid)).items).toMatchObject({
      customer_profile_business_information: form.business,
      customer_profile_address: {address_sids: await addressIn('1 Example Street')},
    })
    expect(trustBundles.filter((each) => each.accountSid === accountSid)).toHaveLength(1)
  })
})
