import {beforeEach, describe, expect, it} from '@jest/globals'

import {planChange} from '../../../../src/lib/number/change/plan.js'
import {changeRequest} from '../../../../src/lib/number/change/request.js'
import type {GivenOptions} from '../../../../src/lib/number/options.js'
import {ensureAccountStatus} from '../../../../src/lib/twilio/accounts.js'
import {APP, buyIn, contextOfApiKey} from '../../../support/in-process-addon.js'
import {asHeld, type ChangeInProcess, startChange} from '../../../support/in-process-change.js'

const voiceUrl = 'https://example.com/voice'

let world: ChangeInProcess
beforeEach(async () => {
  world = await startChange({voiceUrl})
})

const plan = (given: GivenOptions = {}, {keepOld = false, from}: {keepOld?: boolean; from?: string | undefined} = {}) =>
  planChange(world.context, changeRequest(given, {appSpace: APP, keepOld, from}, 'US'))

/** As a run left it that was interrupted when it had just begun. */
function leaveUnfinished(): Promise<void> {
  const asked = {areaCode: '212', smsUrl: 'https://example.com/sms', keepOld: true}
  return world.begin({from: 'Twilio', candidates: ['+12125550100']}, asked)
}

describe('what a change of a number would do', () => {
  it('is to buy another, which calls what the old one calls; nothing is changed by finding out', async () => {
    const before = await world.state()
    const found = await plan({areaCode: '801'})
    expect(found).toMatchObject({
      state: 'ready',
      old: world.old,
      oldIsThere: true,
      source: {from: 'Twilio'},
      webhooks: {voiceUrl},
      next: expect.stringMatching(/^\+1801/) as unknown,
    })
    expect(found).not.toMatchObject({next: world.old.e164})
    const {counter, ...after} = await world.state()
    expect({...after, counter: before.counter}).toEqual(before)
  })

  it('is to call something else, as far as that was asked for', async () => {
    const smsUrl = 'https://example.com/sms'
    expect(await plan({smsUrl, voiceUrl: ''})).toMatchObject({webhooks: {smsUrl}})
    expect(await plan({smsUrl, voiceUrl: ''})).not.toHaveProperty('webhooks.voiceUrl')
  })

  it('is to take a number that is there already, from the subaccount or from the main account', async () => {
    const [held, owned] = [
      asHeld(await buyIn(world, world.sub.account.sid)),
      asHeld(await buyIn(world, world.main.sid), true),
    ]
    expect(await plan({phoneNumber: held.e164})).toMatchObject({source: {from: 'subaccount', number: held}})
    expect(await plan({phoneNumber: owned.e164})).toMatchObject({
      source: {from: 'main account', number: owned},
      next: owned.e164,
    })
  })

  it('is nothing, where the add-on has that number', async () => {
    expect(await plan({phoneNumber: world.old.e164})).toMatchObject({state: 'already'})
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
      old: world.old,
      keepOld: true,
      next: '+12125550100',
      webhooks: {voiceUrl, smsUrl: 'https://example.com/sms'},
      options: {areaCode: '212'},
    })
    await expect(plan({areaCode: '801'})).rejects.toMatchObject({code: 'OPTIONS_MISMATCH'})
  })

  it('releases an old number that Twilio refused to release at an earlier change', async () => {
    const held = asHeld(await buyIn(world, world.sub.account.sid))
    await world.write({unreleased: [held]})
    expect(await plan({}, {from: held.e164})).toMatchObject({state: 'unreleased', old: held, next: world.old.e164})
    expect(await plan({}, {from: world.old.e164})).toMatchObject({state: 'ready', old: world.old})
  })
})

describe('a change is refused before anything is bought', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['there is no add-on', async () => (await world.lease()).remove(), 'ADDON_NOT_FOUND'],
    ['another operation is unfinished', () => world.write({state: 'destroying'}), 'ADDON_UNFINISHED'],
    ['the app-space is one of another Akkeris', () => world.write({host: 'other.example.com'}), 'HOST_MISMATCH'],
    [
      'the subaccount is suspended',
      () => ensureAccountStatus(world.main, world.sub.account.sid, 'suspended'),
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
        {phone_number: world.old.e164, friendly_name: 'x', iso_country: 'US', capabilities: {voice: true, SMS: true}},
      ],
      uri: '/x',
    })
    world.sandbox.faults.add({path: 'AvailablePhoneNumbers', when: 'before', times: 9, do: {status: 200, body}})
    await expect(plan()).rejects.toMatchObject({
      code: 'NO_NUMBERS_AVAILABLE',
      message: expect.stringContaining('other than the current one'),
    })
  })

  it('where an API key is to move the old number, which Twilio does not let it', async () => {
    const request = changeRequest({}, {appSpace: APP, keepOld: true, from: undefined}, 'US')
    await expect(planChange(await contextOfApiKey(world), request)).rejects.toMatchObject({code: 'AUTH_TOKEN_REQUIRED'})
  })
})
