import {describe, expect, it} from '@jest/globals'

import type {NewSimGroup} from '../../../../src/lib/carrier/port.js'
import {UnknownOutcome} from '../../../../src/lib/errors.js'
import type {ProductCarrier} from '../../../../src/lib/twilio/sims/product.js'
import {superSim} from '../../../../src/lib/twilio/sims/super-sim.js'
import {wireless} from '../../../../src/lib/twilio/sims/wireless.js'
import {addCard} from '../../../../src/sandbox/server/cards.js'
import {startInProcess} from '../../../support/in-process.js'
import {card} from '../../../support/sims.js'

async function start() {
  const {main, sandbox} = await startInProcess()
  await sandbox.change((state) => void Object.assign(state, {superSims: [], wirelessSims: []}))
  return {main, sandbox, supersim: superSim(main), wireless: wireless(main)}
}

async function newGroup(carrier: ProductCarrier, group: NewSimGroup) {
  return carrier.createGroup(group, await carrier.prepareGroup(group))
}

describe('Super SIM', () => {
  it('gives a fleet the networks of the country, and a second fleet the same', async () => {
    const {supersim, sandbox} = await start()
    await newGroup(supersim, {name: 'vans', country: 'CA'})
    await newGroup(supersim, {name: 'bikes', country: 'US'})
    const {fleets, networkAccessProfiles} = await sandbox.read((state) => state)
    expect((await supersim.listGroups()).map(({name}) => name).toSorted()).toEqual(['bikes', 'vans'])
    expect(networkAccessProfiles).toHaveLength(1)
    expect(fleets).toHaveLength(2)
    expect(sandbox.requests.find(({path}) => path === '/v1/Networks')?.url).toContain('IsoCountry=CA')
  })

  it('gives a fleet the networks that another run has just written down', async () => {
    const {supersim, sandbox, main} = await start()
    const rival = async (): Promise<void> => {
      const {v1} = await main.supersim()
      await v1.networkAccessProfiles.create({uniqueName: 'vans'})
    }
    sandbox.faults.add({method: 'POST', path: 'NetworkAccessProfiles', when: 'before', do: {call: rival}})
    await newGroup(supersim, {name: 'vans', country: 'CA'})
    const {fleets, networkAccessProfiles} = await sandbox.read((state) => state)
    expect([fleets.length, networkAccessProfiles.length]).toEqual([1, 1])
  })

  it('takes a profile that is answered without its SID for one that may have been ordered', async () => {
    const {supersim, sandbox} = await start()
    sandbox.faults.add({method: 'POST', path: 'ESimProfiles', when: 'after', do: {status: 201, body: '{}'}})
    await expect(supersim.orderProfile(undefined, {})).rejects.toBeInstanceOf(UnknownOutcome)
    expect(await supersim.listProfiles()).toMatchObject([{status: 'new', sim: undefined, iccid: undefined}])
  })

  it('sends text by SMS, and anything over IP to a port; both are listed', async () => {
    const {supersim, sandbox} = await start()
    const sim = await supersim.register(card(1))
    const fleet = await newGroup(supersim, {name: 'vans', country: 'US'})
    await supersim.activate(sim.sid, fleet.sid)
    await sandbox.advanceClock(5)
    await supersim.sendMessage({sim, payload: 'hello', binary: false})
    const ip = await supersim.sendMessage({sim, payload: 'AQID', binary: true, port: 4000})
    expect(ip).toMatchObject({transport: 'ip', binary: true, direction: 'to SIM'})
    expect(await supersim.fetchMessage(ip)).toMatchObject({sid: ip.sid})
    const listed = await supersim.listMessages({sim: sim.sid, limit: 10})
    expect(listed.map(({transport, payload}) => [transport, payload])).toEqual([
      ['sms', 'hello'],
      ['ip', 'AQID'],
    ])
  })
})

describe('Programmable Wireless', () => {
  it('lets a SIM connect by a rate plan, and sends it text and bytes', async () => {
    const {wireless: old, sandbox} = await start()
    const {sid, iccid} = await sandbox.change((state, now) => addCard(state, now, 'wireless'))
    expect(await old.listSims({iccid, neverActivated: true})).toMatchObject([
      {sid, product: 'wireless', group: undefined},
    ])
    const plan = await newGroup(old, {name: 'aka-twilio', country: 'US'})
    await old.activate(sid, plan.sid)
    await sandbox.advanceClock(5)
    const sim = await old.fetchSim(sid)
    expect(sim).toMatchObject({status: 'active', group: plan.sid})
    await old.sendMessage({sim, payload: 'AQID', binary: true})
    expect(await old.listMessages({sim: sid, limit: 10})).toMatchObject([{payload: 'AQID', binary: true, sim: sid}])
    expect(await old.deactivate(sid)).toMatchObject({sid})
  })
})
