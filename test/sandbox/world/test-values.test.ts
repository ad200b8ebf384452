import {describe, expect, it} from '@jest/globals'

import {codeOf, sdk} from '../sdk.js'
import {mainLogin, newSandbox} from '../support.js'

/** https://www.twilio.com/docs/iam/test-credentials */
const OWNED = '+15005550006'
const STRANGER = '+15005551234'
const PHONE = '+18015556666'

async function client() {
  const sandbox = newSandbox()
  return sdk(sandbox, await mainLogin(sandbox))
}

describe('buying a number', () => {
  it.each([
    [{phoneNumber: '+15005550000'}, 21422],
    [{phoneNumber: '+15005550001'}, 21421],
    [{phoneNumber: '+15005550006'}, undefined],
    [{phoneNumber: STRANGER}, 21421],
    [{phoneNumber: 'nonsense'}, 21421],
    [{areaCode: '500'}, undefined],
    [{areaCode: '533'}, 21452],
    [{areaCode: '911'}, 21451],
    [{areaCode: '999'}, 21451],
    [{areaCode: '801'}, undefined],
    [{}, 21421],
  ])('of %j answers %s', async (values, code) => {
    expect(await codeOf((await client()).incomingPhoneNumbers.create(values))).toBe(code)
  })

  it('gives +15005550006 for area code 500, as often as it is asked', async () => {
    const twilio = await client()
    await twilio.incomingPhoneNumbers.create({areaCode: '500'})
    const {phoneNumber} = await twilio.incomingPhoneNumbers.create({areaCode: '500'})
    expect(phoneNumber).toBe('+15005550006')
  })

  it('sells a number once, and not again after it was released', async () => {
    const twilio = await client()
    const {sid} = await twilio.incomingPhoneNumbers.create({phoneNumber: PHONE})
    expect(await codeOf(twilio.incomingPhoneNumbers.create({phoneNumber: PHONE}))).toBe(21422)
    await twilio.incomingPhoneNumbers(sid).remove()
    expect(await codeOf(twilio.incomingPhoneNumbers.create({phoneNumber: PHONE}))).toBe(21422)
  })
})

describe('sending a message', () => {
  it.each([
    [OWNED, PHONE, undefined],
    ['+15005550001', PHONE, 21212],
    ['+15005550007', PHONE, 21606],
    ['+15005550008', PHONE, 21611],
    ['+18015550000', PHONE, 21606],
    [OWNED, OWNED, 21266],
    [OWNED, '+15005550001', 21211],
    [OWNED, '+15005550002', 21612],
    [OWNED, '+15005550003', 21408],
    [OWNED, '+15005550004', 21610],
    [OWNED, '+15005550009', 21614],
  ])('from %s to %s answers %s', async (from, to, code) => {
    expect(await codeOf((await client()).messages.create({from, to, body: 'hello'}))).toBe(code)
  })

  it('works from a number the account owns, and is delivered a little later', async () => {
    const sandbox = newSandbox()
    const twilio = sdk(sandbox, await mainLogin(sandbox))
    await twilio.incomingPhoneNumbers.create({phoneNumber: PHONE})
    const {sid, status} = await twilio.messages.create({from: PHONE, to: '+14155550100', body: 'hello'})
    await sandbox.advanceClock(5)
    expect([status, (await twilio.messages(sid).fetch()).status]).toEqual(['queued', 'delivered'])
  })
})

describe('making a call', () => {
  it.each([
    [OWNED, PHONE, undefined],
    ['+15005550001', PHONE, 21212],
    [PHONE, PHONE, 21210],
    [OWNED, '+15005550001', 21217],
    [OWNED, '+15005550002', 21214],
    [OWNED, '+15005550003', 21215],
    [OWNED, '+15005550004', 21216],
  ])('from %s to %s answers %s', async (from, to, code) => {
    expect(await codeOf((await client()).calls.create({from, to, url: 'https://example.com/voice'}))).toBe(code)
  })
})
