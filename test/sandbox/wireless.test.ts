import {describe, expect, it} from '@jest/globals'

import {addCard} from '../../src/sandbox/server/cards.js'
import {sendFromDevice} from '../../src/sandbox/server/device-messages.js'
import {CODE, simWorld} from './sim-support.js'
import {ask, codeOf} from './support.js'

async function setUp() {
  const world = await simWorld()
  const {sid, iccid} = await world.sandbox.change((state, now) => addCard(state, now, 'wireless'))
  const {v1} = world.main.wireless
  const plan = await v1.ratePlans.create({uniqueName: 'plan', messagingEnabled: true})
  return {...world, v1, plan, sid, iccid, card: v1.sims(sid)}
}

async function withActiveSim() {
  const world = await setUp()
  await world.card.update({ratePlan: 'plan', status: 'active', uniqueName: 'tracker'})
  await world.pass(400)
  return world
}

describe('wireless SIMs', () => {
  it('are listed by number, status and rate plan, by the account that holds them', async () => {
    const {v1, sid, iccid, card, sub, sandbox} = await setUp()
    const second = await sandbox.change((state, now) => addCard(state, now, 'wireless'))
    await card.update({ratePlan: 'plan'})
    const sids = async (filter: Parameters<typeof v1.sims.list>[0]) =>
      (await v1.sims.list(filter)).map((sim) => sim.sid)
    expect(await sids({pageSize: 1})).toEqual([second.sid, sid])
    expect([await sids({iccid}), await sids({ratePlan: 'plan'}), await sids({status: 'active'})]).toEqual([
      [sid],
      [sid],
      [],
    ])
    expect(await sub.wireless.v1.sims.list()).toEqual([])
    expect(await codeOf(sub.wireless.v1.sims(sid).fetch())).toBe(20404)
    expect(await codeOf(sub.wireless.v1.sims(sid).update({uniqueName: 'mine'}))).toBe(33107)
  })

  it('cannot be created, nor registered as Super SIMs', async () => {
    const {sandbox, login, main, iccid} = await setUp()
    const url = 'https://wireless.twilio.com/v1/Sims'
    expect((await ask(sandbox, {method: 'POST', url, as: login, form: {}})).status).toBe(405)
    expect(await codeOf(main.supersim.v1.sims.create({iccid, registrationCode: CODE}))).toBe(83002)
  })

  it('need a rate plan before they can be activated, and to keep it while they are', async () => {
    const {card, pass, plan} = await setUp()
    expect(await codeOf(card.update({status: 'active'}))).toBe(33104)
    expect(await codeOf(card.update({ratePlan: 'none'}))).toBe(33108)
    expect((await card.update({ratePlan: 'plan', status: 'active'})).ratePlanSid).toBe(plan.sid)
    await pass(400)
    expect(await codeOf(card.update({ratePlan: ''}))).toBe(33101)
    expect(await codeOf(card.update({ratePlan: '', status: 'suspended'}))).toBe(33121)
  })

  it('are updated one change at a time', async () => {
    const {card, pass} = await setUp()
    expect((await card.update({ratePlan: 'plan', status: 'ready'})).status).toBe('updating')
    expect(await codeOf(card.update({status: 'active'}))).toBe(33010)
    expect(await codeOf(card.update({ratePlan: ''}))).toBe(33010)
    expect((await card.update({friendlyName: 'anything else'})).friendlyName).toBe('anything else')
    await pass(400)
    expect((await card.fetch()).status).toBe('ready')
  })

  it('go through the documented statuses, and are canceled 72 hours after they were deactivated', async () => {
    const {card, pass} = await setUp()
    expect(await codeOf(card.update({ratePlan: 'plan', status: 'suspended'}))).toBe(33105)
    for (const status of ['ready', 'active', 'suspended', 'active', 'deactivated'] as const) {
      await card.update({ratePlan: 'plan', status})
      await pass(400)
      expect((await card.fetch()).status).toBe(status)
    }
    expect(await codeOf(card.update({status: 'new'}))).toBe(33105)
    await pass(72 * 3_600_000)
    expect((await card.fetch()).status).toBe('canceled')
    expect(await codeOf(card.update({status: 'active'}))).toBe(33105)
  })

  it('have names of their own, and addresses to call', async () => {
    const {card, v1, sandbox} = await setUp()
    const {sid} = await sandbox.change((state, now) => addCard(state, now, 'wireless'))
    const named = await card.update({uniqueName: 'tracker', commandsCallbackUrl: 'https://example.com/commands'})
    expect([named.uniqueName, named.commandsCallbackUrl]).toEqual(['tracker', 'https://example.com/commands'])
    expect((await v1.sims('tracker').fetch()).sid).toBe(named.sid)
    expect(await codeOf(v1.sims(sid).update({uniqueName: 'tracker'}))).toBe(33101)
    expect(await codeOf(v1.sims(sid).update({uniqueName: sid}))).toBe(33101)
  })

  it('move to a subaccount and back while they are new, without a rate plan of the old account', async () => {
    const {card, sub, login, subLogin, sid, pass} = await setUp()
    await card.update({ratePlan: 'plan'})
    expect(await codeOf(card.update({accountSid: subLogin.username}))).toBe(33102)
    expect(await codeOf(card.update({accountSid: subLogin.username, ratePlan: 'plan'}))).toBe(33108)
    expect((await card.update({accountSid: subLogin.username, ratePlan: ''})).accountSid).toBe(subLogin.username)
    expect((await sub.wireless.v1.sims(sid).fetch()).ratePlanSid).toBe(null)
    expect(await codeOf(sub.wireless.v1.sims(sid).update({accountSid: login.username}))).toBe(33201)
    expect((await card.update({accountSid: login.username})).accountSid).toBe(login.username)
    await card.update({ratePlan: 'plan', status: 'active'})
    await pass(400)
    expect(await codeOf(card.update({accountSid: subLogin.username, ratePlan: ''}))).toBe(33201)
  })

  it('are lost with the account that is closed', async () => {
    const {card, main, sid, subLogin, state} = await setUp()
    await card.update({accountSid: subLogin.username})
    await main.api.v2010.accounts(subLogin.username).update({status: 'closed'})
    expect((await state()).wirelessSims.find((sim) => sim.sid === sid)?.status).toBe('deactivated')
  })
})

