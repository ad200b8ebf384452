import {beforeEach, describe, expect, it} from '@jest/globals'

import {planCreate} from '../../../../src/lib/lifecycle/create/plan.js'
import {createRequest} from '../../../../src/lib/lifecycle/create/request.js'
import type {GivenOptions} from '../../../../src/lib/number/options.js'
import {
  type AddonInProcess,
  APP,
  buyIn,
  createAddon,
  PURCHASE,
  startAddonInProcess,
} from '../../../support/in-process-addon.js'

const PATCH = {method: 'PATCH', when: 'before', times: 9} as const

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

const plan = (number: GivenOptions = {}) => {
  const asked = {appSpace: APP, plan: 'twilio:small', number, force: false, keepOnFailure: false}
  return planCreate(world.context, createRequest(asked, 'US'))
}

/** The changes that are planned, and those that are then made, each in an order of its own: some are sent together. */
async function plannedAndMade(number: GivenOptions = {}) {
  const before = await world.state()
  const {phoneNumber, state, calls} = await plan(number)
  const {counter, ...after} = await world.state()
  expect({...after, counter: before.counter}).toEqual(before)

  const from = world.sandbox.requests.length
  const {vars} = await createAddon(world, number)
  // What is refused changes nothing: the first item while there is no Map for it, one that is there already.
  const sent = world.sandbox.requests.slice(from).filter(({method, status = 0}) => method !== 'GET' && status < 400)
  const line = ({method, url}: {readonly method: string; readonly url: string}) =>
    decodeURIComponent(`${method} ${url.replace(vars.TWILIO_SID, '{subaccount}')}`)
  return {
    state,
    phoneNumber,
    bought: vars.TWILIO_PHONE_NUMBER,
    planned: calls.map((call) => line({...call, url: call.url.replace(vars.TWILIO_SID, '{subaccount}')})).sort(),
    made: sent.map(line).sort(),
  }
}

const ownNumber = async () => (await buyIn(world, world.main.sid)).e164

describe('a plan names exactly the changes that are then made, and the number', () => {
  it('of the first add-on of a main account', async () => {
    const {state, phoneNumber, bought, planned, made} = await plannedAndMade()
    expect(planned).toEqual(made)
    expect([state, phoneNumber]).toEqual(['new', bought])
  })

  it('of one whose number the main account has', async () => {
    const owned = await ownNumber()
    const {phoneNumber, planned, made} = await plannedAndMade({phoneNumber: owned})
    expect(planned).toEqual(made)
    expect(phoneNumber).toBe(owned)
  })

  it('of one that was interrupted when its subaccount was there', async () => {
    world.sandbox.faults.add({...PURCHASE, when: 'before', times: 9, do: {status: 503}})
    await expect(createAddon(world)).rejects.toMatchObject({exitCode: 7})
    world.sandbox.faults.clear()
    await world.transport.sleep(90_000)
    const {state, phoneNumber, bought, planned, made} = await plannedAndMade()
    expect(planned).toEqual(made)
    expect([state, phoneNumber]).toEqual(['incomplete', bought])
  })

  it('of one that was interrupted when its number was there, which is not bought again', async () => {
    world.sandbox.faults.add({...PATCH, do: {status: 503}})
    await expect(createAddon(world)).rejects.toMatchObject({exitCode: 7})
    world.sandbox.faults.clear()
    await world.transport.sleep(90_000)
    const {phoneNumber, bought, planned, made} = await plannedAndMade()
    expect(phoneNumber).toBe(bought)
    expect(planned).toEqual(made)
  })

  it('of one that is ready: none; or the one that restores its config vars', async () => {
    await createAddon(world)
    expect(await plan()).toMatchObject({state: 'ready', calls: []})
    await world.sandbox.change(({apps}) => void Reflect.deleteProperty(apps[APP]?.configVars ?? {}, 'TWILIO_SID'))
    expect((await plan()).calls).toEqual([{method: 'PATCH', url: `${world.akkeris.baseUrl}/apps/${APP}/config-vars`}])
  })
})

it('webhooks are named as Twilio calls them, also where a number is moved', async () => {
  const asked = {voiceUrl: 'https://example.com/voice', statusCallback: 'https://example.com/status'}
  const form = {VoiceUrl: asked.voiceUrl, StatusCallback: asked.statusCallback}
  for (const more of [{}, {phoneNumber: await ownNumber()}]) {
    const {calls} = await plan({...asked, ...more})
    expect(calls).toContainEqual(expect.objectContaining({form: expect.objectContaining(form) as unknown}))
  }
})

describe('a plan is refused as the creation would be', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['the add-on is destroyed', () => world.write({state: 'destroying'}), 'DESTROY_UNFINISHED'],
    ['it has another plan', () => world.write({plan: 'large'}), 'PLAN_MISMATCH'],
    ['it is one of another Akkeris', () => world.write({host: 'other.example.com'}), 'HOST_MISMATCH'],
    [
      'the config vars are somebody else’s',
      () => world.setConfigVars({TWILIO_SID: `AC${'9'.repeat(32)}`}),
      'FOREIGN_CONFIG_VARS',
    ],
    [
      'the main account is a trial account',
      () => world.sandbox.change(({accounts}) => accounts.forEach((account) => (account.type = 'Trial'))),
      'TRIAL_ACCOUNT',
    ],
    [
      'Twilio has no such number',
      async () =>
        world.sandbox.faults.add({
          path: 'AvailablePhoneNumbers',
          when: 'before',
          times: 9,
          do: {status: 200, body: '{"available_phone_numbers": [], "uri": "/x"}'},
        }),
      'NO_NUMBERS_AVAILABLE',
    ],
  ])('where %s', async (_, happens, code) => {
    await happens()
    await expect(plan()).rejects.toMatchObject({code})
  })
})
