import {describe, expect, it} from '@jest/globals'

import {CAMPAIGN, registrationWorld} from '../../registration-support.js'
import {codeOf} from '../../sdk.js'

describe('brands', () => {
  it('need approved profiles, and are reviewed', async () => {
    const {sub, reviewed, addProfile, addA2pProfile, addApprovedProfiles} = await registrationWorld()
    const {brandRegistrations: brands} = sub.messaging.v1
    const draft = await addProfile()
    const product = await addA2pProfile(draft.sid)
    const tooEarly = {customerProfileBundleSid: draft.sid, a2PProfileBundleSid: product.sid}
    expect(await codeOf(brands.create(tooEarly))).toBe(20422)

    const brand = await brands.create({...(await addApprovedProfiles()), mock: true})
    expect(brand).toMatchObject({status: 'PENDING', mock: true})
    await reviewed()
    expect(await brands(brand.sid).fetch()).toMatchObject({status: 'APPROVED', identityStatus: 'VERIFIED'})
    expect(await brands.list()).toHaveLength(1)
  })

  it('fail for a code in brackets, and are resubmitted with what the profiles say then', async () => {
    const {sub, reviewed, addApprovedProfiles} = await registrationWorld()
    const {brandRegistrations: brands} = sub.messaging.v1
    const {infoSid, ...profiles} = await addApprovedProfiles({business_name: 'Example [30796]'})
    const {sid} = await brands.create(profiles)
    await reviewed()
    const {status, errors} = await brands(sid).fetch()
    expect([status, errors]).toMatchObject(['FAILED', [{code: '30796', fields: ['business_name']}]])
    await sub.trusthub.v1.endUsers(infoSid).update({attributes: {business_name: 'Example'}})
    expect((await brands(sid).update()).status).toBe('PENDING')
    await reviewed()
    expect((await brands(sid).fetch()).status).toBe('APPROVED')
  })
})

describe('messaging services', () => {
  it('have a number in one of them at most, while the account has it', async () => {
    const {sub, number} = await registrationWorld()
    const {services} = sub.messaging.v1
    const [first, second] = [await services.create({friendlyName: 'one'}), await services.create({friendlyName: 'two'})]
    const member = await services(first.sid).phoneNumbers.create({phoneNumberSid: number.sid})
    expect(member).toMatchObject({sid: number.sid, phoneNumber: number.phoneNumber, countryCode: 'US'})
    expect(await codeOf(services(first.sid).phoneNumbers.create({phoneNumberSid: number.sid}))).toBe(21710)
    expect(await codeOf(services(second.sid).phoneNumbers.create({phoneNumberSid: number.sid}))).toBe(21712)
    await sub.api.v2010.account.incomingPhoneNumbers(number.sid).remove()
    expect(await services(first.sid).phoneNumbers.list()).toEqual([])
  })
})

describe('campaigns', () => {
  it('are one per service, of an approved brand, and checked', async () => {
    const {context, brandRegistrationSid} = await (await registrationWorld()).addService()
    const campaign = {...CAMPAIGN, brandRegistrationSid}
    expect(await codeOf(context.usAppToPerson.create({...campaign, description: 'too short'}))).toBe(20422)
    expect(
      await codeOf(context.usAppToPerson.create({...campaign, messageSamples: ['only one, which is not enough']})),
    ).toBe(20422)
    expect((await context.usAppToPerson.create(campaign)).campaignStatus).toBe('IN_PROGRESS')
    expect(await codeOf(context.usAppToPerson.create(campaign))).toBe(20409)
    expect(await context.usAppToPerson.list()).toHaveLength(1)
    const {usAppToPersonUsecases} = await context.usAppToPersonUsecases.fetch({brandRegistrationSid})
    expect(usAppToPersonUsecases).toContainEqual(expect.objectContaining({code: 'DELIVERY_NOTIFICATION'}))
  })

  it('fail for a code in brackets, and are edited in place', async () => {
    const {reviewed, addService} = await registrationWorld()
    const {context, brandRegistrationSid} = await addService()
    const {sid} = await context.usAppToPerson.create({
      ...CAMPAIGN,
      brandRegistrationSid,
      messageFlow: `${CAMPAIGN.messageFlow} [30909]`,
    })
    await reviewed()
    const failed = await context.usAppToPerson(sid).fetch()
    expect(failed).toMatchObject({campaignStatus: 'FAILED', errors: [{error_code: 30909, fields: ['MESSAGE_FLOW']}]})
    await context.usAppToPerson(sid).update({...CAMPAIGN, ageGated: false, directLending: false})
    await reviewed()
    expect((await context.usAppToPerson(sid).fetch()).campaignStatus).toBe('VERIFIED')
  })
})

