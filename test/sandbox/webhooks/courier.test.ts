import {describe, expect, it} from '@jest/globals'

import {sendFromDevice} from '../../../src/sandbox/server/device-messages.js'
import {addUsage} from '../../../src/sandbox/server/usage.js'
import {createCourier} from '../../../src/sandbox/webhooks/courier.js'
import {addFleet} from '../sim-support.js'
import {PHONE, webhookWorlds} from './support.js'

const webhookWorld = webhookWorlds()

describe('a usage trigger', () => {
  it('calls its URL once in each period, with Twilio’s parameters', async () => {
    const {app, sandbox, pass, twilio} = await webhookWorld()
    const {sid, accountSid} = await twilio.usage.triggers.create({
      callbackUrl: `${app.url}/usage`,
      callbackMethod: 'GET',
      triggerValue: '100',
      usageCategory: 'sms',
      recurring: 'monthly',
    })
    const use = (usage: number) =>
      sandbox.change((state, now) => void addUsage(state, now, {accountSid, category: 'sms', usage}))
    await use(99)
    await pass(0)
    expect(app.hits).toEqual([])
    await use(51)
    await pass(0)
    await use(51)
    await pass(0)
    expect(app.hits).toMatchObject([
      {
        method: 'GET',
        form: {
          AccountSid: accountSid,
          UsageTriggerSid: sid,
          Recurring: 'monthly',
          UsageCategory: 'sms',
          TriggerBy: 'usage',
          TriggerValue: '100',
          CurrentValue: '150',
          DateFired: 'Sun, 01 Mar 2026 12:00:00 +0000',
          UsageRecordUri: `/2010-04-01/Accounts/${accountSid}/Usage/Records.json?Category=sms`,
          IdempotencyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      },
    ])
    await pass(31 * 86_400)
    await use(100)
    await pass(0)
    expect(app.hits.map(({form}) => form.CurrentValue)).toEqual(['150', '100'])
    expect(app.hits[0]?.form.IdempotencyToken).not.toBe(app.hits[1]?.form.IdempotencyToken)
  })
})

describe('a SIM', () => {
  it('has its changes, and the commands to it and from it, told', async () => {
    const {app, sandbox, pass, twilio} = await webhookWorld()
    const fleet = await addFleet(twilio)
    await twilio.supersim.v1.fleets(fleet.sid).update({smsCommandsUrl: `${app.url}/from-sim`})
    const [card] = await twilio.supersim.v1.sims.list({limit: 1})
    const sim = card?.sid ?? ''
    const callbackUrl = `${app.url}/sim`
    await twilio.supersim.v1.sims(sim).update({fleet: fleet.sid, status: 'active', uniqueName: 'tracker', callbackUrl})
    await pass(1)
    await twilio.supersim.v1.smsCommands.create({sim, payload: 'on', callbackUrl: `${app.url}/command`})
    await pass(0.3)
    await pass(0.3)
    const from = await sandbox.change((state, now) => sendFromDevice(state, now, {sim, payload: 'Hello;1'}))
    await pass(0)
    expect(app.hits.map(({path, form}) => [path, form.SimSid, form.SimStatus ?? form.Status])).toEqual([
      ['/sim', sim, 'active'],
      ['/command', sim, 'sent'],
      ['/command', sim, 'delivered'],
      ['/from-sim', sim, 'received'],
    ])
    expect(app.hits.at(-1)?.form).toEqual({
      Status: 'received',
      ApiVersion: 'v1',
      Command: 'Hello;1',
      Payload: 'Hello;1',
      PayloadType: 'text',
      SimUniqueName: 'tracker',
      SimSid: sim,
      Direction: 'from_sim',
      CommandSid: from,
      AccountSid: fleet.accountSid,
    })
  })
})

describe('a SIM', () => {
  it('has a change of its fleet alone told, too, once it has happened', async () => {
    const {app, pass, twilio} = await webhookWorld()
    const [card] = await twilio.supersim.v1.sims.list({limit: 1})
    const sim = card?.sid ?? ''
    const [first, second] = [await addFleet(twilio), await addFleet(twilio, 'other')]
    await twilio.supersim.v1.sims(sim).update({fleet: first.sid, status: 'active'})
    await pass(1)
    const moved = await twilio.supersim.v1.sims(sim).update({fleet: second.sid, callbackUrl: `${app.url}/moved`})
    expect([moved.fleetSid, moved.status]).toEqual([second.sid, 'scheduled'])
    expect(app.hits).toEqual([])
    await pass(1)
    expect(app.hits.map(({path, form}) => [path, form.SimStatus])).toEqual([['/moved', 'active']])
  })

  it('sends a message over IP, which the application gets in Base64', async () => {
    const {app, sandbox, pass, twilio} = await webhookWorld()
    const fleet = await addFleet(twilio)
    await twilio.supersim.v1.fleets(fleet.sid).update({ipCommandsUrl: `${app.url}/ip`})
    const [card] = await twilio.supersim.v1.sims.list({limit: 1})
    const sim = card?.sid ?? ''
    await twilio.supersim.v1.sims(sim).update({fleet: fleet.sid, status: 'active', uniqueName: 'tracker'})
    await pass(1)
    const sid = await sandbox.change((state, now) => sendFromDevice(state, now, {sim, payload: 'Hello', port: 6969}))
    await pass(0)
    const payload = Buffer.from('Hello').toString('base64')
    expect(app.hits.map(({path, form}) => [path, form])).toMatchObject([
      ['/ip', {CommandSid: sid, SimSid: sim, SimUniqueName: 'tracker', Payload: payload, PayloadType: 'binary'}],
    ])
    const [command] = await twilio.supersim.v1.ipCommands.list()
    expect(command).toMatchObject({direction: 'from_sim', status: 'received', payload, devicePort: 6969})
    expect(command?.deviceIp).not.toBeNull()
  })
})

it('an eSIM profile has it told that it is available, which alone Twilio tells', async () => {
  const {app, pass, twilio} = await webhookWorld()
  const order = {eid: '8'.repeat(32), callbackUrl: `${app.url}/profile`}
  const profile = await twilio.supersim.v1.esimProfiles.create(order)
  await pass(1)
  await pass(1)
  expect(app.hits.map(({path, form}) => [path, form.EsimProfileSid, form.Status])).toEqual([
    ['/profile', profile.sid, 'available'],
  ])
})

describe('the courier', () => {
  it('does not tell what happened before it came, and what is due of two couriers one of them tells', async () => {
    const {app, sandbox, courier, pass, twilio} = await webhookWorld()
    const send = () =>
      twilio.messages.create({from: '+15005550006', to: PHONE, body: 'hi', statusCallback: `${app.url}/status`})
    await send()
    await sandbox.advanceClock(1)
    const late = await createCourier(sandbox)
    await late.tick()
    await late.settled()
    expect(app.hits).toEqual([])
    await pass(0)
    await sandbox.advanceClock(1)
    await Promise.all([courier.tick(), late.tick()])
    await Promise.all([courier.settled(), late.settled()])
    expect(app.hits.map(({form}) => form.MessageStatus)).toEqual(['sent', 'delivered'])
  })
})
