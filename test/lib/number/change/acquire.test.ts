import {beforeEach, describe, expect, it} from '@jest/globals'

import type {ChangeNumberIntent, HeldNumber, NumberSource} from '../../../../src/lib/addon/record.js'
import {acquireNew, numbersOfChange} from '../../../../src/lib/number/change/acquire.js'
import {listNumbers} from '../../../../src/lib/twilio/numbers.js'
import {buyIn, numbersIn, PURCHASE, taken} from '../../../support/in-process-addon.js'
import {asHeld, type ChangeInProcess, startChange} from '../../../support/in-process-change.js'

const voiceUrl = 'https://example.com/voice'

let world: ChangeInProcess
beforeEach(async () => {
  world = await startChange({voiceUrl, areaCode: '801'})
})

/** Gets the new number of a change from this source, where an earlier run may have stopped. */
async function acquire(source: NumberSource, {isInUse = false, ...changes}: Acquiring = {}) {
  await world.begin(source, changes)
  const {sub, context} = world
  const lease = await world.lease()
  const before = await listNumbers(sub.twilio)
  return acquireNew(context, {lease, sub, before, isInUse, isResumed: false, created: {bought: []}})
}

interface Acquiring extends Partial<ChangeNumberIntent> {
  readonly isInUse?: boolean
}

const buyHere = async (settings = {}) => asHeld(await buyIn(world, world.sub.account.sid, settings))

const called = async (sid: string) => {
  const number = (await world.state()).incomingNumbers.find((each) => each.sid === sid)
  return {voice: number?.settings.voice_url || undefined, sms: number?.settings.sms_url || undefined}
}

describe('the new number of a change', () => {
  it('that is bought calls what the old one calls', async () => {
    const {sid, e164} = await acquire({from: 'Twilio', candidates: ['+18015550123']})
    expect(e164).toBe('+18015550123')
    expect(await called(sid)).toMatchObject({voice: voiceUrl})
  })

  it('that an earlier run bought is not bought again', async () => {
    const bought = await buyHere()
    expect(await acquire({from: 'Twilio', candidates: ['+18015550123', bought.e164]})).toEqual(bought)
    expect((await numbersIn(world)).sub).toEqual([world.old.e164, bought.e164])
  })

  it('is another where somebody else was faster, and that one is written down before it is bought', async () => {
    const source = {from: 'Twilio', candidates: ['+18015550123']} as const
    world.sandbox.faults.add({...PURCHASE, when: 'before', do: taken})
    // Only what is written down is known to be of this change: a run that stops here must have said it.
    let written: NumberSource | undefined
    world.sandbox.faults.add({
      ...PURCHASE,
      nth: 2,
      when: 'before',
      do: {call: async () => void (written = await sourceNow())},
    })
    const {e164} = await acquire(source)
    expect(e164).not.toBe('+18015550123')
    expect(written).toMatchObject({candidates: expect.arrayContaining(['+18015550123', e164]) as unknown})
  })

  it('is no other, where just that one was asked for', async () => {
    world.sandbox.faults.add({...PURCHASE, when: 'before', times: 9, do: taken})
    const phoneNumber = '+18015550123'
    await expect(acquire({from: 'Twilio', candidates: [phoneNumber]}, {phoneNumber})).rejects.toMatchObject({
      code: 'NUMBER_TAKEN',
    })
  })

  it('that comes from the main account calls what the old one calls, and nothing that it called there', async () => {
    const smsUrl = 'https://example.com/elsewhere'
    const owned = asHeld(await buyIn(world, world.main.sid, {smsUrl}), true)
    const source = {from: 'main account', number: owned, webhooks: {smsUrl}} as const
    expect(await acquire(source)).toEqual(owned)
    expect((await numbersIn(world)).main).toEqual([])
    expect(await called(owned.sid)).toEqual({voice: voiceUrl})
  })

  it('that the subaccount has calls it from now on, unless the app has it already, which may have changed that', async () => {
    const held = await buyHere()
    const source = {from: 'subaccount', number: held, webhooks: {}} as const
    expect(await acquire(source, {isInUse: true})).toEqual(held)
    expect((await called(held.sid)).voice).toBeUndefined()
    await world.transport.sleep(90_000)
    expect(await acquire(source)).toEqual(held)
    expect((await called(held.sid)).voice).toBe(voiceUrl)
  })

  it.each(['main account', 'subaccount'] as const)('is refused where it is no longer in the %s', async (from) => {
    const number = {sid: `PN${'f'.repeat(32)}`, e164: '+18015550123', transferred: false}
    await expect(acquire({from, number, webhooks: {}})).rejects.toMatchObject({code: 'NUMBER_GONE', exitCode: 1})
  })
})

async function sourceNow(): Promise<NumberSource | undefined> {
  const {intent} = (await world.record()) ?? {}
  return intent?.operation === 'change-number' ? intent.source : undefined
}

it('numbers are there for a change as far as it says so, never the old one; the one that the app is to have is first', async () => {
  const [one, two] = [await buyHere(), await buyHere()]
  const {old} = world
  const held = await listNumbers(world.main, {of: world.sub.account.sid})
  const of = (source: NumberSource, number?: HeldNumber) =>
    numbersOfChange({source, old, ...(number && {number})} as ChangeNumberIntent, held).map(({e164}) => e164)
  const bought = {from: 'Twilio', candidates: [old.e164, one.e164, two.e164]} as const
  expect(of(bought)).toEqual([one.e164, two.e164])
  expect(of(bought, two)).toEqual([two.e164, one.e164])
  expect(of({from: 'Twilio', candidates: [two.e164]})).toEqual([two.e164])
  expect(of({from: 'subaccount', number: one, webhooks: {}})).toEqual([one.e164])
})
