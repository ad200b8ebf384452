import {beforeEach, describe, expect, it} from '@jest/globals'

import type {ChangeNumberIntent, HeldNumber, NumberSource} from '../../../../src/lib/addon/record.js'
import {acquireNew, numbersOfChange} from '../../../../src/lib/number/change/acquire.js'
import {fetchAccount} from '../../../../src/lib/twilio/accounts.js'
import {listNumbers} from '../../../../src/lib/twilio/numbers.js'
import {openSubaccount} from '../../../../src/lib/twilio/subaccount.js'
import {type AddonInProcess, numbersIn, startReadyAddon} from '../../../support/in-process-addon.js'

const voiceUrl = 'https://example.com/voice'
const PURCHASE = {method: 'POST', path: String.raw`/IncomingPhoneNumbers\.json$`} as const
const taken = {status: 400, body: '{"code": 21422, "message": "PhoneNumber is not available"}'}

let world: AddonInProcess
let old: HeldNumber
let accountSid: string
beforeEach(async () => {
  world = await startReadyAddon({voiceUrl, areaCode: '801'})
  const record = await world.record()
  if (!record?.phoneNumber || record.accountSid === undefined) throw new Error('the add-on is not ready')
  ;[old, accountSid] = [record.phoneNumber, record.accountSid]
})

/** Gets the new number of a change from this source, where an earlier run may have stopped. */
async function acquire(
  source: NumberSource,
  {isInUse = false, phoneNumber}: {isInUse?: boolean; phoneNumber?: string} = {},
) {
  const made = {operation: 'create', plan: 'small', country: 'US', type: 'local', voiceUrl} as const
  const intent: ChangeNumberIntent = {
    operation: 'change-number',
    country: 'US',
    type: 'local',
    ...(phoneNumber !== undefined && {phoneNumber}),
    made,
    old,
    keepOld: false,
    source,
  }
  await world.write({state: 'changing', intent})
  const sub = openSubaccount(world.main, await fetchAccount(world.main, accountSid))
  const before = await listNumbers(sub.twilio)
  const lease = await world.lease()
  const created = {bought: []}
  return acquireNew(world.context, {lease, sub, before, isInUse, isResumed: false, created})
}

async function buyIn(sid: string, more: Record<string, string> = {}): Promise<HeldNumber> {
  const {incomingPhoneNumbers} = (await world.main.api()).v2010.accounts(sid)
  // One after the other, so that the older one comes first.
  await world.transport.sleep(1000)
  const {sid: number, phoneNumber} = await incomingPhoneNumbers.create({areaCode: '801', ...more})
  return {sid: number, e164: phoneNumber, transferred: sid === world.main.sid}
}

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
    const bought = await buyIn(accountSid)
    expect(await acquire({from: 'Twilio', candidates: ['+18015550123', bought.e164]})).toEqual(bought)
    expect((await numbersIn(world)).sub).toEqual([old.e164, bought.e164])
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
    const owned = await buyIn(world.main.sid, {smsUrl})
    const source = {from: 'main account', number: owned, webhooks: {smsUrl}} as const
    expect(await acquire(source)).toEqual(owned)
    expect((await numbersIn(world)).main).toEqual([])
    expect(await called(owned.sid)).toEqual({voice: voiceUrl})
  })

  it('that the subaccount has calls it from now on, unless the app has it already, which may have changed that', async () => {
    const held = await buyIn(accountSid)
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
  const [one, two] = [await buyIn(accountSid), await buyIn(accountSid)]
  const held = await listNumbers(world.main, {of: accountSid})
  const of = (source: NumberSource, number?: HeldNumber) =>
    numbersOfChange({source, old, ...(number && {number})} as ChangeNumberIntent, held).map(({e164}) => e164)
  const bought = {from: 'Twilio', candidates: [old.e164, one.e164, two.e164]} as const
  expect(of(bought)).toEqual([one.e164, two.e164])
  expect(of(bought, two)).toEqual([two.e164, one.e164])
  expect(of({from: 'Twilio', candidates: [two.e164]})).toEqual([two.e164])
  expect(of({from: 'subaccount', number: one, webhooks: {}})).toEqual([one.e164])
})
