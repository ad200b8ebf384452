import {describe, expect, it} from '@jest/globals'

import {clockWorld} from '../../clock-support.js'
import {codeOf} from '../../sdk.js'

const FROM = '+15005550006'
const TO = '+14155550100'
const UNREACHABLE = '+14155550000'

describe('a call', () => {
  it('rings, is answered and ends, by the sandbox’s clock', async () => {
    const {twilio, follow} = await clockWorld()
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
    const {twilio, follow} = await clockWorld()
    const {sid} = await twilio.calls.create({from: FROM, to: UNREACHABLE, twiml: '<Response/>'})
    const seen = await follow(() => twilio.calls(sid).fetch(), [1000, 2000])
    expect(seen.map(({status, duration, price}) => [status, duration, price])).toEqual([
      ['ringing', null, null],
      ['no-answer', null, null],
    ])
  })

  it('is listed, the newest first, by recipient and status', async () => {
    const {twilio, follow} = await clockWorld()
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
    const {twilio} = await clockWorld()
    expect(await codeOf(twilio.calls.create({from: FROM, to: TO}))).toBe(21205)
    expect(await codeOf(twilio.calls.create({from: FROM, to: TO, url: 'nowhere'}))).toBe(21205)
    const callback = {url: 'https://example.com/', statusCallback: 'nowhere'}
    expect(await codeOf(twilio.calls.create({from: FROM, to: TO, ...callback}))).toBe(21502)
  })
})
