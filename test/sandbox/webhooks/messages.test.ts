import {describe, expect, it} from '@jest/globals'
import twilio from 'twilio'

import type {Sandbox} from '../../../src/sandbox/sandbox.js'
import {receive} from '../../../src/sandbox/server/inbound.js'
import {NUMBER, PHONE, response, webhookWorlds} from './support.js'

const webhookWorld = webhookWorlds()

const arrive = (sandbox: Sandbox, fields: object = {}) =>
  sandbox.change((state, now) => receive(state, now, {to: NUMBER, from: PHONE, body: 'hello', ...fields}))

describe('a message that arrives', () => {
  it('is sent to the SmsUrl with Twilio’s parameters and a signature that the SDK accepts', async () => {
    const {app, sandbox, pass, buy, authToken, twilio: client} = await webhookWorld()
    await buy({smsUrl: `${app.url}/sms?team=1`})
    const sid = await arrive(sandbox, {body: 'Grüße 😀 & more', media: ['https://example.com/cat.png']})
    await pass(0)
    const [hit] = app.hits
    expect(hit).toMatchObject({
      method: 'POST',
      path: '/sms',
      form: {
        MessageSid: sid,
        SmsSid: sid,
        SmsMessageSid: sid,
        SmsStatus: 'received',
        From: PHONE,
        To: NUMBER,
        Body: 'Grüße 😀 & more',
        NumMedia: '1',
        NumSegments: '1',
        MediaUrl0: 'https://example.com/cat.png',
        MediaContentType0: 'image/png',
        FromCity: 'SAN FRANCISCO',
        FromState: 'CA',
        ToCountry: 'US',
        ApiVersion: '2010-04-01',
      },
    })
    expect(twilio.validateRequest(authToken, hit?.signature ?? '', hit?.url ?? '', hit?.form ?? {})).toBe(true)
    expect(twilio.validateRequest('another', hit?.signature ?? '', hit?.url ?? '', hit?.form ?? {})).toBe(false)
    const [listed] = await client.messages.list()
    expect(listed).toMatchObject({sid, direction: 'inbound', status: 'received', numMedia: '1'})
  })

  it('is sent with GET where the number says so, and only once', async () => {
    const {app, sandbox, pass, buy, authToken} = await webhookWorld()
    await buy({smsUrl: `${app.url}/sms?team=1`, smsMethod: 'GET'})
    await arrive(sandbox)
    await pass(0)
    await pass(5)
    expect(app.hits).toHaveLength(1)
    const [hit] = app.hits
    expect(hit).toMatchObject({method: 'GET', form: {team: '1', Body: 'hello'}})
    expect(twilio.validateRequest(authToken, hit?.signature ?? '', hit?.url ?? '', {})).toBe(true)
  })

  it('is signed with the token of the subaccount that has the number', async () => {
    const {app, sandbox, pass, twilio: client} = await webhookWorld()
    const sub = await client.api.v2010.accounts.create({})
    await client.api.v2010
      .accounts(sub.sid)
      .incomingPhoneNumbers.create({phoneNumber: NUMBER, smsUrl: `${app.url}/sms`})
    await arrive(sandbox)
    await pass(0)
    const [hit] = app.hits
    expect(hit?.form.AccountSid).toBe(sub.sid)
    expect(twilio.validateRequest(sub.authToken, hit?.signature ?? '', hit?.url ?? '', hit?.form ?? {})).toBe(true)
  })

  it('is answered with what <Message> says, and the application gets the status of that', async () => {
    const reply =
      '<Message statusCallback="/status">one</Message><Message><Body>two</Body><Media>/cat.png</Media></Message>'
    const {app, sandbox, pass, buy, twilio: client} = await webhookWorld({'/sms': response(reply)})
    await buy({smsUrl: `${app.url}/sms`})
    await arrive(sandbox)
    await pass(0)
    const sent = (await client.messages.list()).filter(({direction}) => direction === 'outbound-reply')
    expect(sent.map(({from, to, body, numMedia}) => [from, to, body, numMedia])).toEqual([
      [NUMBER, PHONE, 'two', '1'],
      [NUMBER, PHONE, 'one', '0'],
    ])
    await pass(3)
    const told = app.hits.filter(({path}) => path === '/status').map(({form}) => form.MessageStatus)
    expect(told).toEqual(['sent', 'delivered'])
  })

  it('is answered with a text, follows <Redirect>, and with nothing is not answered', async () => {
    const {
      app,
      sandbox,
      pass,
      buy,
      twilio: client,
    } = await webhookWorld({
      '/sms': [response('<Redirect method="GET">/other</Redirect>'), {status: 204}],
      '/other': {type: 'text/plain; charset=utf-8', body: 'plain'},
    })
    await buy({smsUrl: `${app.url}/sms`})
    await arrive(sandbox)
    await pass(0)
    await arrive(sandbox)
    await pass(0)
    expect(app.hits.map(({method, path}) => `${method} ${path}`)).toEqual(['POST /sms', 'GET /other', 'POST /sms'])
    const replies = (await client.messages.list()).filter(({direction}) => direction === 'outbound-reply')
    expect(replies.map(({body}) => body)).toEqual(['plain'])
  })

  it('goes to the fallback, with what was wrong, when TwiML is malformed or the application fails', async () => {
    const {app, sandbox, pass, buy} = await webhookWorld({
      '/sms': ['<Response><Message>one</Response>', {status: 500}, {type: 'application/json', body: '{}'}],
    })
    await buy({smsUrl: `${app.url}/sms`, smsFallbackUrl: `${app.url}/fallback`, smsFallbackMethod: 'GET'})
    for (let count = 0; count < 3; count += 1) {
      await arrive(sandbox)
      await pass(0)
    }
    const fallbacks = app.hits.filter(({path}) => path === '/fallback')
    expect(fallbacks.map(({method, form}) => [method, form.ErrorCode, form.ErrorUrl])).toEqual([
      ['GET', '12100', `${app.url}/sms`],
      ['GET', '11200', `${app.url}/sms`],
      ['GET', '12300', `${app.url}/sms`],
    ])
    const logged = sandbox.requests.filter(({path, webhook}) => path === '/sms' && webhook)
    expect(logged.map(({status, error}) => [status, error?.code])).toEqual([
      [200, 12100],
      [500, 11200],
      [200, 12300],
    ])
  })

  it('is not told outside this machine, which the log says', async () => {
    const {sandbox, pass, buy} = await webhookWorld()
    await buy({smsUrl: 'https://example.com/sms'})
    const sid = await arrive(sandbox)
    await pass(0)
    expect(sandbox.requests.at(-1)).toMatchObject({
      webhook: sid,
      url: 'https://example.com/sms',
      form: {Body: 'hello'},
      notSent: 'Not sent: the sandbox sends nothing outside this machine',
    })
  })
})

