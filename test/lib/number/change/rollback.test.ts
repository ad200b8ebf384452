import {beforeEach, describe, expect, it} from '@jest/globals'

import type {NumberSource} from '../../../../src/lib/addon/record.js'
import {readConfigVars} from '../../../../src/lib/akkeris/config-vars.js'
import {rollBackChange} from '../../../../src/lib/number/change/rollback.js'
import {ensureTransferredIn, ensureWebhooks, listNumbers} from '../../../../src/lib/twilio/numbers.js'
import {APP, buyIn, numbersIn} from '../../../support/in-process-addon.js'
import {asHeld, type ChangeInProcess, startChange} from '../../../support/in-process-change.js'

const [before, during] = [{voiceUrl: 'https://example.com/before'}, {voiceUrl: 'https://example.com/now'}]

let world: ChangeInProcess
beforeEach(async () => {
  world = await startChange()
})

/** Rolls a change with this source back; `now` is what the app has by then as its number. */
async function rollBack(source: NumberSource, now?: string) {
  await world.begin(source)
  // As far as a run may have come.
  await world.write({phoneNumber: {sid: `PN${'f'.repeat(32)}`, e164: '+18015550123', transferred: false}})
  const vars = await readConfigVars(world.akkeris, APP)
  if (now !== undefined) await world.setConfigVars({TWILIO_PHONE_NUMBER: now})
  return rollBackChange(world.context, await world.lease(), {sub: world.sub.twilio, vars})
}

const bought = async () => (await buyIn(world, world.sub.account.sid)).e164
const appHas = async () => (await world.configVars()).TWILIO_PHONE_NUMBER

async function expectAsBefore() {
  const {made, old} = world
  const record = await world.record()
  expect(record).toMatchObject({state: 'ready', intent: made, phoneNumber: old})
  expect(record?.lease).toBeUndefined()
  expect((await numbersIn(world)).sub).toEqual([old.e164])
}

describe('a change of a number that is rolled back', () => {
  it('releases what it bought, gives the app its old number back, and says that there was something', async () => {
    const e164 = await bought()
    expect(await rollBack({from: 'Twilio', candidates: [e164]}, e164)).toBe(true)
    expect(await appHas()).toBe(world.old.e164)
    await expectAsBefore()
  })

  it('says that there was nothing, where there was nothing: no config var is written', async () => {
    const from = world.sandbox.requests.length
    expect(await rollBack({from: 'Twilio', candidates: ['+18015550123']})).toBe(false)
    expect(world.sandbox.requests.slice(from).filter(({method}) => method === 'PATCH')).toEqual([])
    await expectAsBefore()
  })

  it('moves a number of the main account back, with the webhooks that it had there', async () => {
    const owned = await buyIn(world, world.main.sid, before)
    await ensureTransferredIn(world.main, world.sub, owned, during)
    const source = {from: 'main account', number: asHeld(owned, true), webhooks: owned.webhooks} as const
    expect(await rollBack(source, owned.e164)).toBe(true)
    expect(await listNumbers(world.main)).toMatchObject([{sid: owned.sid, webhooks: before}])
    await expectAsBefore()
  })

  it('leaves a number that the subaccount had, with the webhooks that it had', async () => {
    const held = await buyIn(world, world.sub.account.sid, before)
    await ensureWebhooks(world.sub.twilio, held, during)
    const source = {from: 'subaccount', number: asHeld(held), webhooks: held.webhooks} as const
    expect(await rollBack(source)).toBe(true)
    expect(await listNumbers(world.sub.twilio)).toMatchObject([{sid: world.old.sid}, {sid: held.sid, webhooks: before}])
    expect(await world.record()).toMatchObject({state: 'ready', phoneNumber: world.old})
  })

  it('does not overwrite a number that somebody else gave the app meanwhile', async () => {
    const theirs = '+18015550199'
    expect(await rollBack({from: 'Twilio', candidates: [await bought()]}, theirs)).toBe(true)
    expect(await appHas()).toBe(theirs)
  })

  it('stays unfinished where it is interrupted, for another run to resume', async () => {
    const e164 = await bought()
    world.sandbox.faults.add({method: 'DELETE', when: 'before', times: Infinity, do: {status: 503}})
    await expect(rollBack({from: 'Twilio', candidates: [e164]}, e164)).rejects.toMatchObject({exitCode: 7})
    expect(await world.record()).toMatchObject({state: 'changing', intent: {operation: 'change-number'}})
    expect(await appHas()).toBe(world.old.e164)
  })
})
