import {describe, expect, it} from '@jest/globals'

import {wireless} from '../../../../src/lib/twilio/sims/wireless.js'
import {addCard} from '../../../../src/sandbox/server/cards.js'
import {startInProcess} from '../../../support/in-process.js'

async function start() {
  const world = await startInProcess()
  const {main, sandbox} = world
  await sandbox.change((state) => void Object.assign(state, {superSims: [], wirelessSims: []}))
  const old = wireless(main)
  const {sid, iccid} = await sandbox.change((state, now) => addCard(state, now, 'wireless'))
  return {world, sandbox, old, sid, iccid}
}

describe('a SIM of Programmable Wireless', () => {
  it('connects by a rate plan, which needs nothing before it, until it is deactivated', async () => {
    const {old, sandbox, sid, iccid} = await start()
    expect(await old.listSims({iccid, neverActivated: true})).toMatchObject([
      {sid, product: 'wireless', name: undefined, group: undefined},
    ])
    const group = {name: 'aka-twilio', country: 'US'}
    expect(await old.prepareGroup(group)).toBeUndefined()
    const plan = await old.createGroup(group, undefined)
    expect(await old.listGroups()).toEqual([plan])
    expect(
      sandbox.requests.find(({method, path}) => method === 'POST' && path === '/v1/RatePlans')?.form,
    ).toMatchObject({
      UniqueName: 'aka-twilio',
      DataEnabled: 'true',
      MessagingEnabled: 'true',
    })
    await old.activate(sid, plan.sid)
    await sandbox.advanceClock(5)
    expect(await old.fetchSim(sid)).toMatchObject({status: 'active', group: plan.sid})
    expect(await old.listSims({neverActivated: true})).toEqual([])
    await old.deactivate(sid)
    await sandbox.advanceClock(5)
    expect(await old.fetchSim(sid)).toMatchObject({sid, status: 'deactivated'})
  })

  it('has a name, whatever is in it, and moves to another account', async () => {
    const {world, old, sid} = await start()
    expect(await old.rename(sid, 'a van/1?')).toMatchObject({name: 'a van/1?'})
    expect(await old.fetchSim('a van/1?')).toMatchObject({sid})
    const other = await world.newSubaccount()
    await old.move(sid, other.sid, {})
    expect(await old.listSims({})).toEqual([])
    expect(await wireless(other).listSims({})).toMatchObject([{sid}])
  })

  it('is sent text and bytes', async () => {
    const {old, sandbox, sid} = await start()
    const plan = await old.createGroup({name: 'aka-twilio', country: 'US'}, undefined)
    await old.activate(sid, plan.sid)
    await sandbox.advanceClock(5)
    const sim = await old.fetchSim(sid)
    const sent = await old.sendMessage({sim, payload: 'AQID', binary: true})
    await old.sendMessage({sim, payload: 'on', binary: false})
    expect(await old.fetchMessage(sent)).toMatchObject({sid: sent.sid, sim: sid, direction: 'to SIM'})
    const listed = await old.listMessages({sim: sid, limit: 10})
    expect(listed.map(({payload, binary}) => [payload, binary]).toSorted()).toEqual([
      ['AQID', true],
      ['on', false],
    ])
    expect(await old.listMessages({limit: 1})).toHaveLength(1)
  })
})
