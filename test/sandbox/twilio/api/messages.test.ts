import {describe, expect, it} from '@jest/globals'

import {clockWorld} from '../../clock-support.js'
import {codeOf} from '../../sdk.js'

const FROM = '+15005550006'
const TO = '+14155550100'
const UNREACHABLE = '+14155550000'

describe('a message', () => {
  it('is queued, sent and delivered, by the sandbox’s clock', async () => {
    const {twilio, follow} = await clockWorld()
    const {sid, status, dateSent, price} = await twilio.messages.create({from: FROM, to: TO, body: 'hello'})
    expect([status, dateSent, price]).toEqual(['queued', null, null])
    const seen = await follow(() => twilio.messages(sid).fetch(), [999, 1, 999, 1])
    expect(seen.map((message) => message.status)).toEqual(['queued', 'sent', 'sent', 'delivered'])
    expect(seen.at(-1)).toMatchObject({price: '-0.00830', errorCode: null, dateSent: new Date('2026-03-01T12:00:01Z')})
  })

  it('to a number that ends in 0000 is not delivered', async () => {
    const {twilio, follow} = await clockWorld()
    const {sid} = await twilio.messages.create({from: FROM, to: UNREACHABLE, body: 'hello'})
    const [sent, end] = await follow(() => twilio.messages(sid).fetch(), [1000, 1000])
    expect([sent?.status, sent?.errorCode]).toEqual(['sent', null])
    expect([end?.status, end?.errorCode]).toEqual(['undelivered', 30003])
  })

  it('is listed, the newest first, by recipient and sender', async () => {
    const {twilio} = await clockWorld()
    for (const body of ['one', 'two']) await twilio.messages.create({from: FROM, to: TO, body})
    await twilio.messages.create({from: FROM, to: UNREACHABLE, body: 'three'})
    const bodies = async (wanted: object) => (await twilio.messages.list(wanted)).map(({body}) => body)
    expect(await bodies({})).toEqual(['three', 'two', 'one'])
    expect(await bodies({to: TO, from: FROM, limit: 1})).toEqual(['two'])
    expect(await bodies({from: TO})).toEqual([])
  })

  it('is the account’s own', async () => {
    const {twilio} = await clockWorld()
    const {sid} = await twilio.messages.create({from: FROM, to: TO, body: 'hello'})
    const sub = await twilio.api.v2010.accounts.create({})
    expect(await codeOf(twilio.api.v2010.accounts(sub.sid).messages(sid).fetch())).toBe(20404)
  })
})
