import {describe, expect, it} from '@jest/globals'

import {codeOf} from '../../sdk.js'
import {addFleet, CODE, ICCID, simWorld} from '../../sim-support.js'
import {ask} from '../../support.js'

const SIMS = 'https://supersim.twilio.com/v1/Sims'

describe('cards', () => {
  it('are in the main account’s stock from the start, never activated', async () => {
    const {stock, login} = await simWorld()
    const cards = await stock()
    expect(cards.length).toBe(4)
    for (const {iccid, status, accountSid, fleetSid} of cards)
      expect([iccid, status, accountSid, fleetSid]).toEqual([
        expect.stringMatching(/^8988307\d{13}$/),
        'new',
        login.username,
        null,
      ])
  })

  it('are registered once, by the account that then holds them', async () => {
    const {sub, main, subLogin} = await simWorld()
    const {sid, status, accountSid} = await sub.supersim.v1.sims.create({iccid: ICCID, registrationCode: CODE})
    expect([status, accountSid]).toEqual(['new', subLogin.username])
    const again = sub.supersim.v1.sims.create({iccid: ICCID, registrationCode: CODE})
    await expect(again).rejects.toMatchObject({code: 83003, message: expect.stringContaining(sid)})
    expect(await codeOf(main.supersim.v1.sims.create({iccid: ICCID, registrationCode: CODE}))).toBe(83002)
    expect((await main.supersim.v1.sims.list({iccid: ICCID})).length).toBe(0)
  })

  it.each([
    [ICCID, '0000000000'],
    [ICCID, 'short'],
    ['1234', CODE],
  ])('are not registered when number or code are wrong: %s %s', async (iccid, registrationCode) => {
    const {sub} = await simWorld()
    expect(await codeOf(sub.supersim.v1.sims.create({iccid, registrationCode}))).toBe(83002)
  })

  it('are not registered without their number and their code', async () => {
    const {sandbox, login} = await simWorld()
    for (const form of [{Iccid: ICCID}, {RegistrationCode: CODE}]) {
      const answer = await ask(sandbox, {method: 'POST', url: SIMS, as: login, form})
      expect([answer.status, answer.json.code]).toEqual([400, 83001])
    }
  })

  it('are seen by the account that holds them alone', async () => {
    const {sub, stock} = await simWorld()
    const [card] = await stock()
    expect(await sub.supersim.v1.sims.list()).toEqual([])
    expect(await codeOf(sub.supersim.v1.sims(card?.sid ?? '').fetch())).toBe(20404)
    expect(await codeOf(sub.supersim.v1.sims(card?.sid ?? '').update({uniqueName: 'mine'}))).toBe(83005)
  })

  it('are listed newest first, page by page, filtered by number, status and fleet', async () => {
    const {main, stock} = await simWorld()
    const fleet = await addFleet(main)
    const {sid} = await main.supersim.v1.sims.create({iccid: ICCID, registrationCode: CODE})
    await main.supersim.v1.sims(sid).update({fleet: 'fleet', status: 'ready'})
    const sids = async (filter: Parameters<typeof main.supersim.v1.sims.list>[0]) =>
      (await main.supersim.v1.sims.list(filter)).map((sim) => sim.sid)
    const all = (await stock()).map((sim) => sim.sid)
    expect([all.length, all[0]]).toEqual([5, sid])
    expect(await sids({pageSize: 2})).toEqual(all)
    expect(await sids({iccid: ICCID})).toEqual([sid])
    expect(await sids({status: 'scheduled'})).toEqual([sid])
    expect(await sids({status: 'new'})).toEqual(all.slice(1))
    expect([await sids({fleet: fleet.sid}), await sids({fleet: 'fleet'}), await sids({fleet: 'none'})]).toEqual([
      [sid],
      [sid],
      [],
    ])
  })
})

