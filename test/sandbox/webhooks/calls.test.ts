import {describe, expect, it} from '@jest/globals'
import twilio from 'twilio'

import type {Sandbox} from '../../../src/sandbox/sandbox.js'
import {receive, renderCall} from '../../../src/sandbox/server/inbound.js'
import {NUMBER, PHONE, response, webhookWorlds} from './support.js'

const webhookWorld = webhookWorlds()

async function ring(sandbox: Sandbox, fields: object = {}): Promise<string> {
  const sid = await sandbox.change((state, now) =>
    receive(state, now, {kind: 'call', to: NUMBER, from: PHONE, ...fields}),
  )
  if (typeof sid !== 'string') throw new Error(sid.problem)
  return sid
}

/** What happened in a call: verbs, with what came of them. */
const eventsOf = (sandbox: Sandbox, sid: string) =>
  sandbox.read((state, now) =>
    state.calls
      .filter((call) => call.sid === sid)
      .map((call) => renderCall(call, now))
      .flatMap(({events}) => events.map(({verb, text, result}) => [verb, text ?? '', result ?? ''])),
  )

describe('a call that comes in', () => {
  it('asks the VoiceUrl, carries out what it says, and tells the StatusCallback its end', async () => {
    const {
      app,
      sandbox,
      pass,
      buy,
      authToken,
      twilio: client,
    } = await webhookWorld({
      '/voice': response('<Say>Hello</Say><Play>/a.mp3</Play><Dance/><Redirect>/next</Redirect><Say>never</Say>'),
      '/next': response('<Hangup/>'),
    })
    await buy({voiceUrl: `${app.url}/voice`, statusCallback: `${app.url}/status`})
    const sid = await ring(sandbox)
    await pass(0)
    await pass(3)
    expect(await eventsOf(sandbox, sid)).toEqual([
      ['Say', 'Hello', ''],
      ['Play', '/a.mp3', ''],
      ['Dance', '', 'the sandbox does not emulate this verb'],
      ['Redirect', '/next', ''],
      ['Hangup', '', ''],
    ])
    expect(app.hits.map(({path, form}) => [path, form.CallStatus, form.Direction])).toEqual([
      ['/voice', 'ringing', 'inbound'],
      ['/next', 'in-progress', 'inbound'],
      ['/status', 'completed', 'inbound'],
    ])
    const [asked, , ended] = app.hits
    expect(asked?.form).toMatchObject({CallSid: sid, From: PHONE, Caller: PHONE, To: NUMBER, CalledCountry: 'US'})
    expect(ended?.form).toMatchObject({CallDuration: '2', Duration: '1', CallbackSource: 'call-progress-events'})
    expect(twilio.validateRequest(authToken, asked?.signature ?? '', asked?.url ?? '', asked?.form ?? {})).toBe(true)
    expect(await client.calls(sid).fetch()).toMatchObject({status: 'completed', direction: 'inbound', duration: '2'})
  })

  it('gathers what the caller presses or says, in turn, and goes on without', async () => {
    const menu = '<Gather action="/digits"><Say>Press one</Say></Gather><Say>Nothing</Say>'
    const {app, sandbox, pass, buy} = await webhookWorld({
      '/voice': response(menu),
      '/digits': [response('<Gather input="speech" action="/said"/>')],
      '/said': response(menu),
    })
    await buy({voiceUrl: `${app.url}/voice`})
    const sid = await ring(sandbox, {inputs: ['12#', 'a table for two']})
    await pass(0)
    expect(app.hits.map(({path, form}) => [path, form.Digits, form.SpeechResult])).toEqual([
      ['/voice', undefined, undefined],
      ['/digits', '12', undefined],
      ['/said', undefined, 'a table for two'],
    ])
    expect((await eventsOf(sandbox, sid)).map(([verb, , result]) => [verb, result])).toEqual([
      ['Say', ''],
      ['Gather', '12#'],
      ['Gather', 'a table for two'],
      ['Say', ''],
      ['Gather', ''],
      ['Say', ''],
    ])
  })

  it('records, and dials others', async () => {
    const {
      app,
      sandbox,
      pass,
      buy,
      twilio: client,
    } = await webhookWorld({
      '/voice': response('<Record action="/recorded" recordingStatusCallback="/recording"/>'),
      '/recorded': response('<Dial action="/dialed"><Number>+14155550000</Number><Number>+14155550199</Number></Dial>'),
      '/dialed': response('<Reject reason="busy"/>'),
    })
    await buy({voiceUrl: `${app.url}/voice`})
    const sid = await ring(sandbox)
    await pass(0)
    await pass(3)
    await pass(0)
    expect(app.hits.map(({path}) => path)).toEqual(['/voice', '/recording', '/recorded', '/dialed'])
    expect(app.hits[2]?.form).toMatchObject({RecordingDuration: '1', RecordingSid: expect.stringMatching(/^RE/)})
    expect(app.hits[3]?.form).toMatchObject({DialCallStatus: 'completed', DialCallDuration: '2'})
    const children = await client.calls.list({parentCallSid: sid})
    expect(children.map(({to, status, direction}) => [to, status, direction])).toEqual([
      ['+14155550199', 'completed', 'outbound-dial'],
      ['+14155550000', 'canceled', 'outbound-dial'],
    ])
  })
})

