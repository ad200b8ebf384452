import {beforeEach, describe, expect, it} from '@jest/globals'

import type {RegistrationRecord} from '../../../src/lib/addon/record.js'
import {readSteps, registrationName, stepNames, stepWords} from '../../../src/lib/registration/steps.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'
import {APP, buyIn} from '../../support/in-process-addon.js'
import {putReviewed, type Reviewed, sidAt} from '../../support/in-process-registration.js'

const local = '+18015550100'
const tollFree = {sid: sidAt('PN', 2), e164: '+18005550100'}
const foreign = {sid: sidAt('PN', 3), e164: '+447400123456'}

describe('the steps of a registration', () => {
  it('are those of the number’s kind, in the order in which one needs the other', () => {
    expect(stepNames(local)).toEqual(['customer-profile', 'a2p-profile', 'brand', 'messaging-service', 'campaign'])
    expect(stepNames(tollFree.e164)).toEqual(['toll-free-verification'])
    expect(stepNames(foreign.e164)).toEqual([])
  })

  it('have a word each', () => {
    for (const name of [...stepNames(local), ...stepNames(tollFree.e164)])
      expect(stepWords[name].toLowerCase().replaceAll(' ', '-')).toBe(name)
  })
})

it('the name by which the parts are found again tells the app-space, within Twilio’s 64 characters', () => {
  expect(registrationName(APP)).toBe('aka-twilio api-default')
  expect(registrationName(`api-${'x'.repeat(80)}`)).toHaveLength(64)
})

describe('what there is of a registration', () => {
  let world: InProcess
  let account: TwilioAccount
  beforeEach(async () => {
    world = await startInProcess()
    account = await world.newSubaccount()
  })
  const put = (parts: Reviewed) => putReviewed(world, account.sid, parts)
  /** What was chosen of each kind, by the end of its SID. */
  const chosen = async (registration: RegistrationRecord = {}) => {
    const steps = await readSteps(account, {sid: sidAt('PN', 1), e164: local}, {appSpace: APP, registration})
    return [steps['customer-profile'], steps['a2p-profile'], steps.brand].map(
      (each) => each && Number(each.sid.slice(2)),
    )
  }

  it('of a number that needs none is nothing, and nobody is asked', async () => {
    const before = world.sandbox.requests.length
    expect(await readSteps(account, foreign, {appSpace: APP})).toEqual({})
    expect(world.sandbox.requests.length).toBe(before)
  })

  it('of a toll-free number is its verification, and nothing else is asked for', async () => {
    expect(await readSteps(account, tollFree, {appSpace: APP})).toEqual({})
    await put({profiles: [['approved']], verification: {numberSid: tollFree.sid, is: 'rejected'}})
    const before = world.sandbox.requests.length
    const steps = await readSteps(account, tollFree, {appSpace: APP})
    expect(Object.keys(steps)).toEqual(['toll-free-verification'])
    expect(steps).toMatchObject({'toll-free-verification': {state: 'rejected', reasons: [{code: 30475}]}})
    expect(world.sandbox.requests.length).toBe(before + 1)
  })

  it('has no key for what was not begun', async () => {
    expect(Object.keys(await readSteps(account, {sid: sidAt('PN', 1), e164: local}, {appSpace: APP}))).toEqual([])
  })

  it('has a messaging service as soon as the number is in one, and its campaign once there is one', async () => {
    const number = await buyIn(world, account.sid)
    await put({campaign: {numberSid: number.sid}})
    const service = {'messaging-service': {sid: sidAt('MG', 1), state: 'approved'}}
    expect(await readSteps(account, number, {appSpace: APP})).toEqual(service)
    await put({campaign: {numberSid: number.sid, is: 'in-review'}})
    expect(await readSteps(account, number, {appSpace: APP})).toMatchObject({
      ...service,
      campaign: {state: 'in-review', mock: false},
    })
    expect((await readSteps(account, {...number, sid: sidAt('PN', 9)}, {appSpace: APP})).campaign).toBeUndefined()
  })

  const ours = registrationName(APP)
  const others = registrationName('web-default')
  // The last is the newest, which Twilio lists first.
  it.each<[string, Required<Reviewed>['profiles'], number]>([
    ['the one that this tool made', [['in-review', ours], ['approved']], 1],
    [
      'of several of its own the approved one',
      [
        ['approved', ours],
        ['rejected', ours],
      ],
      1,
    ],
    ['without one of its own an approved one', [['approved'], ['draft', others]], 1],
    ['without an approved one the newest', [['draft'], ['in-review']], 2],
  ])('has of several profiles %s', async (_, profiles, expected) => {
    await put({profiles, a2pProfiles: profiles})
    expect(await chosen()).toEqual([expected, expected + 100, undefined])
  })

  it.each<[string, Required<Reviewed>['brands'], number]>([
    [
      'that of the profile',
      [
        ['in-review', 2],
        ['approved', 1],
      ],
      1,
    ],
    ['any, where the profile has none', [['approved', 1]], 1],
    [
      'the approved one',
      [
        ['approved', 2],
        ['in-review', 2],
      ],
      1,
    ],
    [
      'an approved one that is no mock',
      [
        ['approved', 2],
        ['approved', 2, 'mock'],
      ],
      1,
    ],
    [
      'rather an approved mock than one in review',
      [
        ['approved', 2, 'mock'],
        ['in-review', 2],
      ],
      1,
    ],
    [
      'rather one in review than one that was rejected',
      [
        ['in-review', 2],
        ['rejected', 2],
      ],
      1,
    ],
    [
      'the newest that was rejected, where there is no other',
      [
        ['rejected', 2],
        ['rejected', 2],
      ],
      2,
    ],
  ])('has of several brands %s', async (_, brands, expected) => {
    await put({profiles: [['approved'], ['approved', ours]], brands})
    expect((await chosen())[2]).toBe(expected)
  })

  it('has of several what the registration goes on with, whatever became of it, and another one where that is gone', async () => {
    const profiles = [['rejected'], ['approved', ours]] as const
    await put({
      profiles,
      a2pProfiles: profiles,
      brands: [
        ['rejected', 1],
        ['approved', 1, 'mock'],
      ],
    })
    const recorded = {profile: sidAt('BU', 1), a2pProfile: sidAt('BU', 101), brand: sidAt('BN', 1)}
    expect(await chosen(recorded)).toEqual([1, 101, 1])
    expect(await chosen({profile: sidAt('BU', 9), a2pProfile: sidAt('BU', 9), brand: sidAt('BN', 9)})).toEqual([
      2, 102, 2,
    ])
  })
})