describe('a SIM', () => {
  async function withCard() {
    const world = await simWorld()
    const fleet = await addFleet(world.main)
    const [first, second] = await world.stock()
    const card = world.main.supersim.v1.sims(first?.sid ?? '')
    const other = world.main.supersim.v1.sims(second?.sid ?? '')
    return {...world, fleet, card, other, sid: first?.sid ?? ''}
  }

  it('needs a fleet before it can be activated', async () => {
    const {card, fleet} = await withCard()
    expect(await codeOf(card.update({status: 'active'}))).toBe(83007)
    expect(await codeOf(card.update({fleet: 'nowhere'}))).toBe(83006)
    expect((await card.update({fleet: fleet.sid})).fleetSid).toBe(fleet.sid)
    expect((await card.update({status: 'ready'})).status).toBe('scheduled')
  })

  it('is scheduled for a while, by the sandbox’s clock, before it has a new status', async () => {
    const {card, pass, sandbox, login, sid} = await withCard()
    const form = {Fleet: 'fleet', Status: 'active'}
    expect((await ask(sandbox, {method: 'POST', url: `${SIMS}/${sid}`, as: login, form})).status).toBe(202)
    await pass(399)
    expect((await card.fetch()).status).toBe('scheduled')
    expect(await codeOf(card.update({status: 'inactive'}))).toBe(83010)
    expect(await codeOf(card.update({fleet: ''}))).toBe(83009)
    expect((await card.update({status: 'active'})).status).toBe('scheduled')
    await pass(1)
    expect((await card.fetch()).status).toBe('active')
    expect((await ask(sandbox, {method: 'POST', url: `${SIMS}/${sid}`, as: login, form})).status).toBe(200)
  })

  it('is only read by reading', async () => {
    const {card, pass, state} = await withCard()
    await card.update({fleet: 'fleet', status: 'active'})
    await pass(1000)
    const before = await state()
    await card.fetch()
    expect(await state()).toEqual(before)
  })

  it('is never new or ready again', async () => {
    const {card, pass, sandbox, login, sid} = await withCard()
    expect(await codeOf(card.update({status: 'inactive'}))).toBe(83010)
    for (const status of ['ready', 'active', 'inactive', 'active'] as const) {
      await card.update({fleet: 'fleet', status})
      await pass(400)
      expect((await card.fetch()).status).toBe(status)
    }
    expect(await codeOf(card.update({status: 'ready'}))).toBe(83010)
    const toNew = {method: 'POST', url: `${SIMS}/${sid}`, as: login, form: {Status: 'new'}} as const
    expect((await ask(sandbox, toNew)).json.code).toBe(20422)
  })

  it('leaves its fleet only when it is inactive', async () => {
    const {card, pass} = await withCard()
    await card.update({fleet: 'fleet', status: 'active'})
    await pass(400)
    expect(await codeOf(card.update({fleet: ''}))).toBe(83008)
    expect((await card.update({fleet: '', status: 'inactive'})).fleetSid).toBe(null)
  })

  it('has a name that no other SIM of the account has', async () => {
    const {card, other, main, sid} = await withCard()
    expect((await card.update({uniqueName: 'tracker'})).uniqueName).toBe('tracker')
    expect((await main.supersim.v1.sims('tracker').fetch()).sid).toBe(sid)
    expect(await codeOf(other.update({uniqueName: 'tracker'}))).toBe(83011)
    expect(await codeOf(other.update({uniqueName: `HS${'0'.repeat(32)}`}))).toBe(20422)
    expect((await card.update({uniqueName: 'tracker'})).uniqueName).toBe('tracker')
    expect((await card.update({uniqueName: ''})).uniqueName).toBe(null)
  })

  it('changes wholly or not at all', async () => {
    const {card, state} = await withCard()
    const before = await state()
    expect(await codeOf(card.update({uniqueName: 'tracker', fleet: 'fleet', status: 'inactive'}))).toBe(83010)
    expect(await state()).toEqual(before)
  })
})