describe('a call that is made', () => {
  it('asks its address when it is answered, and tells every step that is asked for', async () => {
    const {app, sandbox, pass, twilio: client} = await webhookWorld({'/voice': response('<Say>Hi</Say>')})
    const {sid} = await client.calls.create({
      from: '+15005550006',
      to: PHONE,
      url: `${app.url}/voice`,
      method: 'GET',
      statusCallback: `${app.url}/status`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    })
    for (const seconds of [0, 0.5, 0.5, 2]) await pass(seconds)
    const told = app.hits.filter(({path}) => path === '/status')
    expect(told.map(({method, form}) => [method, form.CallStatus, form.SequenceNumber])).toEqual([
      ['POST', 'initiated', '0'],
      ['POST', 'ringing', '1'],
      ['POST', 'in-progress', '2'],
      ['POST', 'completed', '3'],
    ])
    const asked = app.hits.filter(({path}) => path === '/voice')
    expect(asked.map(({method, form}) => [method, form.CallStatus])).toEqual([['GET', 'in-progress']])
    expect(await eventsOf(sandbox, sid)).toEqual([['Say', 'Hi', '']])
  })

  it('says the TwiML that came with it, for as long as that lasts', async () => {
    const {sandbox, pass, twilio: client} = await webhookWorld()
    const twiml = response('<Pause length="60"/><Say>Hi</Say>')
    const {sid} = await client.calls.create({from: '+15005550006', to: PHONE, twiml})
    await pass(1)
    await pass(59)
    expect((await client.calls(sid).fetch()).status).toBe('in-progress')
    expect(await eventsOf(sandbox, sid)).toEqual([['Pause', '', '']])
    await pass(1)
    await pass(0)
    expect(await eventsOf(sandbox, sid)).toEqual([
      ['Pause', '', ''],
      ['Say', 'Hi', ''],
    ])
    expect(await client.calls(sid).fetch()).toMatchObject({status: 'completed', duration: '60'})
  })

  it('ends when its TwiML goes in circles, and when there is none to be had', async () => {
    const {
      app,
      sandbox,
      pass,
      twilio: client,
    } = await webhookWorld({
      '/circle': response('<Redirect/>'),
      '/broken': '<Response><Say>Hi</Response>',
    })
    const call = (path: string) => client.calls.create({from: '+15005550006', to: PHONE, url: `${app.url}${path}`})
    const [circle, broken] = [await call('/circle'), await call('/broken')]
    await pass(1)
    await pass(2)
    for (const {sid} of [circle, broken]) expect((await client.calls(sid).fetch()).status).toBe('completed')
    expect(app.hits.filter(({path}) => path === '/circle')).toHaveLength(50)
    expect(sandbox.requests.filter(({webhook, error}) => webhook === broken.sid && error?.code === 12100)).toHaveLength(
      1,
    )
  })
})
