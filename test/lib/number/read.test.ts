import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {heldBy, readNumber} from '../../../src/lib/number/read.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {
  addAddon,
  type AddonInProcess,
  addonRecord,
  APP,
  buyIn,
  startAddonInProcess,
} from '../../support/in-process-addon.js'
import {putReviewed} from '../../support/in-process-registration.js'

let world: AddonInProcess
let accountSid: string
beforeEach(async () => {
  world = await startAddonInProcess()
  accountSid = await addAddon(world)
})

/** A number in the subaccount, which is that of the add-on. */
async function ownNumber() {
  const {sid, e164} = await buyIn(world, accountSid)
  await world.write({phoneNumber: {sid, e164, transferred: false}})
  return {sid, e164}
}
const read = () => readNumber(world.context, APP)

describe('the number of an add-on', () => {
  it('is the recorded one among those of the subaccount, told from the others', async () => {
    const {sid, e164} = await ownNumber()
    const other = await buyIn(world, accountSid)
    expect(await read()).toMatchObject({recorded: {sid, e164}, number: {sid, e164}, others: [other.e164]})
  })

  it('is gone where the subaccount no longer has it: what is recorded stays known', async () => {
    const other = await buyIn(world, accountSid)
    expect(await read()).toMatchObject({
      recorded: {e164: '+18015550100'},
      number: undefined,
      others: [other.e164],
    })
  })

  it.each([
    ['same', (e164: string) => ({TWILIO_PHONE_NUMBER: e164})],
    ['different', () => ({TWILIO_PHONE_NUMBER: '+18015550199'})],
    ['missing', () => ({OTHER: 'x'})],
  ])('in the config vars is %s', async (state, vars) => {
    const {e164} = await ownNumber()
    await world.setConfigVars(vars(e164))
    expect((await read()).configVar).toBe(state)
  })

  it('is in no config var where the app is gone', async () => {
    await ownNumber()
    world.sandbox.faults.add({path: 'config-vars', when: 'before', do: {status: 404}})
    expect((await read()).configVar).toBe('no such app')
  })
})

describe('what a number still needs before it may send', () => {
  it('is said until it is registered', async () => {
    const {sid} = await ownNumber()
    expect(await read()).toMatchObject({
      sending: {state: 'not-registered'},
      pendingRegistrations: expect.stringContaining('A2P 10DLC') as unknown,
    })
    await putReviewed(world, accountSid, {brands: [['approved', 1]], campaign: {numberSid: sid, is: 'approved'}})
    expect(await read()).toMatchObject({sending: {state: 'verified'}, pendingRegistrations: undefined})
  })

  it('is looked at step by step where somebody began with it', async () => {
    await ownNumber()
    await putReviewed(world, accountSid, {profiles: [['in-review']]})
    expect((await read()).sending.state).toBe('not-registered')
    await world.write({registration: {agreed: true}})
    expect((await read()).sending.state).toBe('in-review')
  })
})

describe('there is no number', () => {
  const without = (changes: Partial<AddonRecord> = {}) => {
    const {phoneNumber: _, ...record} = addonRecord({accountSid, ...changes})
    return record
  }

  it('before the creation came to it: how to resume it is said, and nothing else is asked', async () => {
    const before = world.sandbox.requests.length
    await expect(heldBy(world.context, without({plan: 'large'}))).rejects.toMatchObject({
      code: 'NUMBER_NOT_FOUND',
      exitCode: 4,
      suggestions: [expect.stringContaining('addons:create twilio:large -a api-default')],
    })
    expect(world.sandbox.requests.length).toBe(before)
    await world.context.registry.create({...without(), appSpace: 'web-prod'}, Promise.resolve())
    await expect(readNumber(world.context, 'web-prod')).rejects.toMatchObject({code: 'NUMBER_NOT_FOUND'})
  })

  it('without an add-on, nor in a subaccount that is not at work', async () => {
    await expect(readNumber(world.context, 'job-prod')).rejects.toMatchObject({code: 'ADDON_NOT_FOUND'})
    await ensureAccountStatus(world.main, accountSid, 'suspended')
    await expect(read()).rejects.toMatchObject({code: 'SUBACCOUNT_NOT_ACTIVE'})
  })
})
