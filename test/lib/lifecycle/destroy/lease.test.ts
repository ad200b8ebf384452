import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonRecord, ChangeNumberIntent} from '../../../../src/lib/addon/record.js'
import {subaccountName} from '../../../../src/lib/addon/record.js'
import {acquireDestroyLease} from '../../../../src/lib/lifecycle/destroy/lease.js'
import {
  type AddonInProcess,
  addonRecord,
  APP,
  contextOfApiKey,
  startAddonInProcess,
} from '../../../support/in-process-addon.js'

const old = {sid: `PN${'1'.repeat(32)}`, e164: '+18015550101', transferred: false}

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

const acquire = (keepNumber = false, context = world.context) =>
  acquireDestroyLease(context, {appSpace: APP, keepNumber})
const write = (changes: Partial<AddonRecord> = {}) => world.write({...addonRecord(), ...changes})
const newOrphan = () =>
  world.newSubaccount(subaccountName({registry: 'aka-twilio', host: world.akkeris.host, appSpace: APP}))

describe('the lease of a destruction', () => {
  it.each([false, true])('says in its first write what is to be done (number kept: %s)', async (keepNumber) => {
    await write()
    expect(await acquire(keepNumber)).toMatchObject({isNew: false})
    expect(await world.record()).toMatchObject({
      state: 'destroying',
      intent: {operation: 'destroy', keepNumber},
      lease: {seconds: 60},
    })
  })

  it('keeps the number that an interrupted run was to keep', async () => {
    await write({state: 'destroying', intent: {operation: 'destroy', keepNumber: true}})
    await acquire()
    expect(await world.record()).toMatchObject({intent: {keepNumber: true}})
  })

  it('is none where there is nothing of the app-space', async () => {
    expect(await acquire()).toBeUndefined()
  })

  it('is on an item of its own for a subaccount without one, as a lost run leaves it', async () => {
    const {sid} = await newOrphan()
    await world.newSubaccount('of somebody else')
    expect(await acquire(true)).toMatchObject({isNew: true})
    expect(await world.record()).toMatchObject({state: 'destroying', accountSid: sid, intent: {keepNumber: true}})
  })

  it('is none on several such subaccounts: which to close is for a person to say', async () => {
    const both = [await newOrphan(), await newOrphan()]
    await expect(acquire()).rejects.toMatchObject({
      code: 'MULTIPLE_SUBACCOUNTS',
      exitCode: 6,
      message: expect.stringContaining(both[1]?.sid ?? ''),
    })
    expect(await world.record()).toBeUndefined()
  })
})

describe('a destruction is refused, and the record stays as it was,', () => {
  const change: ChangeNumberIntent = {
    operation: 'change-number',
    country: 'US',
    type: 'local',
    made: {operation: 'create', plan: 'small', country: 'US', type: 'local'},
    old,
    keepOld: true,
    source: {from: 'Twilio', candidates: []},
  }

  it.each<[string, Partial<AddonRecord>, string]>([
    ['where the app-space is one of another Akkeris', {host: 'other.example.com'}, 'HOST_MISMATCH'],
    ['where its SIMs are with another carrier', {simCarrier: 'kore'}, 'SIM_CARRIER_MISMATCH'],
  ])('%s', async (_, changes, code) => {
    await write(changes)
    await expect(acquire()).rejects.toMatchObject({code, exitCode: 6})
    expect(await world.record()).toMatchObject({state: 'ready'})
  })

  it.each<[string, Partial<AddonRecord>, boolean]>([
    ['that is to be kept', {}, true],
    ['that an unfinished change was to keep', {state: 'changing', intent: change}, false],
  ])('where an API key would have to move a number %s', async (_, changes, keepNumber) => {
    await write(changes)
    await expect(acquire(keepNumber, await contextOfApiKey(world))).rejects.toMatchObject({code: 'AUTH_TOKEN_REQUIRED'})
    expect(await world.record()).toMatchObject({state: changes.state ?? 'ready'})
  })

  it('where the main account is no main account, even with nothing to destroy', async () => {
    const main = await world.newSubaccount()
    await expect(acquire(false, {...world.context, main})).rejects.toMatchObject({code: 'SUBACCOUNT_CREDENTIALS'})
  })
})

it('an API key may destroy where no number is to be moved', async () => {
  await write()
  expect(await acquire(false, await contextOfApiKey(world))).toBeDefined()
})
