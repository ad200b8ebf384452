import {describe, expect, it} from '@jest/globals'

import {addCard} from '../../../../src/sandbox/server/cards.js'
import {codeOf} from '../../sdk.js'
import {CODE, wirelessWorld} from '../../sim-support.js'
import {ask} from '../../support.js'

describe('wireless SIMs', () => {
  it('are listed by number, status and rate plan, by the account that holds them', async () => {
    const {v1, sid, iccid, card, sub, sandbox} = await wirelessWorld()
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
    const {sandbox, login, main, iccid} = await wirelessWorld()
    const url = 'https://wireless.twilio.com/v1/Sims'
    expect((await ask(sandbox, {method: 'POST', url, as: login, form: {}})).status).toBe(501)
    expect(await codeOf(main.supersim.v1.sims.create({iccid, registrationCode: CODE}))).toBe(83002)
  })

  it('need a rate plan before they can be activated, and to keep it while they are', async () => {
    const {card, pass, plan} = await wirelessWorld()
    expect(await codeOf(card.update({status: 'active'}))).toBe(33104)
    expect(await codeOf(card.update({ratePlan: 'none'}))).toBe(33108)
    expect((await card.update({ratePlan: 'plan', status: 'active'})).ratePlanSid).toBe(plan.sid)
    await pass(400)
    expect(await codeOf(card.update({ratePlan: ''}))).toBe(33101)
    expect(await codeOf(card.update({ratePlan: '', status: 'suspended'}))).toBe(33121)
  })

  it('are updated one change at a time', async () => {
    const {card, pass} = await wirelessWorld()
    expect((await card.update({ratePlan: 'plan', status: 'ready'})).status).toBe('updating')
    expect(await codeOf(card.update({status: 'active'}))).toBe(33010)
    expect(await codeOf(card.update({ratePlan: ''}))).toBe(33010)
    expect((await card.update({friendlyName: 'anything else'})).friendlyName).toBe('anything else')
    await pass(400)
    expect((await card.fetch()).status).toBe('ready')
  })

  it('go through the documented statuses, and are canceled 72 hours after they were deactivated', async () => {
    const {card, pass} = await wirelessWorld()
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
    const {card, v1, sandbox} = await wirelessWorld()
    const {sid} = await sandbox.change((state, now) => addCard(state, now, 'wireless'))
    const named = await card.update({uniqueName: 'tracker', commandsCallbackUrl: 'https://example.com/commands'})
    expect([named.uniqueName, named.commandsCallbackUrl]).toEqual(['tracker', 'https://example.com/commands'])
    expect((await v1.sims('tracker').fetch()).sid).toBe(named.sid)
    expect(await codeOf(v1.sims(sid).update({uniqueName: 'tracker'}))).toBe(33101)
    expect(await codeOf(v1.sims(sid).update({uniqueName: sid}))).toBe(33101)
  })

  it('move to a subaccount and back while they are new, without a rate plan of the old account', async () => {
    const {card, sub, login, subLogin, sid, pass} = await wirelessWorld()
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
    const {card, main, sid, subLogin, state} = await wirelessWorld()
    await card.update({accountSid: subLogin.username})
    await main.api.v2010.accounts(subLogin.username).update({status: 'closed'})
    expect((await state()).wirelessSims.find((sim) => sim.sid === sid)?.status).toBe('deactivated')
  })
})