describe('toll-free verifications', () => {
  const VERIFICATION = {
    businessName: 'Example',
    businessWebsite: 'https://example.com',
    notificationEmail: 'ada@example.com',
    useCaseCategories: ['DELIVERY_NOTIFICATIONS'],
    useCaseSummary: 'Tells customers when their order was sent.',
    productionMessageSample: 'Your order 1234 was sent today.',
    optInImageUrls: ['https://example.com/opt-in.png'],
    optInType: 'WEB_FORM' as const,
    messageVolume: '1,000',
  }

  it('are one per toll-free number, rejected for a code in brackets, and edited for seven days', async () => {
    const {sub, sandbox, number, reviewed} = await registrationWorld()
    const {tollfreeVerifications: verifications} = sub.messaging.v1
    const {sid: tollfreePhoneNumberSid} = await sub.api.v2010.account.incomingPhoneNumbers.create({
      phoneNumber: '+18335550123',
    })
    expect(await codeOf(verifications.create({...VERIFICATION, tollfreePhoneNumberSid: number.sid}))).toBe(20422)
    const {sid} = await verifications.create({
      ...VERIFICATION,
      useCaseSummary: 'Unclear [30446]',
      tollfreePhoneNumberSid,
    })
    expect(await codeOf(verifications.create({...VERIFICATION, tollfreePhoneNumberSid}))).toBe(20409)
    expect(await codeOf(verifications(sid).update(VERIFICATION))).toBe(20409)
    await reviewed()
    const rejected = await verifications(sid).fetch()
    expect(rejected).toMatchObject({status: 'TWILIO_REJECTED', editAllowed: true, rejectionReasons: [{code: 30446}]})
    expect((await verifications(sid).update(VERIFICATION)).status).toBe('PENDING_REVIEW')
    await reviewed()
    expect((await verifications.list({tollfreePhoneNumberSid})).map(({status}) => status)).toEqual(['TWILIO_APPROVED'])

    await verifications(sid).remove()
    const again = await verifications.create({...VERIFICATION, useCaseSummary: '[30446]', tollfreePhoneNumberSid})
    await sandbox.advanceClock(8 * 86_400)
    expect((await verifications(again.sid).fetch()).editAllowed).toBe(false)
    expect(await codeOf(verifications(again.sid).update(VERIFICATION))).toBe(20409)
  })
})

describe('messages to the US, where it is strict', () => {
  it('are blocked with 30034 until the campaign of the number is verified', async () => {
    const {sub, sandbox, number, reviewed, addService} = await registrationWorld()
    const send = async () => {
      const {sid} = await sub.messages.create({from: number.phoneNumber, to: '+14155550100', body: 'hello'})
      await reviewed()
      const {status, errorCode} = await sub.messages(sid).fetch()
      return [status, errorCode]
    }
    expect(await send()).toEqual(['delivered', null])
    await sandbox.change((state) => void (state.strictUs = true))
    expect(await send()).toEqual(['undelivered', 30034])
    const {context, brandRegistrationSid, sid: messagingServiceSid} = await addService()
    await context.usAppToPerson.create({...CAMPAIGN, brandRegistrationSid})
    expect(await send()).toEqual(['undelivered', 30034])
    expect(await send()).toEqual(['delivered', null])
    const {sid} = await sub.messages.create({messagingServiceSid, to: '+14155550100', body: 'hello'})
    await reviewed()
    expect((await sub.messages(sid).fetch()).status).toBe('delivered')
  })

  it('are blocked with 30032 from a toll-free number that is not verified, to Canada as well', async () => {
    const {sub, sandbox, reviewed} = await registrationWorld()
    await sandbox.change((state) => void (state.strictUs = true))
    const {phoneNumber: from} = await sub.api.v2010.account.incomingPhoneNumbers.create({phoneNumber: '+18335550123'})
    for (const [to, code] of [
      ['+14155550100', 30032],
      ['+14165550100', 30032],
      ['+442079460123', null],
    ] as const) {
      const {sid} = await sub.messages.create({from, to, body: 'hello'})
      await reviewed()
      expect((await sub.messages(sid).fetch()).errorCode).toBe(code)
    }
  })
})