describe('a SIM that was never activated', () => {
  async function withCard() {
    const world = await simWorld()
    const [card] = await world.stock()
    const sid = card?.sid ?? ''
    return {...world, sid, ofMain: world.main.supersim.v1.sims(sid), ofSub: world.sub.supersim.v1.sims(sid)}
  }

  it('moves to a subaccount and back, by the main account’s token', async () => {
    const {ofMain, ofSub, login, subLogin, main} = await withCard()
    await addFleet(main)
    await ofMain.update({fleet: 'fleet'})
    const moved = await ofMain.update({accountSid: subLogin.username})
    expect([moved.accountSid, moved.status, moved.fleetSid]).toEqual([subLogin.username, 'new', null])
    expect((await ofSub.fetch()).accountSid).toBe(subLogin.username)
    expect(await codeOf(ofMain.fetch())).toBe(20404)
    expect((await ofMain.update({accountSid: subLogin.username})).accountSid).toBe(subLogin.username)
    expect((await ofMain.update({accountSid: login.username})).accountSid).toBe(login.username)
    expect(await codeOf(ofSub.fetch())).toBe(20404)
  })

  it('does not go where its account has no say', async () => {
    const {ofMain, ofSub, login, subLogin} = await withCard()
    await ofMain.update({accountSid: subLogin.username})
    expect(await codeOf(ofSub.update({accountSid: login.username}))).toBe(20422)
    expect(await codeOf(ofSub.update({accountSid: `AC${'0'.repeat(32)}`}))).toBe(20422)
    expect(await codeOf(ofMain.update({uniqueName: 'mine'}))).toBe(83005)
  })

  it('can take up a fleet of its new account at once', async () => {
    const {ofMain, ofSub, sub, subLogin, pass} = await withCard()
    const fleet = await addFleet(sub)
    await ofMain.update({accountSid: subLogin.username, fleet: 'fleet', status: 'ready'})
    await pass(400)
    expect(await ofSub.fetch()).toMatchObject({fleetSid: fleet.sid, status: 'ready'})
  })

  it('no longer moves once it is activated', async () => {
    const {ofMain, ofSub, sub, login, subLogin} = await withCard()
    await addFleet(sub)
    await ofMain.update({accountSid: subLogin.username})
    await ofSub.update({fleet: 'fleet', status: 'ready'})
    expect(await codeOf(ofMain.update({accountSid: login.username}))).toBe(20422)
  })

  it('moves by no API key, and neither to nor from an account that is not active', async () => {
    const {sandbox, main, ofMain, login, subLogin, sid} = await withCard()
    const {apiKey} = await sandbox.credentials()
    const form = {AccountSid: subLogin.username}
    const as = {username: apiKey.sid, password: apiKey.secret}
    expect((await ask(sandbox, {method: 'POST', url: `${SIMS}/${sid}`, as, form})).json.code).toBe(20003)
    const account = main.api.v2010.accounts(subLogin.username)
    await account.update({status: 'suspended'})
    expect(await codeOf(ofMain.update({accountSid: subLogin.username}))).toBe(20005)
    await account.update({status: 'active'})
    await ofMain.update({accountSid: subLogin.username})
    await account.update({status: 'suspended'})
    expect(await codeOf(ofMain.update({accountSid: login.username}))).toBe(20005)
  })

  it('is lost with the account that is closed', async () => {
    const {main, ofMain, login, subLogin, state, sid} = await withCard()
    const {accountSid, iccid} = await ofMain.update({accountSid: subLogin.username})
    await main.api.v2010.accounts(accountSid).update({status: 'closed'})
    expect(await codeOf(ofMain.update({accountSid: login.username}))).toBe(83005)
    expect(await codeOf(main.supersim.v1.sims.create({iccid, registrationCode: CODE}))).toBe(83002)
    expect((await state()).superSims.find((sim) => sim.sid === sid)?.status).toBe('inactive')
  })
})
