import {describe, expect, it} from '@jest/globals'

import type {NewSimGroup} from '../../../../src/lib/carrier/port.js'
import {UnknownOutcome} from '../../../../src/lib/errors.js'
import {superSim} from '../../../../src/lib/twilio/sims/super-sim.js'
import {addCard} from '../../../../src/sandbox/server/cards.js'
import {startInProcess} from '../../../support/in-process.js'
import {card} from '../../../support/sims.js'

async function start() {
  const world = await startInProcess()
  const {main, sandbox} = world
  await sandbox.change((state) => void Object.assign(state, {superSims: [], wirelessSims: []}))
  const supersim = superSim(main)
  const newGroup = async (group: NewSimGroup) => supersim.createGroup(group, await supersim.prepareGroup(group))
  return {world, main, sandbox, supersim, newGroup}
}

describe('a fleet', () => {
  it('has the networks of the country, and a second one the same', async () => {
    const {supersim, sandbox, newGroup} = await start()
    await newGroup({name: 'vans', country: 'CA'})
    await newGroup({name: 'bikes', country: 'US'})
    const {fleets, networkAccessProfiles} = await sandbox.read((state) => state)
    expect((await supersim.listGroups()).map(({name}) => name).toSorted()).toEqual(['bikes', 'vans'])
    expect(networkAccessProfiles).toHaveLength(1)
    expect(fleets).toHaveLength(2)
    expect(sandbox.requests.find(({path}) => path === '/v1/Networks')?.url).toContain('IsoCountry=CA')
  })

  it('lets SIMs receive SMS', async () => {
    const {sandbox, newGroup} = await start()
    await newGroup({name: 'vans', country: 'CA'})
    expect(sandbox.requests.find(({method, path}) => method === 'POST' && path === '/v1/Fleets')?.form).toMatchObject({
      UniqueName: 'vans',
      SmsCommandsEnabled: 'true',
    })
  })

  it('has the networks that another run has just written down', async () => {
    const {sandbox, main, newGroup} = await start()
    const rival = async (): Promise<void> => {
      const {v1} = await main.supersim()
      await v1.networkAccessProfiles.create({uniqueName: 'vans'})
    }
    sandbox.faults.add({method: 'POST', path: 'NetworkAccessProfiles', when: 'before', do: {call: rival}})
    await newGroup({name: 'vans', country: 'CA'})
    const {fleets, networkAccessProfiles} = await sandbox.read((state) => state)
    expect([fleets.length, networkAccessProfiles.length]).toEqual([1, 1])
  })

  it('is refused as Twilio refuses its networks, where nobody wrote them down', async () => {
    const {sandbox, newGroup} = await start()
    const no = {status: 400, body: '{"code": 20001, "message": "No"}'}
    sandbox.faults.add({method: 'POST', path: 'NetworkAccessProfiles', when: 'before', do: no})
    await expect(newGroup({name: 'vans', country: 'CA'})).rejects.toMatchObject({twilio: {code: 20001}})
  })
})

describe('a SIM', () => {
  it('is registered, named, activated in a fleet and deactivated', async () => {
    const {supersim, newGroup, sandbox} = await start()
    const {sid, iccid} = await supersim.register(card(1))
    expect(await supersim.fetchSim(sid)).toMatchObject({product: 'super-sim', iccid, name: undefined, group: undefined})
    expect(await supersim.listSims({neverActivated: true})).toMatchObject([{sid, status: 'new'}])
    const fleet = await newGroup({name: 'vans', country: 'US'})
    expect(await supersim.rename(sid, 'a van/1?')).toMatchObject({name: 'a van/1?'})
    expect(await supersim.fetchSim('a van/1?')).toMatchObject({sid})
    await supersim.activate(sid, fleet.sid)
    await sandbox.advanceClock(5)
    expect(await supersim.fetchSim(sid)).toMatchObject({status: 'active', group: fleet.sid})
    expect(await supersim.listSims({neverActivated: true})).toEqual([])
    await supersim.deactivate(sid)
    await sandbox.advanceClock(5)
    expect(await supersim.fetchSim(sid)).toMatchObject({status: 'inactive'})
  })

  it('is found among others by its ICCID', async () => {
    const {supersim, sandbox} = await start()
    const one = await sandbox.change((state, now) => addCard(state, now, 'supersim'))
    await sandbox.change((state, now) => addCard(state, now, 'supersim'))
    expect(await supersim.listSims({iccid: one.iccid})).toMatchObject([{sid: one.sid}])
    expect(await supersim.listSims({})).toHaveLength(2)
  })

  it('moves to another account', async () => {
    const {world, supersim} = await start()
    const other = await world.newSubaccount()
    const {sid} = await supersim.register(card(1))
    await supersim.move(sid, other.sid, {})
    expect(await supersim.listSims({})).toEqual([])
    expect(await superSim(other).listSims({})).toMatchObject([{sid}])
  })
})

