import {describe, expect, it} from '@jest/globals'

import {mainAndSubaccount} from '../../accounts-support.js'
import {codeOf, sdk} from '../../sdk.js'

describe('numbers of an account', () => {
  it('are found by exact or partial number and by name, and keep their settings', async () => {
    const {main} = await mainAndSubaccount()
    const {sid} = await main.incomingPhoneNumbers.create({phoneNumber: '+18015556666', friendlyName: 'desk'})
    const changed = await main.incomingPhoneNumbers(sid).update({voiceUrl: 'https://example.com/v', smsMethod: 'GET'})
    expect(changed).toMatchObject({voiceUrl: 'https://example.com/v', smsMethod: 'GET', voiceMethod: 'POST'})
    for (const phoneNumber of ['+18015556666', '801', '555****']) {
      expect((await main.incomingPhoneNumbers.list({phoneNumber})).length).toBe(1)
    }
    expect(await main.incomingPhoneNumbers.list({friendlyName: 'other'})).toEqual([])
    expect(await codeOf(main.incomingPhoneNumbers(sid).update({voiceUrl: 'nonsense'}))).toBe(21402)
  })

  it('are moved by the main account’s own token only', async () => {
    const {sandbox, login, main, sid, sub} = await mainAndSubaccount()
    const number = await main.incomingPhoneNumbers.create({areaCode: '801'})
    const {apiKey} = await sandbox.credentials()
    const keyed = sdk(sandbox, {username: apiKey.sid, password: apiKey.secret}, login.username)
    expect(await codeOf(keyed.incomingPhoneNumbers(number.sid).update({accountSid: sid}))).toBe(21474)
    const inMain = main.incomingPhoneNumbers(number.sid)
    expect((await inMain.update({accountSid: sid})).accountSid).toBe(sid)
    const moved = sub.incomingPhoneNumbers(number.sid)
    expect(await codeOf(moved.update({accountSid: login.username}))).toBe(21474)
    const back = await main.api.v2010
      .accounts(sid)
      .incomingPhoneNumbers(number.sid)
      .update({accountSid: login.username})
    expect(back).toMatchObject({accountSid: login.username, sid: number.sid})
  })

  it('need an address, and in Germany a bundle, of the account that buys', async () => {
    const {main, sid, sub} = await mainAndSubaccount()
    const [uk] = await main.availablePhoneNumbers('GB').local.list({limit: 1})
    const phoneNumber = uk?.phoneNumber ?? ''
    const [ofMain] = await main.addresses.list()
    const buy = (documents: {addressSid?: string}) => sub.incomingPhoneNumbers.create({phoneNumber, ...documents})
    expect(await codeOf(buy({}))).toBe(21631)
    expect(await codeOf(buy({addressSid: ofMain?.sid ?? ''}))).toBe(21631)
    const place = {customerName: 'A', street: 'B', city: 'Berlin', region: 'BE', postalCode: '10115', isoCountry: 'DE'}
    const {sid: addressSid} = await sub.addresses.create(place)
    expect((await buy({addressSid})).addressSid).toBe(addressSid)

    const [berlin] = await main.availablePhoneNumbers('DE').local.list({limit: 1})
    const german = {phoneNumber: berlin?.phoneNumber ?? '', addressSid}
    expect(await codeOf(sub.incomingPhoneNumbers.create(german))).toBe(21649)
    const [bundle] = await main.numbers.v2.regulatoryCompliance.bundles.list({status: 'twilio-approved'})
    const clone = await main.numbers.v2.bundleClone(bundle?.sid ?? '').create({targetAccountSid: sid})
    const bought = await sub.incomingPhoneNumbers.create({...german, bundleSid: clone.bundleSid})
    expect(bought.bundleSid).toBe(clone.bundleSid)
  })
})

it('a number’s webhooks can be set and taken away', async () => {
  const {main} = await mainAndSubaccount()
  const {sid} = await main.incomingPhoneNumbers.create({areaCode: '801'})
  const urls = {
    voiceUrl: 'https://example.com/voice',
    smsUrl: 'https://example.com/sms',
    statusCallback: 'https://example.com/status',
  }
  expect(await main.incomingPhoneNumbers(sid).update(urls)).toMatchObject(urls)
  expect(await main.incomingPhoneNumbers(sid).update({smsUrl: ''})).toMatchObject({...urls, smsUrl: null})
  expect(await codeOf(main.incomingPhoneNumbers(sid).update({voiceUrl: 'nowhere'}))).toBe(21402)
})