describe('rate plans', () => {
  it('have unique names and limits in range', async () => {
    const {v1, plan, sub} = await setUp()
    expect((await v1.ratePlans('plan').fetch()).sid).toBe(plan.sid)
    expect((await v1.ratePlans.list()).map(({sid}) => sid)).toEqual([plan.sid])
    expect(plan).toMatchObject({dataLimit: 1000, dataMetering: 'payg', messagingEnabled: true, dataEnabled: false})
    expect(await codeOf(v1.ratePlans.create({uniqueName: 'plan'}))).toBe(33101)
    expect(await codeOf(v1.ratePlans.create({dataLimit: 2_000_001}))).toBe(33101)
    expect(await codeOf(v1.ratePlans.create({dataMetering: 'free'}))).toBe(33101)
    expect(await codeOf(sub.wireless.v1.ratePlans(plan.sid).fetch())).toBe(20404)
  })
})

describe('wireless commands', () => {
  it('are queued, sent and delivered, by the sandbox’s clock', async () => {
    const {v1, pass} = await withActiveSim()
    const command = await v1.commands.create({sim: 'tracker', command: 'hello'})
    const quiet = await v1.commands.create({sim: 'tracker', command: 'hello', deliveryReceiptRequested: false})
    const statuses = [command.status]
    for (const ms of [300, 300]) {
      await pass(ms)
      statuses.push((await v1.commands(command.sid).fetch()).status)
    }
    expect(statuses).toEqual(['queued', 'sent', 'delivered'])
    expect((await v1.commands(quiet.sid).fetch()).status).toBe('sent')
  })

  it('need a SIM that is ready or active, on a rate plan with messaging', async () => {
    const {v1, card, pass, sandbox, login, sid} = await setUp()
    const send = () => codeOf(v1.commands.create({sim: sid, command: 'hello'}))
    expect(await send()).toBe(33104)
    await v1.ratePlans.create({uniqueName: 'silent'})
    await card.update({ratePlan: 'silent', status: 'active'})
    await pass(400)
    expect(await send()).toBe(33201)
    await card.update({ratePlan: 'plan'})
    expect(await send()).toBe(undefined)
    expect(await codeOf(v1.commands.create({sim: 'none', command: 'hello'}))).toBe(33107)
    const url = 'https://wireless.twilio.com/v1/Commands'
    for (const form of [{Sim: sid}, {Command: 'hello'}])
      expect((await ask(sandbox, {method: 'POST', url, as: login, form})).json.code).toBe(33102)
  })

  it('carry 160 characters or 140 bytes', async () => {
    const {v1} = await withActiveSim()
    const send = (command: string, commandMode: 'text' | 'binary') =>
      codeOf(v1.commands.create({sim: 'tracker', command, commandMode}))
    expect(await send('x'.repeat(160), 'text')).toBe(undefined)
    expect(await send('x'.repeat(161), 'text')).toBe(33101)
    expect(await send(Buffer.alloc(140).toString('base64'), 'binary')).toBe(undefined)
    expect(await send(Buffer.alloc(141).toString('base64'), 'binary')).toBe(33101)
    expect(await send('no base64!', 'binary')).toBe(33101)
    expect(await send('hello', 'other' as 'text')).toBe(33101)
  })

  it('are listed by SIM, status, direction and transport', async () => {
    const {v1, sid, sandbox, pass} = await withActiveSim()
    const sent = await v1.commands.create({sim: sid, command: 'hello'})
    const received = await sandbox.change((state, now) => sendFromDevice(state, now, {sim: sid, payload: 'hi'}))
    await pass(600)
    const sids = async (filter: Parameters<typeof v1.commands.list>[0]) =>
      (await v1.commands.list(filter)).map((command) => command.sid)
    expect(await sids({sim: 'tracker', transport: 'sms'})).toEqual([received, sent.sid])
    expect(await sids({status: 'delivered'})).toEqual([sent.sid])
    expect(await sids({direction: 'from_sim', status: 'received'})).toEqual([received])
    expect([await sids({transport: 'ip'}), await sids({sim: 'none'})]).toEqual([[], []])
  })
})