describe('an eSIM profile', () => {
  it('that is answered without its SID may have been ordered', async () => {
    const {supersim, sandbox} = await start()
    sandbox.faults.add({method: 'POST', path: 'ESimProfiles', when: 'after', do: {status: 201, body: '{}'}})
    await expect(supersim.orderProfile(undefined, {})).rejects.toBeInstanceOf(UnknownOutcome)
    expect(await supersim.listProfiles()).toMatchObject([{status: 'new', sim: undefined, iccid: undefined}])
  })

  it('is for an EID, or has an activation code for any', async () => {
    const {supersim, sandbox} = await start()
    const eid = '89049032000001000000012345678901'
    expect(await supersim.orderProfile(eid, {})).toMatchObject({eid})
    expect(await supersim.orderProfile(undefined, {})).toMatchObject({eid: undefined})
    const forms = sandbox.requests.filter(({method}) => method === 'POST').map(({form}) => form)
    expect(forms).toEqual([{Eid: eid}, {GenerateMatchingId: 'true'}])
  })

  it.each([
    [{error_code: '22901', error_message: 'No such eUICC'}, 'No such eUICC, error 22901'],
    [{error_code: null, error_message: 'No such eUICC'}, 'No such eUICC'],
    [{error_code: '22901', error_message: ''}, '22901'],
  ])('that failed says why: %j', async (error, problem) => {
    const {supersim, sandbox} = await start()
    const profile = {sid: `HP${'1'.repeat(32)}`, date_created: '2026-03-10T12:00:00Z', ...error}
    const answer = (status: string) => {
      const body = JSON.stringify({esim_profiles: [{...profile, status}], meta: {next_page_url: null}})
      sandbox.faults.add({method: 'GET', path: '/v1/ESimProfiles$', when: 'before', do: {status: 200, body}})
    }
    answer('failed')
    expect((await supersim.listProfiles()).map((each) => each.problem)).toEqual([problem])
    answer('available')
    expect((await supersim.listProfiles()).map((each) => each.problem)).toEqual([undefined])
  })
})

describe('a message', () => {
  it('is text by SMS, or anything over IP to a port; both are listed', async () => {
    const {supersim, sandbox, newGroup} = await start()
    const sim = await supersim.register(card(1))
    const fleet = await newGroup({name: 'vans', country: 'US'})
    await supersim.activate(sim.sid, fleet.sid)
    await sandbox.advanceClock(5)
    const sms = await supersim.sendMessage({sim, payload: 'hello', binary: false})
    const ip = await supersim.sendMessage({sim, payload: 'AQID', binary: true, port: 4000})
    expect(sms).toMatchObject({transport: 'sms', binary: false, direction: 'to SIM', sim: sim.sid})
    expect(ip).toMatchObject({transport: 'ip', binary: true, direction: 'to SIM', sim: sim.sid})
    expect(await supersim.sendMessage({sim, payload: 'on', binary: false, port: 4000})).toMatchObject({
      transport: 'ip',
      binary: false,
    })
    for (const sent of [sms, ip]) expect(await supersim.fetchMessage(sent)).toMatchObject({sid: sent.sid})
    const listed = await supersim.listMessages({sim: sim.sid, limit: 10})
    expect(listed.map(({transport, payload}) => `${transport} ${payload}`).toSorted()).toEqual([
      'ip AQID',
      'ip on',
      'sms hello',
    ])
  })
})
