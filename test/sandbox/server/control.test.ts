import {describe, expect, it} from '@jest/globals'

import {sdk} from '../sdk.js'
import {addFleet} from '../sim-support.js'
import {apps, NUMBER, PHONE, response} from '../webhooks/support.js'
import {post, servedSandboxes} from './support.js'

const startApp = apps()
const serve = servedSandboxes()

describe('the control API', () => {
  it('lets a tester set faults and the clock, and see what was sent', async () => {
    const {get, accountSid} = await serve()
    expect((await get('/_sandbox/faults', post({when: 'sometimes'}))).status).toBe(400)
    await get('/_sandbox/faults', post({when: 'before', do: {status: 503}, times: 9}))
    expect((await get('/account')).status).toBe(503)
    await get('/_sandbox/faults', {method: 'DELETE'})
    await get('/_sandbox/clock', post({advance: 86_400}))
    const later = Date.parse((await get('/account')).headers.get('date') ?? '')
    expect(later - Date.now()).toBeGreaterThan(86_000_000)
    expect(await (await get('/_sandbox/requests')).json()).toMatchObject([{status: 503}, {status: 200}])
    expect(await (await get('/_sandbox/credentials')).json()).toMatchObject({accountSid})
  })

  it('lets a tester say what was used, by account or by app-space', async () => {
    const {get, accountSid} = await serve()
    const use = async (body: unknown) => {
      const answer = await get('/_sandbox/usage', post(body))
      return [answer.status, await answer.json()]
    }
    const vars = {method: 'PATCH', body: JSON.stringify({TWILIO_SID: accountSid}), headers: {authorization: 'Bearer x'}}
    await get('/apps/api-default/config-vars', vars)
    const entry = {category: 'calls', day: '2024-02-29', usage: 90, count: 3, price: 1.26}
    expect(await use({app: 'api-default', ...entry})).toEqual([201, {accountSid, ...entry}])
    const today = new Date().toISOString().slice(0, 10)
    expect(await use({accountSid, category: 'sms', usage: 5})).toEqual([
      201,
      {accountSid, category: 'sms', day: today, usage: 5, count: 5, price: 0.0415},
    ])
    for (const wrong of [
      {accountSid: 'ACnobody'},
      {app: 'other-default'},
      {category: 'no-such-category'},
      {day: '2023-02-29'},
      {usage: -1},
      {usage: 'many'},
    ])
      expect((await use({...('app' in wrong ? {} : {accountSid}), ...entry, ...wrong}))[0]).toBe(400)
    const records = await get(`/api.twilio.com/2010-04-01/Accounts/${accountSid}/Usage/Records.json?Category=calls`)
    expect(await records.json()).toMatchObject({usage_records: [{usage: '90', start_date: '2024-02-29'}]})
  })

  it('shows a tester the dynos of apps, with their config vars', async () => {
    const {sandbox, get} = await serve()
    const headers = {authorization: 'Bearer x'}
    await get('/apps/api-default/config-vars', {method: 'PATCH', body: '{"A": "1"}', headers})
    await sandbox.advanceClock(60)
    const dyno = {state: 'running', vars: {A: '1'}}
    expect(await (await get('/_sandbox/dynos')).json()).toMatchObject({'api-default': [dyno, dyno]})
  })

  it('lets a tester stock cards, and speak for a device', async () => {
    const {sandbox, get, accountSid, authToken} = await serve()
    const control = async (path: string, body: unknown) => {
      const answer = await get(`/_sandbox/${path}`, post(body))
      return {status: answer.status, body: (await answer.json()) as {sid?: string; iccid?: string}}
    }
    expect((await control('cards', {product: 'other'})).status).toBe(400)
    const wireless = await control('cards', {product: 'wireless'})
    expect([wireless.status, wireless.body.sid]).toEqual([201, expect.stringMatching(/^DE/)])
    const {sid = '', iccid} = (await control('cards', {product: 'supersim'})).body

    expect((await control('from-sim', {sim: sid, payload: 'hello'})).status).toBe(400)
    expect((await control('from-sim', {sim: sid})).status).toBe(400)
    const client = sdk(sandbox, {username: accountSid, password: authToken})
    await addFleet(client)
    await client.supersim.v1.sims(sid).update({fleet: 'fleet', status: 'ready'})
    await sandbox.advanceClock(0.4)
    const sent = await control('from-sim', {sim: iccid, payload: 'hello'})
    expect((await client.supersim.v1.smsCommands(sent.body.sid ?? '').fetch()).toJSON()).toMatchObject({
      direction: 'from_sim',
      payload: 'hello',
      simSid: sid,
      status: 'received',
    })
  })

  it('lets messages and calls come in, and says what the application made of them', async () => {
    const {sandbox, get, accountSid, authToken} = await serve()
    const app = await startApp({
      '/sms': response('<Message>hi</Message>'),
      '/voice': response('<Gather action="/digits"/>'),
      '/digits': response('<Say>Thanks</Say>'),
    })
    await sdk(sandbox, {username: accountSid, password: authToken}).incomingPhoneNumbers.create({
      phoneNumber: NUMBER,
      smsUrl: `${app.url}/sms`,
      voiceUrl: `${app.url}/voice`,
    })
    const inbound = async (body: object) => {
      const answer = await get('/_sandbox/inbound', post({to: NUMBER, from: PHONE, ...body}))
      return {status: answer.status, body: (await answer.json()) as Record<string, unknown>}
    }
    expect(await inbound({body: 'hello', wait: true})).toMatchObject({
      status: 201,
      body: {
        webhooks: [{method: 'POST', url: `${app.url}/sms`, status: 200}],
        replies: [{to: PHONE, body: 'hi'}],
      },
    })
    expect((await inbound({kind: 'call', inputs: ['1'], wait: true})).body).toMatchObject({
      status: expect.stringMatching(/^(ringing|in-progress)$/),
      events: [
        {verb: 'Gather', result: '1'},
        {verb: 'Say', text: 'Thanks'},
      ],
    })
    expect((await inbound({body: 'no wait'})).body).toEqual({sid: expect.stringMatching(/^SM/)})
    for (const wrong of [{to: PHONE}, {from: '1'}, {kind: 'fax'}, {body: ''}, {body: 'x'.repeat(1601)}, {media: 'x'}])
      expect((await inbound({body: 'hello', ...wrong})).status).toBe(400)
  })
})
