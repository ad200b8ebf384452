import {describe, expect, it} from '@jest/globals'

import {codeOf, mainLogin, newSandbox, sdk} from './support.js'

async function setUp() {
  const sandbox = newSandbox()
  const main = await mainLogin(sandbox)
  const twilio = sdk(sandbox, main)
  const {sid, authToken} = await twilio.api.v2010.accounts.create({friendlyName: 'sub'})
  return {sandbox, main, twilio, sid, subaccount: sdk(sandbox, {username: sid, password: authToken})}
}

describe('numbers for sale', () => {
  it('are the same for everybody until somebody buys one', async () => {
    const {twilio, subaccount} = await setUp()
    const offer = async () =>
      (await twilio.availablePhoneNumbers('US').local.list({areaCode: 801, limit: 3})).map((n) => n.phoneNumber)
    const before = await offer()
    expect(before.every((number) => number.startsWith('+1801555'))).toBe(true)
    expect(await offer()).toEqual(before)
    await subaccount.incomingPhoneNumbers.create({phoneNumber: before[0] ?? ''})
    expect((await offer()).slice(0, 2)).toEqual(before.slice(1))
  })

  it.each([
    ['US', {areaCode: 212}, /^\+1212/],
    ['US', {inRegion: 'UT'}, /^\+1(801|435)/],
    ['US', {nearNumber: '+14155550100'}, /^\+1415/],
    ['US', {contains: '80155512**'}, /^\+180155512\d\d$/],
    ['US', {areaCode: 801, contains: 'AKKERIS'}, /^\+18012553747$/],
    ['CA', {}, /^\+1(416|514|604|403|613|204|902)/],
    ['GB', {smsEnabled: true}, /^\+44/],
  ])('in %s of %j look like %s', async (country, filter, shape) => {
    const {twilio} = await setUp()
    const numbers = await twilio.availablePhoneNumbers(country).local.list({...filter, limit: 5})
    expect(numbers.length).toBeGreaterThan(0)
    for (const {phoneNumber} of numbers) expect(phoneNumber).toMatch(shape)
  })

  it('can be filtered by capability and by what papers they need', async () => {
    const {twilio} = await setUp()
    const local = twilio.availablePhoneNumbers('GB').local
    expect((await local.list({smsEnabled: true, limit: 9})).every((number) => number.capabilities.sms)).toBe(true)
    expect(await local.list({excludeAllAddressRequired: true, limit: 9})).toEqual([])
    expect(
      (await twilio.availablePhoneNumbers('SE').mobile.list({excludeAllAddressRequired: true})).length,
    ).toBeGreaterThan(0)
  })

  it('are of the types a country has', async () => {
    const {twilio} = await setUp()
    expect(await codeOf(twilio.availablePhoneNumbers('US').mobile.list())).toBe(20404)
    expect(await codeOf(twilio.availablePhoneNumbers('XX').local.list())).toBe(20404)
    const [tollFree] = await twilio.availablePhoneNumbers('US').tollFree.list({areaCode: 888, limit: 1})
    expect(tollFree?.phoneNumber).toMatch(/^\+1888/)
    expect(await twilio.availablePhoneNumbers('US').local.list({areaCode: 533})).toEqual([])
    expect((await twilio.availablePhoneNumbers.list()).map(({countryCode}) => countryCode)).toContain('GB')
  })
})

describe('numbers of an account', () => {
  it('are found by exact or partial number and by name, and keep their settings', async () => {
    const {twilio} = await setUp()
    const {sid} = await twilio.incomingPhoneNumbers.create({phoneNumber: '+18015556666', friendlyName: 'desk'})
    const changed = await twilio.incomingPhoneNumbers(sid).update({voiceUrl: 'https://example.com/v', smsMethod: 'GET'})
    expect(changed).toMatchObject({voiceUrl: 'https://example.com/v', smsMethod: 'GET', voiceMethod: 'POST'})
    for (const phoneNumber of ['+18015556666', '801', '555****']) {
      expect((await twilio.incomingPhoneNumbers.list({phoneNumber})).length).toBe(1)
    }
    expect(await twilio.incomingPhoneNumbers.list({friendlyName: 'other'})).toEqual([])
    expect(await codeOf(twilio.incomingPhoneNumbers(sid).update({voiceUrl: 'nonsense'}))).toBe(21402)
  })

  it('are moved by the main account’s own token only', async () => {
    const {sandbox, main, twilio, sid, subaccount} = await setUp()
    const number = await twilio.incomingPhoneNumbers.create({areaCode: '801'})
    const {apiKey} = await sandbox.credentials()
    const keyed = sdk(sandbox, {username: apiKey.sid, password: apiKey.secret}, main.username)
    expect(await codeOf(keyed.incomingPhoneNumbers(number.sid).update({accountSid: sid}))).toBe(21474)
    const inMain = twilio.incomingPhoneNumbers(number.sid)
    expect((await inMain.update({accountSid: sid})).accountSid).toBe(sid)
    const moved = subaccount.incomingPhoneNumbers(number.sid)
    expect(await codeOf(moved.update({accountSid: main.username}))).toBe(21474)
    const back = await twilio.api.v2010
      .accounts(sid)
      .incomingPhoneNumbers(number.sid)
      .update({accountSid: main.username})
    expect(back).toMatchObject({accountSid: main.username, sid: number.sid})
  })

  it('need an address, and in Germany a bundle, of the account that buys', async () => {
    const {twilio, sid, subaccount} = await setUp()
    const [uk] = await twilio.availablePhoneNumbers('GB').local.list({limit: 1})
    const phoneNumber = uk?.phoneNumber ?? ''
    const [ofMain] = await twilio.addresses.list()
    const buy = (papers: {addressSid?: string}) => subaccount.incomingPhoneNumbers.create({phoneNumber, ...papers})
    expect(await codeOf(buy({}))).toBe(21631)
    expect(await codeOf(buy({addressSid: ofMain?.sid ?? ''}))).toBe(21631)
    const place = {customerName: 'A', street: 'B', city: 'Berlin', region: 'BE', postalCode: '10115', isoCountry: 'DE'}
    const {sid: addressSid} = await subaccount.addresses.create(place)
    expect((await buy({addressSid})).addressSid).toBe(addressSid)

    const [berlin] = await twilio.availablePhoneNumbers('DE').local.list({limit: 1})
    const german = {phoneNumber: berlin?.phoneNumber ?? '', addressSid}
    expect(await codeOf(subaccount.incomingPhoneNumbers.create(german))).toBe(21649)
    const [bundle] = await twilio.numbers.v2.regulatoryCompliance.bundles.list({status: 'twilio-approved'})
    const clone = await twilio.numbers.v2.bundleClone(bundle?.sid ?? '').create({targetAccountSid: sid})
    const bought = await subaccount.incomingPhoneNumbers.create({...german, bundleSid: clone.bundleSid})
    expect(bought.bundleSid).toBe(clone.bundleSid)
  })
})
