import {describe, expect, it} from '@jest/globals'

import {clockWorld} from '../../clock-support.js'
import {codeOf} from '../../sdk.js'
import {PHONE, response, webhookWorlds} from '../../webhooks/support.js'

const webhookWorld = webhookWorlds()

const FROM = '+15005550006'

describe('a call', () => {
  it('is called off before it is answered, and hung up after', async () => {
    const {twilio, follow} = await clockWorld()
    const call = () => twilio.calls.create({from: FROM, to: PHONE, twiml: response('<Say>Hi</Say>')})
    const [early, late] = [await call(), await call()]
    expect((await twilio.calls(early.sid).update({status: 'canceled'})).status).toBe('canceled')
    await follow(async () => undefined, [1500])
    expect(await codeOf(twilio.calls(late.sid).update({status: 'canceled'}))).toBe(21220)
    expect(await twilio.calls(late.sid).update({status: 'completed'})).toMatchObject({
      status: 'completed',
      duration: '1',
    })
    expect(await codeOf(twilio.calls(late.sid).update({twiml: response('')}))).toBe(21220)
    await twilio.calls(late.sid).remove()
    expect((await twilio.calls.list()).map(({sid}) => sid)).toEqual([early.sid])
  })

  it('goes on with other TwiML, or ends, while it waits', async () => {
    const {sandbox, twilio, pass} = await webhookWorld()
    const call = () =>
      twilio.calls.create({from: FROM, to: PHONE, twiml: response('<Pause length="600"/><Say>no</Say>')})
    const [redirected, ended] = [await call(), await call()]
    await pass(1)
    await twilio.calls(redirected.sid).update({twiml: response('<Say>yes</Say>')})
    await twilio.calls(ended.sid).update({status: 'completed'})
    for (const seconds of [0, 0, 600]) await pass(seconds)
    const events = await sandbox.read(({calls}) =>
      calls.map((each) => each.events?.map(({verb, text}) => text ?? verb)),
    )
    expect(events).toEqual([['Pause', 'yes'], ['Pause']])
    expect((await twilio.calls(redirected.sid).fetch()).status).toBe('completed')
  })

  it('is listed by when it began and ended, and takes no more than 4,000 characters of TwiML', async () => {
    const {twilio, follow} = await clockWorld()
    const call = (twiml: string) => twilio.calls.create({from: FROM, to: PHONE, twiml})
    await call(response(''))
    await follow(async () => undefined, [24 * 3_600_000])
    await call(response(''))
    await follow(async () => undefined, [1000])
    const midnight = new Date('2026-03-02T00:00:00Z')
    const count = async (wanted: object) => (await twilio.calls.list(wanted)).length
    expect(await count({startTimeAfter: midnight})).toBe(1)
    expect(await count({endTimeBefore: midnight})).toBe(1)
    expect(await count({endTimeAfter: midnight})).toBe(0)
    expect(await codeOf(call('x'.repeat(4001)))).toBe(32018)
  })
})
