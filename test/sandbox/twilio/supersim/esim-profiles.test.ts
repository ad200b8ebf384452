import {describe, expect, it} from '@jest/globals'

import {codeOf} from '../../sdk.js'
import {simWorld} from '../../sim-support.js'

const EID = '89049032005008882600033489123456'
const FAILING_EID = '89049032005008882600033489120000'

async function setUp() {
  const world = await simWorld()
  return {...world, profiles: world.sub.supersim.v1.esimProfiles}
}

describe('an eSIM profile', () => {
  it('is reserved step by step, by the sandbox’s clock', async () => {
    const {profiles, sub, pass} = await setUp()
    const {sid, status} = await profiles.create({generateMatchingId: true})
    const seen: string[] = [status]
    for (const ms of [300, 499]) {
      await pass(ms)
      const profile = await profiles(sid).fetch()
      seen.push(profile.status)
      expect([profile.simSid, profile.iccid, profile.activationCode]).toEqual([null, null, null])
      expect(await sub.supersim.v1.sims.list()).toEqual([])
    }
    await pass(1)
    expect([...seen, (await profiles(sid).fetch()).status]).toEqual(['new', 'reserving', 'reserving', 'available'])
  })

  it('comes with a SIM of the account’s and with what a device needs to load it', async () => {
    const {profiles, sub, pass} = await setUp()
    const {sid} = await profiles.create({generateMatchingId: true})
    await pass(800)
    const profile = await profiles(sid).fetch()
    const [sim] = await sub.supersim.v1.sims.list()
    expect([sim?.sid, sim?.iccid, sim?.status]).toEqual([profile.simSid, profile.iccid, 'new'])
    expect(profile.matchingId).toMatch(/^[0-9A-F]{5}(-[0-9A-F]{5}){4}$/)
    expect(profile.activationCode).toBe(`1$SM-DP-PLUS.TWILIO.COM$${profile.matchingId}`)
    expect(profile.smdpPlusAddress).toBe('sm-dp-plus.twilio.com')
  })

  it('for a certain eUICC has no matching ID, unless one is asked for', async () => {
    const {profiles, pass} = await setUp()
    await profiles.create({eid: EID})
    await profiles.create({eid: EID, generateMatchingId: true})
    await pass(800)
    const [both, eidOnly] = await profiles.list()
    expect([eidOnly?.eid, eidOnly?.matchingId, eidOnly?.activationCode]).toEqual([EID, null, null])
    expect([both?.eid, both?.matchingId]).toEqual([EID, expect.stringMatching(/-/)])
  })

  it('fails for an EID that ends in 0000, and then there is no SIM', async () => {
    const {profiles, sub, pass} = await setUp()
    const {sid} = await profiles.create({eid: FAILING_EID})
    await pass(800)
    const failed = await profiles(sid).fetch()
    expect([failed.status, failed.errorCode, failed.simSid]).toEqual(['failed', '83500', null])
    expect(await sub.supersim.v1.sims.list()).toEqual([])
  })

  it('needs an EID or a matching ID', async () => {
    const {profiles} = await setUp()
    expect(await codeOf(profiles.create())).toBe(20422)
    expect(await codeOf(profiles.create({eid: '1234'}))).toBe(20422)
  })
})

describe('eSIM profiles', () => {
  it('are listed newest first, by EID, SIM and status, so that a lost answer can be looked up', async () => {
    const {profiles, pass} = await setUp()
    const first = await profiles.create({eid: EID})
    await pass(800)
    const second = await profiles.create({generateMatchingId: true})
    const sids = async (filter: Parameters<typeof profiles.list>[0]) =>
      (await profiles.list(filter)).map((profile) => profile.sid)
    expect(await sids({pageSize: 1})).toEqual([second.sid, first.sid])
    expect(await sids({eid: EID})).toEqual([first.sid])
    expect(await sids({status: 'new'})).toEqual([second.sid])
    expect(await sids({simSid: (await profiles(first.sid).fetch()).simSid})).toEqual([first.sid])
  })

  it('are seen by the account that ordered them alone', async () => {
    const {profiles, main} = await setUp()
    const {sid} = await profiles.create({eid: EID})
    expect(await main.supersim.v1.esimProfiles.list()).toEqual([])
    expect(await codeOf(main.supersim.v1.esimProfiles(sid).fetch())).toBe(20404)
  })
})