describe('a message that is sent', () => {
  it('has its status told, not the first one', async () => {
    const {app, pass, twilio: client, authToken} = await webhookWorld()
    const send = (to: string) =>
      client.messages.create({from: '+15005550006', to, body: 'hi', statusCallback: `${app.url}/status`})
    const {sid} = await send(PHONE)
    await pass(3)
    await send('+14155550000')
    await pass(3)
    expect(app.hits.map(({form}) => [form.MessageStatus, form.SmsStatus, form.ErrorCode])).toEqual([
      ['sent', 'sent', undefined],
      ['delivered', 'delivered', undefined],
      ['sent', 'sent', undefined],
      ['undelivered', 'undelivered', '30003'],
    ])
    const [hit] = app.hits
    expect(hit?.form).toMatchObject({MessageSid: sid, From: '+15005550006', To: PHONE})
    expect(twilio.validateRequest(authToken, hit?.signature ?? '', hit?.url ?? '', hit?.form ?? {})).toBe(true)
  })

  it('to a number of the sandbox’s arrives there', async () => {
    const {app, pass, buy, twilio: client} = await webhookWorld({'/sms': response('<Message>got it</Message>')})
    await buy({smsUrl: `${app.url}/sms`})
    await client.messages.create({from: '+15005550006', to: NUMBER, body: 'hi'})
    await pass(1)
    expect(await client.messages.list({to: NUMBER})).toHaveLength(1)
    await pass(1)
    expect(app.hits).toMatchObject([{form: {From: '+15005550006', Body: 'hi'}}])
    const found = await client.messages.list()
    expect(found.map(({direction, body}) => [direction, body])).toEqual([
      ['outbound-reply', 'got it'],
      ['inbound', 'hi'],
      ['outbound-api', 'hi'],
    ])
  })
})
