import {beforeEach, describe, expect, it} from '@jest/globals'

import type {HeldNumber} from '../../../../src/lib/addon/record.js'
import {planChange} from '../../../../src/lib/number/change/plan.js'
import {changeRequest} from '../../../../src/lib/number/change/request.js'
import type {GivenOptions} from '../../../../src/lib/number/options.js'
import {ensureAccountStatus} from '../../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../../support/in-process-addon.js'

const voiceUrl = 'https://example.com/voice'

let world: AddonInProcess
let old: HeldNumber
let accountSid: string
beforeEach(async () => {
  world = await startReadyAddon({voiceUrl})
  const record = await world.record()
  if (!record?.phoneNumber || record.accountSid === undefined) throw new Error('the add-on is not ready')
  ;[old, accountSid] = [record.phoneNumber, record.accountSid]
})

const plan = (given: GivenOptions = {}, {keepOld = false, from}: {keepOld?: boolean; from?: string | undefined} = {}) =>
  planChange(world.context, changeRequest(given, {appSpace: APP, keepOld, from}, 'US'))

async function buyIn(sid: string): Promise<HeldNumber> {
  const {incomingPhoneNumbers} = (await world.main.api()).v2010.accounts(sid)
  const {sid: number, phoneNumber} = await incomingPhoneNumbers.create({areaCode: '801'})
  return {sid: number, e164: phoneNumber, transferred: sid === world.main.sid}
}

/** As a run left it that was interrupted when it had just begun. */
async function leaveUnfinished(): Promise<void> {
  const made = (await world.record())?.intent
  if (made?.operation !== 'create') throw new Error('the add-on is not ready')
  const source = {from: 'Twilio', candidates: ['+12125550100']} as const
  const intent = {country: 'US', type: 'local', areaCode: '212', smsUrl: 'https://example.com/sms'} as const
  await world.write({
    state: 'changing',
    intent: {...intent, operation: 'change-number', made, old, keepOld: true, source},
  })
}

describe('what a change of a number would do', () => {
  it('is to buy another, which calls what the old one calls; nothing is changed by finding out', async () => {
    const before = await world.state()
    const found = await plan({areaCode: '801'})
    expect(found).toMatchObject({
      state: 'ready',
      old,
      oldIsThere: true,
      source: {from: 'Twilio'},
      webhooks: {voiceUrl},
      next: expect.stringMatching(/^\+1801/) as unknown,
    })
    expect(found).not.toMatchObject({next: old.e164})
    const {counter, ...after} = await world.state()
    expect({...after, counter: before.counter}).toEqual(before)
  })

  it('is to call something else, as far as that was asked for', async () => {
    const smsUrl = 'https://example.com/sms'
    expect(await plan({smsUrl, voiceUrl: ''})).toMatchObject({webhooks: {smsUrl}})
    expect(await plan({smsUrl, voiceUrl: ''})).not.toHaveProperty('webhooks.voiceUrl')
  })

  it('is to take a number that is there already, from the subaccount or from the main account', async () => {
    const [held, owned] = [await buyIn(accountSid), await buyIn(world.main.sid)]
    expect(await plan({phoneNumber: held.e164})).toMatchObject({source: {from: 'subaccount', number: held}})
    expect(await plan({phoneNumber: owned.e164})).toMatchObject({
      source: {from: 'main account', number: owned},
      next: owned.e164,
    })
  })

  it('is nothing, where the add-on has that number', async () => {
    expect(await plan({phoneNumber: old.e164})).toMatchObject({state: 'already'})
  })

  it('is nothing, where another run changed the number in the same way; in another way is a conflict', async () => {
    const from = '+18015550199'
    expect(await plan({voiceUrl}, {from})).toMatchObject({state: 'already'})
    await expect(plan({voiceUrl: 'https://example.com/other'}, {from})).rejects.toMatchObject({
      code: 'NUMBER_CHANGED_BY_ANOTHER_RUN',
      exitCode: 6,
    })
  })

  it('is to go on with a change that is unfinished, as it was begun', async () => {
    await leaveUnfinished()
    expect(await plan()).toMatchObject({
      state: 'unfinished',
      old,
      keepOld: true,
      next: '+12125550100',
      webhooks: {voiceUrl, smsUrl: 'https://example.com/sms'},
      options: {areaCode: '212'},
    })
    await expect(plan({areaCode: '801'})).rejects.toMatchObject({code: 'OPTIONS_MISMATCH'})
  })

  it('is to let go of an old number that Twilio kept at an earlier change', async () => {
    const held = await buyIn(accountSid)
    await world.write({unreleased: [held]})
    expect(await plan({}, {from: held.e164})).toMatchObject({state: 'unreleased', old: held, next: old.e164})
    expect(await plan({}, {from: old.e164})).toMatchObject({state: 'ready', old})
  })
})

describe('a change is refused before anything is bought', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['there is no add-on', async () => (await world.lease()).remove(), 'ADDON_NOT_FOUND'],
    ['another operation is unfinished', () => world.write({state: 'destroying'}), 'ADDON_UNFINISHED'],
    ['the app-space is one of another Akkeris', () => world.write({host: 'other.example.com'}), 'HOST_MISMATCH'],
    [
      'the subaccount is suspended',
      () => ensureAccountStatus(world.main, accountSid, 'suspended'),
      'SUBACCOUNT_NOT_ACTIVE',
    ],
    [
      'the config vars are somebody else’s',
      () => world.setConfigVars({TWILIO_SID: `AC${'9'.repeat(32)}`}),
      'FOREIGN_CONFIG_VARS',
    ],
    ['the registry knows of no number', () => world.write({phoneNumber: undefined} as never), 'NUMBER_NOT_RECORDED'],
  ])('where %s', async (_, happens, code) => {
    await happens()
    await expect(plan()).rejects.toMatchObject({code})
  })

  it('where the only number like that is the one that there is', async () => {
    const body = JSON.stringify({
      available_phone_numbers: [
        {phone_number: old.e164, friendly_name: 'x', iso_country: 'US', capabilities: {voice: true, SMS: true}},
      ],
      uri: '/x',
    })
    world.sandbox.faults.add({path: 'AvailablePhoneNumbers', when: 'before', times: 9, do: {status: 200, body}})
    await expect(plan()).rejects.toMatchObject({
      code: 'NO_NUMBERS_AVAILABLE',
      message: expect.stringContaining('no other number'),
    })
  })

  it('where an API key is to move the old number, which Twilio does not let it', async () => {
    const {apiKey} = await world.sandbox.credentials()
    const main = world.main.as({accountSid: world.main.sid, username: apiKey.sid, password: apiKey.secret})
    const request = changeRequest({}, {appSpace: APP, keepOld: true, from: undefined}, 'US')
    await expect(planChange({...world.context, main}, request)).rejects.toMatchObject({code: 'AUTH_TOKEN_REQUIRED'})
  })
})
