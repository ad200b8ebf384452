import {describe, expect, it} from '@jest/globals'

import {codeOf, mainLogin, newSandbox, sdk} from './support.js'

const FROM = '+15005550006'
const TO = '+14155550100'
const UNREACHABLE = '+14155550000'

async function setUp() {
  const sandbox = newSandbox({now: () => Date.parse('2026-03-01T12:00:00Z')})
  const twilio = sdk(sandbox, await mainLogin(sandbox))
  const follow = async <T>(look: () => Promise<T>, steps: readonly number[]): Promise<T[]> => {
    const seen: T[] = []
    for (const ms of steps) {
      await sandbox.advanceClock(ms / 1000)
      seen.push(await look())
    }
    return seen
  }
  return {twilio, follow}
}

describe('a message', () => {
  it('is queued, sent and delivered, by the sandbox’s clock', async () => {
    const {twilio, follow} = await setUp()
    const {sid, status, dateSent, price} = await twilio.messages.create({from: FROM, to: TO, body: 'hello'})
    expect([status, dateSent, price]).toEqual(['queued', null, null])
    const seen = await follow(() => twilio.messages(sid).fetch(), [999, 1, 999, 1])
    expect(seen.map((message) => message.status)).toEqual(['queued', 'sent', 'sent', 'delivered'])
    expect(seen.at(-1)).toMatchObject({price: '-0.00830', errorCode: null, dateSent: new Date('2026-03-01T12:00:01Z')})
  })

  it('to a number that ends in 0000 is not delivered', async () => {
    const {twilio, follow} = await setUp()
    const {sid} = await twilio.messages.create({from: FROM, to: UNREACHABLE, body: 'hello'})
    const [sent, end] = await follow(() => twilio.messages(sid).fetch(), [1000, 1000])
    expect([sent?.status, sent?.errorCode]).toEqual(['sent', null])
    expect([end?.status, end?.errorCode]).toEqual(['undelivered', 30003])
  })

  it('is listed, the newest first, by whom it goes to and comes from', async () => {
    const {twilio} = await setUp()
    for (const body of ['one', 'two']) await twilio.messages.create({from: FROM, to: TO, body})
    await twilio.messages.create({from: FROM, to: UNREACHABLE, body: 'three'})
    const bodies = async (wanted: object) => (await twilio.messages.list(wanted)).map(({body}) => body)
    expect(await bodies({})).toEqual(['three', 'two', 'one'])
    expect(await bodies({to: TO, from: FROM, limit: 1})).toEqual(['two'])
    expect(await bodies({from: TO})).toEqual([])
  })

  it('is the account’s own', async () => {
    const {twilio} = await setUp()
    const {sid} = await twilio.messages.create({from: FROM, to: TO, body: 'hello'})
    const sub = await twilio.api.v2010.accounts.create({})
    expect(await codeOf(twilio.api.v2010.accounts(sub.sid).messages(sid).fetch())).toBe(20404)
  })
})

describe('a call', () => {
  it('rings, is answered and ends, by the sandbox’s clock', async () => {
    const {twilio, follow} = await setUp()
    const {sid, status, startTime} = await twilio.calls.create({
      from: FROM,
      to: TO,
      twiml: '<Response><Say>Hello</Say></Response>',
    })
    expect([status, startTime]).toEqual(['queued', null])
    const seen = await follow(() => twilio.calls(sid).fetch(), [499, 1, 499, 1, 1999, 1])
    expect(seen.map((call) => call.status)).toEqual([
      'queued',
      'ringing',
      'ringing',
      'in-progress',
      'in-progress',
      'completed',
    ])
    expect(seen.map(({duration}) => duration)).toEqual([null, null, null, null, null, '2'])
    expect(seen.at(-1)).toMatchObject({price: '-0.01400', endTime: new Date('2026-03-01T12:00:03Z')})
  })

  it('to a number that ends in 0000 is not answered', async () => {
    const {twilio, follow} = await setUp()
    const {sid} = await twilio.calls.create({from: FROM, to: UNREACHABLE, twiml: '<Response/>'})
    const seen = await follow(() => twilio.calls(sid).fetch(), [1000, 2000])
    expect(seen.map(({status, duration, price}) => [status, duration, price])).toEqual([
      ['ringing', null, null],
      ['no-answer', null, null],
    ])
  })

  it('is listed, the newest first, by whom it goes to and how far it is', async () => {
    const {twilio, follow} = await setUp()
    const twiml = '<Response/>'
    const first = await twilio.calls.create({from: FROM, to: TO, twiml})
    await follow(async () => undefined, [3000])
    const second = await twilio.calls.create({from: FROM, to: TO, twiml})
    const sids = async (wanted: object) => (await twilio.calls.list(wanted)).map(({sid}) => sid)
    expect(await sids({to: TO})).toEqual([second.sid, first.sid])
    expect(await sids({status: 'completed'})).toEqual([first.sid])
    expect(await sids({to: UNREACHABLE})).toEqual([])
  })

  it('needs something to do', async () => {
    const {twilio} = await setUp()
    expect(await codeOf(twilio.calls.create({from: FROM, to: TO}))).toBe(21205)
  })
})

it('a number’s webhooks can be set and taken away', async () => {
  const {twilio} = await setUp()
  const {sid} = await twilio.incomingPhoneNumbers.create({areaCode: '801'})
  const urls = {
    voiceUrl: 'https://example.com/voice',
    smsUrl: 'https://example.com/sms',
    statusCallback: 'https://example.com/status',
  }
  expect(await twilio.incomingPhoneNumbers(sid).update(urls)).toMatchObject(urls)
  expect(await twilio.incomingPhoneNumbers(sid).update({smsUrl: ''})).toMatchObject({...urls, smsUrl: null})
  expect(await codeOf(twilio.incomingPhoneNumbers(sid).update({voiceUrl: 'nowhere'}))).toBe(21402)
})
