import {describe, expect, it} from '@jest/globals'

import {mainAndSubaccount} from '../../accounts-support.js'
import {codeOf} from '../../sdk.js'

describe('numbers for sale', () => {
  it('are the same for everyone until one is bought', async () => {
    const {main, sub} = await mainAndSubaccount()
    const offer = async () =>
      (await main.availablePhoneNumbers('US').local.list({areaCode: 801, limit: 3})).map((n) => n.phoneNumber)
    const before = await offer()
    expect(before.every((number) => number.startsWith('+1801555'))).toBe(true)
    expect(await offer()).toEqual(before)
    await sub.incomingPhoneNumbers.create({phoneNumber: before[0] ?? ''})
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
    const {main} = await mainAndSubaccount()
    const numbers = await main.availablePhoneNumbers(country).local.list({...filter, limit: 5})
    expect(numbers.length).toBeGreaterThan(0)
    for (const {phoneNumber} of numbers) expect(phoneNumber).toMatch(shape)
  })

  it('say where they are as Twilio does: in texts', async () => {
    const {main} = await mainAndSubaccount()
    const [number] = await main.availablePhoneNumbers('US').local.list({areaCode: 801, limit: 1})
    for (const degrees of [number?.latitude, number?.longitude]) expect(degrees).toMatch(/^-?\d+\.\d{6}$/)
  })

  it('can be filtered by capability and by what documents they need', async () => {
    const {main} = await mainAndSubaccount()
    const local = main.availablePhoneNumbers('GB').local
    expect(
      (await local.list({smsEnabled: true, limit: 9})).every((number) => (number.capabilities as {SMS?: boolean}).SMS),
    ).toBe(true)
    expect(await local.list({excludeAllAddressRequired: true, limit: 9})).toEqual([])
    expect(
      (await main.availablePhoneNumbers('SE').mobile.list({excludeAllAddressRequired: true})).length,
    ).toBeGreaterThan(0)
  })

  it('are of the types a country has', async () => {
    const {main} = await mainAndSubaccount()
    expect(await codeOf(main.availablePhoneNumbers('US').mobile.list())).toBe(20404)
    expect(await codeOf(main.availablePhoneNumbers('XX').local.list())).toBe(20404)
    const [tollFree] = await main.availablePhoneNumbers('US').tollFree.list({areaCode: 888, limit: 1})
    expect(tollFree?.phoneNumber).toMatch(/^\+1888/)
    expect(await main.availablePhoneNumbers('US').local.list({areaCode: 533})).toEqual([])
    expect((await main.availablePhoneNumbers.list()).map(({countryCode}) => countryCode)).toContain('GB')
  })
})
