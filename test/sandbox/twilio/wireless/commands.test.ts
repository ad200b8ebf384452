import {describe, expect, it} from '@jest/globals'

import {sendFromDevice} from '../../../../src/sandbox/server/device-messages.js'
import {codeOf} from '../../sdk.js'
import {wirelessWorld} from '../../sim-support.js'
import {ask} from '../../support.js'

async function withActiveSim() {
  const world = await wirelessWorld()
  await world.card.update({ratePlan: 'plan', status: 'active', uniqueName: 'tracker'})
  await world.pass(400)
  return world
}

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
    const {v1, card, pass, sandbox, login, sid} = await wirelessWorld()
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
