import {describe, expect, it} from '@jest/globals'

import {clockWorld} from '../../clock-support.js'
import {codeOf} from '../../sdk.js'

const FROM = '+15005550006'
const TO = '+14155550100'
const HOUR_MS = 3_600_000

async function serviceWorld() {
  const world = await clockWorld()
  return {...world, service: await world.twilio.messaging.v1.services.create({friendlyName: 'service'})}
}

describe('a message', () => {
  it('is redacted and deleted once it is delivered', async () => {
    const {twilio, follow} = await clockWorld()
    const {sid} = await twilio.messages.create({from: FROM, to: TO, body: 'secret'})
    expect(await codeOf(twilio.messages(sid).update({body: ''}))).toBe(20009)
    expect(await codeOf(twilio.messages(sid).remove())).toBe(20009)
    await follow(async () => undefined, [2000])
    expect((await twilio.messages(sid).update({body: ''})).body).toBe('')
    expect(await codeOf(twilio.messages(sid).update({body: 'other'}))).toBe(30400)
    expect(await codeOf(twilio.messages(sid).update({}))).toBe(30400)
    await twilio.messages(sid).remove()
    expect(await codeOf(twilio.messages(sid).fetch())).toBe(20404)
  })

  it('that is scheduled stays so until its time, and can be called off', async () => {
    const {twilio, follow, service} = await serviceWorld()
    const sendAt = new Date('2026-03-01T13:00:00Z')
    const schedule = () =>
      twilio.messages.create({messagingServiceSid: service.sid, to: TO, body: 'later', scheduleType: 'fixed', sendAt})
    const [{sid}, other] = [await schedule(), await schedule()]
    expect((await twilio.messages(other.sid).update({status: 'canceled'})).status).toBe('canceled')
    const seen = await follow(() => twilio.messages(sid).fetch(), [HOUR_MS - 1, 1, 300, 700, 1000])
    expect(seen.map(({status}) => status)).toEqual(['scheduled', 'accepted', 'queued', 'sent', 'delivered'])
    expect((await twilio.messages(other.sid).fetch()).status).toBe('canceled')
    expect(await codeOf(twilio.messages(sid).update({status: 'canceled'}))).toBe(30409)
  })

  it.each([
    [{scheduleType: 'fixed', messagingServiceSid: 'ours'}, 35111],
    [{scheduleType: 'fixed', from: FROM, sendAt: new Date('2026-03-02T12:00:00Z')}, 35118],
    [{scheduleType: 'fixed', messagingServiceSid: 'ours', sendAt: new Date('2026-03-01T12:04:00Z')}, 35114],
    [{scheduleType: 'fixed', messagingServiceSid: 'ours', sendAt: new Date('2026-04-06T12:00:00Z')}, 35114],
    [{messagingServiceSid: 'MG1'}, 21705],
    [{messagingServiceSid: `MG${'0'.repeat(32)}`}, 21701],
    [{from: FROM, to: FROM}, 21266],
    [{from: FROM, statusCallback: 'not a url'}, 21609],
    [{from: FROM, statusCallback: 'https://my_app.example.com/'}, 21609],
  ] as const)('with %j is refused as %s', async (fields, code) => {
    const {twilio, service} = await serviceWorld()
    const ours = 'messagingServiceSid' in fields && fields.messagingServiceSid === 'ours'
    const create = twilio.messages.create({
      to: TO,
      body: 'hello',
      ...fields,
      ...(ours && {messagingServiceSid: service.sid}),
    })
    expect(await codeOf(create)).toBe(code)
  })

  it('by a messaging service says from which number once it is queued, and arrives at a number of the account', async () => {
    const {twilio, follow, service} = await serviceWorld()
    const [first, second] = [
      await twilio.incomingPhoneNumbers.create({areaCode: '801'}),
      await twilio.incomingPhoneNumbers.create({areaCode: '801'}),
    ]
    await twilio.messaging.v1.services(service.sid).phoneNumbers.create({phoneNumberSid: first.sid})
    const to = second.phoneNumber
    const {sid, from} = await twilio.messages.create({messagingServiceSid: service.sid, to, body: 'hello'})
    expect(from).toBeNull()
    const seen = await follow(() => twilio.messages(sid).fetch(), [299, 1, 1700])
    expect(seen.map(({status}) => status)).toEqual(['accepted', 'queued', 'delivered'])
    expect(seen.map((message) => message.from)).toEqual([null, first.phoneNumber, first.phoneNumber])
    const arrived = (await twilio.messages.list({to})).find(({direction}) => direction === 'inbound')
    expect(arrived).toMatchObject({from: first.phoneNumber, body: 'hello', status: 'received'})
  })

  it('is listed by when it was sent', async () => {
    const {twilio, follow} = await clockWorld()
    for (const body of ['one', 'two']) {
      await twilio.messages.create({from: FROM, to: TO, body})
      await follow(async () => undefined, [24 * HOUR_MS])
    }
    await twilio.messages.create({from: FROM, to: TO, body: 'not yet sent'})
    const bodies = async (wanted: object) => (await twilio.messages.list(wanted)).map(({body}) => body)
    expect(await bodies({dateSent: new Date('2026-03-01')})).toEqual([])
    expect(await bodies({dateSentAfter: new Date('2026-03-02T00:00:00Z')})).toEqual(['two'])
    expect(await bodies({dateSentBefore: new Date('2026-03-02T00:00:00Z')})).toEqual(['one'])
  })
})
