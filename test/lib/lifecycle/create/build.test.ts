import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonRecord, CreateIntent} from '../../../../src/lib/addon/record.js'
import {readConfigVars} from '../../../../src/lib/akkeris/config-vars.js'
import {build} from '../../../../src/lib/lifecycle/create/build.js'
import type {Journal} from '../../../../src/lib/lifecycle/create/rollback.js'
import {findCandidates} from '../../../../src/lib/number/search.js'
import {findSubaccounts} from '../../../../src/lib/twilio/accounts.js'
import {
  type AddonInProcess,
  addonRecord,
  APP,
  buyIn,
  numbersIn,
  PURCHASE,
  startAddonInProcess,
  taken,
} from '../../../support/in-process-addon.js'

const name = 'api-default aka-twilio 0123456789abcdef'
const intent: CreateIntent = {operation: 'create', plan: 'small', country: 'US', type: 'local', areaCode: '801'}

let world: AddonInProcess
let journal: Journal
beforeEach(async () => {
  world = await startAddonInProcess()
  await world.setConfigVars({OTHER: 'stays'})
})

/** Does what an add-on takes between the lease and its last write, from where an earlier run stopped. */
async function run(recorded: Partial<AddonRecord> = {}) {
  const {accountSid: a, phoneNumber: p, ...record} = addonRecord({state: 'provisioning', intent})
  await world.write({...record, ...recorded})
  journal = {created: {accounts: [], bought: []}}
  return build(world.context, await world.lease(), {
    name,
    intent,
    vars: await readConfigVars(world.akkeris, APP),
    sameName: await findSubaccounts(world.main, name),
    candidates: findCandidates(world.main, intent, APP),
    journal,
  })
}

const open = async () => (await findSubaccounts(world.main, name)).map(({sid}) => sid)
const patches = () => world.sandbox.requests.filter(({method}) => method === 'PATCH').length - 1

describe('building an add-on', () => {
  it('makes a subaccount, a number and config vars, each once; the record says what there is, and so does the journal', async () => {
    const {created, vars} = await run()
    const [sid] = await open()
    expect(created).toBe(true)
    expect(await world.configVars()).toEqual({OTHER: 'stays', ...vars})
    expect(vars.TWILIO_SID).toBe(sid)
    expect(await numbersIn(world)).toEqual({main: [], sub: [vars.TWILIO_PHONE_NUMBER]})
    expect(await world.record()).toMatchObject({accountSid: sid, phoneNumber: {e164: vars.TWILIO_PHONE_NUMBER}})
    expect([await open(), patches()]).toEqual([[sid], 1])
    expect(journal.created.accounts).toMatchObject([{sid}])
    expect(journal.created.bought).toMatchObject([{number: {e164: vars.TWILIO_PHONE_NUMBER}}])
    expect(journal.written).toEqual({before: {OTHER: 'stays'}, vars})
  })

  it('does nothing again that an earlier run did, and has nothing to take back then', async () => {
    const {vars} = await run()
    const {phoneNumber, accountSid = ''} = (await world.record()) ?? {}
    const from = world.sandbox.requests.length
    expect(await run({accountSid, ...(phoneNumber && {phoneNumber})})).toMatchObject({vars})
    const sent = world.sandbox.requests.slice(from)
    expect(sent.filter(({method, path}) => method !== 'GET' && !path.includes('/Items'))).toEqual([])
    expect(journal).toEqual({created: {accounts: [], bought: []}})
  })

  it('asks for another list of numbers where somebody else was faster', async () => {
    world.sandbox.faults.add({...PURCHASE, when: 'before', do: taken})
    const {record} = await run()
    expect((await numbersIn(world)).sub).toEqual([record.phoneNumber?.e164])
    const searches = world.sandbox.requests.filter(({path}) => path.includes('AvailablePhoneNumbers'))
    expect(searches).toHaveLength(2)
  })
})

describe('what turns up besides is given back', () => {
  it('a number that was bought in the same subaccount meanwhile, and a subaccount of the same name', async () => {
    const rival = async () => {
      const [sid = ''] = await open()
      await buyIn(world, sid)
      await world.newSubaccount(name)
    }
    world.sandbox.faults.add({...PURCHASE, when: 'after', do: {call: rival}})
    const {vars} = await run()
    expect((await numbersIn(world)).sub).toEqual([vars.TWILIO_PHONE_NUMBER])
    expect(await open()).toEqual([vars.TWILIO_SID])
  })

  it('a number that an earlier run tried, and got after all; one that nobody tried stays', async () => {
    const {sid} = await world.newSubaccount(name)
    const [mine, tried, other] = [await buyIn(world, sid), await buyIn(world, sid), await buyIn(world, sid)]
    const phoneNumber = {sid: mine.sid, e164: mine.e164, transferred: false}
    await run({accountSid: sid, phoneNumber, tried: [tried.e164]})
    expect((await numbersIn(world)).sub).toEqual([mine.e164, other.e164])
  })
})

it('a subaccount is in the journal although its number cannot be bought', async () => {
  world.sandbox.faults.add({...PURCHASE, when: 'before', do: {status: 400}})
  await expect(run()).rejects.toMatchObject({exitCode: 1})
  expect(journal.created.accounts.map(({sid}) => sid)).toEqual(await open())
  expect([journal.created.bought, journal.written, patches()]).toEqual([[], undefined, 0])
  expect(
    world.sandbox.requests.filter(({method, path}) => method === 'POST' && path.endsWith('Accounts.json')),
  ).toHaveLength(1)
})
