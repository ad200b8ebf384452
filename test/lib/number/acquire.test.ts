import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonRecord, CreateIntent} from '../../../src/lib/addon/record.js'
import {acquireNumber} from '../../../src/lib/number/acquire.js'
import {findCandidates} from '../../../src/lib/number/search.js'
import {listNumbers} from '../../../src/lib/twilio/numbers.js'
import type {Subaccount} from '../../../src/lib/twilio/subaccount.js'
import {
  type AddonInProcess,
  addonRecord,
  APP,
  buyIn,
  numbersIn,
  openExisting,
  PURCHASE,
  startAddonInProcess,
  taken,
} from '../../support/in-process-addon.js'

const intent: CreateIntent = {operation: 'create', plan: 'small', country: 'US', type: 'local', areaCode: '801'}

let world: AddonInProcess
let sub: Subaccount
beforeEach(async () => {
  world = await startAddonInProcess()
  const {sid} = await world.newSubaccount()
  sub = await openExisting(world, sid)
  const {phoneNumber: none, ...record} = addonRecord({state: 'provisioning', intent, accountSid: sid})
  await world.context.registry.create(record, Promise.resolve())
})

async function acquire(changes: Partial<CreateIntent> = {}, recorded: Partial<AddonRecord> = {}) {
  await world.write(recorded)
  const wanted = {...intent, ...changes}
  return acquireNumber(world.context, {
    lease: await world.lease(),
    intent: wanted,
    sub,
    before: await listNumbers(sub.twilio),
    candidates: () => findCandidates(world.main, wanted, APP),
    created: {bought: []},
  })
}

describe('the number of a new add-on', () => {
  it('is one that the subaccount holds already: nothing is bought, and it calls what was asked for', async () => {
    const {sid, e164} = await buyIn(world, sub.account.sid, {voiceUrl: 'https://example.com/old'})
    expect(await acquire({voiceUrl: 'https://example.com/new'})).toEqual({sid, e164, transferred: false})
    expect((await listNumbers(sub.twilio)).map(({webhooks}) => webhooks.voiceUrl)).toEqual(['https://example.com/new'])
  })

  it('is the one that an earlier run wrote down, rather than another', async () => {
    await buyIn(world, sub.account.sid)
    const {sid, e164} = await buyIn(world, sub.account.sid)
    const recorded = {sid, e164, transferred: true}
    expect(await acquire({}, {phoneNumber: recorded})).toEqual(recorded)
  })

  it('is no other than was asked for, whatever the subaccount holds', async () => {
    const other = await buyIn(world, sub.account.sid)
    const phoneNumber = '+18015550123'
    expect(await acquire({phoneNumber})).toMatchObject({e164: phoneNumber})
    expect((await numbersIn(world)).sub).toEqual([other.e164, phoneNumber])
  })

  it('is moved out of the main account where that has it, which is written down before', async () => {
    const {sid, e164} = await buyIn(world, world.main.sid)
    const refuse = {status: 400, body: '{"code": 21633, "message": "No"}'}
    world.sandbox.faults.add({method: 'POST', path: `IncomingPhoneNumbers/${sid}`, when: 'before', do: refuse})
    await expect(acquire({phoneNumber: e164})).rejects.toMatchObject({twilio: {code: 21633}})
    expect(await world.record()).toMatchObject({phoneNumber: {sid, transferred: true}})
    await world.transport.sleep(90_000)
    expect(await acquire({phoneNumber: e164})).toEqual({sid, e164, transferred: true})
    expect(await numbersIn(world)).toEqual({main: [], sub: [e164]})
  })

  it('is the next one where somebody else was faster; the one that was tried is written down', async () => {
    world.sandbox.faults.add({...PURCHASE, when: 'before', do: taken})
    const {e164} = await acquire()
    const {tried} = (await world.record()) ?? {}
    expect(tried).toHaveLength(1)
    expect(tried).not.toContain(e164)
    expect((await numbersIn(world)).sub).toEqual([e164])
  })

  it('is none, where just that one was asked for and somebody else has it', async () => {
    world.sandbox.faults.add({...PURCHASE, when: 'before', times: 9, do: taken})
    await expect(acquire({phoneNumber: '+18015550123'})).rejects.toMatchObject({code: 'NUMBER_TAKEN'})
    expect(
      world.sandbox.requests.filter(({method, path}) => method === 'POST' && path.includes('Incoming')),
    ).toHaveLength(1)
  })
})
