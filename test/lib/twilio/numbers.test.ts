import {beforeEach, describe, expect, it} from '@jest/globals'

import {connectTwilio} from '../../../src/lib/twilio/connect.js'
import {
  buyNumber,
  listNumbers,
  moveNumber,
  releaseNumber,
  searchNumbers,
  updateNumber,
  webhooksInPlaceOf,
  type NumberQuery,
} from '../../../src/lib/twilio/numbers.js'
import {answering, startInProcess, transportOf, type InProcess} from '../../support/in-process.js'

const LOCAL: NumberQuery = {country: 'US', type: 'local', withoutAddress: true}

let world: InProcess
beforeEach(async () => {
  world = await startInProcess()
})

async function bought(settings = {}) {
  const [first] = await searchNumbers(world.main, LOCAL)
  return buyNumber(world.main, first?.e164 ?? '', settings, {})
}

describe('searching numbers', () => {
  it('finds those of an area code, or with some digits, that do voice and SMS', async () => {
    const inArea = await searchNumbers(world.main, {...LOCAL, areaCode: '801'})
    expect(inArea.length).toBeGreaterThan(0)
    for (const {e164, capabilities} of inArea) {
      expect(e164).toMatch(/^\+1801\d{7}$/)
      expect(capabilities).toMatchObject({voice: true, sms: true})
    }
    for (const {e164} of await searchNumbers(world.main, {...LOCAL, contains: '55'})) expect(e164).toContain('55')
  })

  it('finds those of each type, no more than a page of them', async () => {
    for (const type of ['local', 'toll-free'] as const)
      expect((await searchNumbers(world.main, {...LOCAL, type})).length).toBeLessThanOrEqual(20)
    const [free] = await searchNumbers(world.main, {...LOCAL, type: 'toll-free'})
    expect(free?.e164).toMatch(/^\+18/)
  })

  it('asks for numbers without an address only where none is to be given', async () => {
    const asked = (withoutAddress: boolean) => searchNumbers(world.main, {...LOCAL, withoutAddress})
    await asked(true)
    await asked(false)
    const urls = world.sandbox.requests.slice(-2).map(({url}) => new URL(url).searchParams)
    expect(urls.map((query) => query.get('ExcludeAllAddressRequired'))).toEqual(['true', null])
  })
})

describe('a number that an account holds', () => {
  it('is there once it is bought, with its webhooks and the methods that go with them', async () => {
    const number = await bought({voiceUrl: 'https://example.com/voice', smsUrl: 'https://example.com/sms'})
    expect(number.webhooks).toEqual({
      voiceUrl: 'https://example.com/voice',
      voiceMethod: 'POST',
      smsUrl: 'https://example.com/sms',
      smsMethod: 'POST',
    })
    expect(await listNumbers(world.main)).toEqual([number])
    expect(await listNumbers(world.main, {e164: number.e164})).toEqual([number])
    expect(await listNumbers(world.main, {e164: '+15005550006'})).toEqual([])
  })

  it('is listed oldest first', async () => {
    const numbers = []
    for (let count = 0; count < 3; count++) {
      numbers.push((await bought()).sid)
      await world.transport.sleep(1000)
    }
    expect((await listNumbers(world.main)).map(({sid}) => sid)).toEqual(numbers)
  })

  it('loses the webhooks that are set to nothing', async () => {
    const {sid, webhooks} = await bought({voiceUrl: 'https://example.com/voice', smsUrl: 'https://example.com/sms'})
    const changed = await updateNumber(world.main, sid, webhooksInPlaceOf(webhooks, {smsUrl: 'https://example.com/2'}))
    expect(changed.webhooks).toEqual({smsUrl: 'https://example.com/2', smsMethod: 'POST'})
  })

  it('moves to a subaccount and back, and is then not where it was', async () => {
    const {sid} = await bought()
    const sub = await world.newSubaccount()
    expect(await moveNumber(world.main, {number: sid, from: world.main.sid, to: sub.sid})).toMatchObject({
      accountSid: sub.sid,
    })
    expect([await listNumbers(world.main), (await listNumbers(sub)).map((each) => each.sid)]).toEqual([[], [sid]])
    await moveNumber(world.main, {number: sid, from: sub.sid, to: world.main.sid})
    expect((await listNumbers(world.main)).map((each) => each.sid)).toEqual([sid])
  })

  it('is gone once it is released', async () => {
    await releaseNumber(world.main, (await bought()).sid)
    expect(await listNumbers(world.main)).toEqual([])
  })

  it('is not taken for bought where the answer has no SID', async () => {
    const odd = connectTwilio(
      {accountSid: world.main.sid, username: world.main.sid, password: 'p'},
      {transport: transportOf(answering(201, {})), endpoint: undefined},
    )
    await expect(buyNumber(odd, '+15005550006', {}, {})).rejects.toMatchObject({code: 'NO_ANSWER', exitCode: 7})
  })
})

describe('webhooks in place of others', () => {
  it('take away what is there and not wanted, and nothing else', () => {
    const there = {voiceUrl: 'a', voiceMethod: 'POST', statusCallback: 'b', trunkSid: 'TK1'}
    expect(webhooksInPlaceOf(there, {voiceUrl: 'c', voiceMethod: 'GET'})).toEqual({
      voiceUrl: 'c',
      voiceMethod: 'GET',
      statusCallback: '',
      trunkSid: '',
    })
    expect(webhooksInPlaceOf({}, {smsUrl: 'd'})).toEqual({smsUrl: 'd'})
    expect(webhooksInPlaceOf(there, there)).toEqual(there)
  })
})
