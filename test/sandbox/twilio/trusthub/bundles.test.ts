import {describe, expect, it} from '@jest/globals'

import {PRIMARY_PROFILE_POLICY, SECONDARY_PROFILE_POLICY} from '../../../../src/sandbox/world/policies.js'
import {registrationWorld} from '../../registration-support.js'
import {codeOf} from '../../sdk.js'

describe('customer profiles', () => {
  it('has an approved primary one in the main account, and lets nobody make another', async () => {
    const {main, primary} = await registrationWorld()
    expect(primary).toMatchObject({policySid: PRIMARY_PROFILE_POLICY, status: 'twilio-approved'})
    const another = main.trusthub.v1.customerProfiles.create({
      friendlyName: 'again',
      email: 'a@example.com',
      policySid: PRIMARY_PROFILE_POLICY,
    })
    await expect(another).rejects.toThrow('restricted via API for Primary Customer Profiles')
  })

  it('are reviewed by the clock, and approved', async () => {
    const {sandbox, addProfile} = await registrationWorld()
    const {context} = await addProfile()
    expect((await context.fetch()).status).toBe('draft')
    expect((await context.update({status: 'pending-review'})).status).toBe('pending-review')
    await sandbox.advanceClock(1)
    expect((await context.fetch()).status).toBe('in-review')
    await sandbox.advanceClock(4)
    expect(await context.fetch()).toMatchObject({status: 'twilio-approved', errors: null})
  })

  it('say which fields and parts are missing, and are not handed in without them', async () => {
    const {sub, addProfile} = await registrationWorld()
    const {context} = await addProfile({website_url: ''})
    const {status, results} = await context.customerProfilesEvaluations.create({policySid: SECONDARY_PROFILE_POLICY})
    expect(status).toBe('noncompliant')
    expect(results.flatMap(({invalid}: {invalid: {object_field: string}[]}) => invalid)).toMatchObject([
      {object_field: 'website_url'},
    ])
    expect(await codeOf(context.update({status: 'pending-review'}))).toBe(20001)

    const empty = await sub.trusthub.v1.customerProfiles.create({
      friendlyName: 'empty',
      email: 'a@example.com',
      policySid: SECONDARY_PROFILE_POLICY,
    })
    const evaluation = await sub.trusthub.v1
      .customerProfiles(empty.sid)
      .customerProfilesEvaluations.create({policySid: SECONDARY_PROFILE_POLICY})
    expect(evaluation.results.map(({passed}: {passed: boolean}) => passed)).toEqual([false, false, false, false])
  })

  it('are rejected for a code in brackets, corrected in place and resubmitted', async () => {
    const {sub, reviewed, addProfile} = await registrationWorld()
    const {context, infoSid} = await addProfile({business_name: 'Example [18602]'})
    await context.update({status: 'pending-review'})
    expect(await codeOf(context.update({status: 'pending-review'}))).toBe(20409)
    await reviewed()
    expect(await context.fetch()).toMatchObject({status: 'twilio-rejected', errors: [{code: 18602}]})

    const info = await sub.trusthub.v1.endUsers(infoSid).fetch()
    const attributes = {...(info.attributes as object), business_name: 'Example'}
    await sub.trusthub.v1.endUsers(infoSid).update({attributes})
    await context.update({status: 'pending-review'})
    await reviewed()
    expect((await context.fetch()).status).toBe('twilio-approved')
  })

  it('take numbers and items of the account’s own, once each', async () => {
    const {main, number, addProfile} = await registrationWorld()
    const {context} = await addProfile()
    const endpoint = {channelEndpointType: 'phone-number', channelEndpointSid: number.sid}
    const {customerProfilesChannelEndpointAssignment: endpoints} = context
    expect((await endpoints.create(endpoint)).channelEndpointSid).toBe(number.sid)
    expect(await codeOf(endpoints.create(endpoint))).toBe(20409)
    expect(await endpoints.list()).toHaveLength(1)
    const foreign = await main.trusthub.v1.endUsers.create({
      friendlyName: 'foreign',
      type: 'authorized_representative_1',
    })
    const {customerProfilesEntityAssignments: entities} = context
    expect(await codeOf(entities.create({objectSid: foreign.sid}))).toBe(20404)
    expect(await entities.list()).toHaveLength(4)
  })

  it('are found by name, policy and status', async () => {
    const {sub, addProfile} = await registrationWorld()
    const {sid} = await addProfile()
    const profiles = sub.trusthub.v1.customerProfiles
    const found = await profiles.list({friendlyName: 'Example', policySid: SECONDARY_PROFILE_POLICY, status: 'draft'})
    expect(found.map((each) => each.sid)).toEqual([sid])
    expect(await profiles.list({status: 'twilio-approved'})).toEqual([])
  })
})

describe('policies', () => {
  it('say what a profile needs', async () => {
    const {sub} = await registrationWorld()
    const policy = await sub.trusthub.v1.policies(SECONDARY_PROFILE_POLICY).fetch()
    const {end_user: endUsers} = policy.requirements as {end_user: {type: string; fields: string[]}[]}
    expect(endUsers.map(({type}) => type)).toContain('customer_profile_business_information')
    expect(endUsers[0]?.fields).toContain('business_registration_number')
    expect(await sub.trusthub.v1.policies.list()).toHaveLength(3)
  })
})
