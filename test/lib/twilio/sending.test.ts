import {beforeEach, describe, expect, it} from '@jest/globals'

import {interrupted} from '../../../src/lib/errors.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {findServiceOf, isIn, readCampaign, readSending} from '../../../src/lib/twilio/sending.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'
import {buyIn} from '../../support/in-process-addon.js'
import {putReviewed, type Reviewed, sidAt} from '../../support/in-process-registration.js'

let world: InProcess
let account: TwilioAccount
let number: {readonly sid: string; readonly e164: string}
beforeEach(async () => {
  world = await startInProcess()
  account = await world.newSubaccount()
  number = await buyIn(world, account.sid)
})
const put = (parts: Reviewed) => putReviewed(world, account.sid, parts)
const refuse = (path: string, status: number) =>
  world.sandbox.faults.add({path, when: 'before', times: 99, do: {status, body: '{"code": 20001}'}})

describe('whether US carriers deliver the SMS of a local number', () => {
  const sending = (isBegun?: boolean) => readSending(() => account, {...number, ...(isBegun && {isBegun})})

  it.each([
    ['in-review', 'in-review'],
    ['approved', 'verified'],
    ['rejected', 'rejected'],
  ] as const)('follows from its campaign: %s is %s', async (is, state) => {
    await put({campaign: {numberSid: number.sid, is}})
    const {since, reasons} = await sending()
    expect(await sending()).toMatchObject({state})
    expect(since).toMatch(/^2026-03-10T/)
    expect(reasons.map(({code}) => code)).toEqual(is === 'rejected' ? [30893] : [])
  })

  it('is no where it is in no messaging service, or in one without a campaign, or with one that registers nothing', async () => {
    const no = {state: 'not-registered', since: null, reasons: []}
    expect(await sending()).toEqual(no)
    await put({campaign: {numberSid: number.sid}})
    expect(await sending()).toEqual(no)
    await put({campaign: {numberSid: number.sid, is: 'approved', mock: true}})
    expect(await sending()).toEqual(no)
  })

  it.each<[string, Reviewed, string]>([
    ['the profile, where that is not approved', {profiles: [['in-review']], a2pProfiles: [['rejected']]}, 'in-review'],
    ['the A2P profile, once the profile is', {profiles: [['approved']], a2pProfiles: [['rejected']]}, 'rejected'],
    [
      'the brand, once both are',
      {profiles: [['approved']], a2pProfiles: [['approved']], brands: [['in-review', 1]]},
      'in-review',
    ],
    [
      'no mock brand',
      {profiles: [['approved']], a2pProfiles: [['approved']], brands: [['in-review', 1, 'mock']]},
      'not-registered',
    ],
    [
      'nothing, once all are approved',
      {profiles: [['approved']], a2pProfiles: [['approved']], brands: [['approved', 1]]},
      'not-registered',
    ],
    [
      'nothing that another one makes up for',
      {profiles: [['approved'], ['rejected']], a2pProfiles: [['in-review']]},
      'in-review',
    ],
    ['no draft', {profiles: [['draft']]}, 'not-registered'],
  ])('is, while there is no campaign, what became of %s', async (_, parts, state) => {
    await put(parts)
    expect((await sending(true)).state).toBe(state)
  })

  it('is not looked into further where nobody began to register it', async () => {
    await put({profiles: [['rejected']]})
    const before = world.sandbox.requests.length
    expect((await sending()).state).toBe('not-registered')
    expect(world.sandbox.requests.slice(before).map(({path}) => path)).toEqual(['/v1/Services'])
  })

  it('is unknown where Twilio does not say: it must not hide the rest', async () => {
    refuse('/v1/Services', 403)
    expect(await sending()).toEqual({state: 'unknown', since: null, reasons: []})
  })

  it('is not unknown because a person ended the run, nor because of a mistake', async () => {
    for (const error of [interrupted(), new TypeError('a mistake in the code')]) {
      const failing = () => {
        throw error
      }
      await expect(readSending(failing, number)).rejects.toBe(error)
    }
  })
})

describe('of other numbers', () => {
  it('a toll-free one has a verification instead', async () => {
    const tollFree = {sid: sidAt('PN', 2), e164: '+18005550100'}
    const sending = () => readSending(() => account, tollFree)
    expect((await sending()).state).toBe('not-registered')
    await put({verification: {numberSid: tollFree.sid, is: 'rejected'}})
    expect(await sending()).toMatchObject({state: 'rejected', reasons: [{code: 30475}]})
  })

  it('one outside the US needs nothing, and Twilio is not asked', async () => {
    const never = () => {
      throw new Error('asked')
    }
    expect(await readSending(never, {sid: sidAt('PN', 3), e164: '+447400123456'})).toMatchObject({state: 'not-needed'})
  })
})

describe('a messaging service', () => {
  it('is found by the number that is in it', async () => {
    await put({campaign: {numberSid: number.sid, is: 'approved'}})
    const service = sidAt('MG', 1)
    const other = await buyIn(world, account.sid)
    expect(await findServiceOf(account, number.sid)).toBe(service)
    expect(await findServiceOf(account, other.sid)).toBeUndefined()
    expect([await isIn(account, service, number.sid), await isIn(account, service, other.sid)]).toEqual([true, false])
    expect(await readCampaign(account, service)).toMatchObject({sid: sidAt('QE', 1), state: 'approved', mock: false})
  })

  it('of which Twilio does not say what is in it is not one without the number', async () => {
    refuse('PhoneNumbers', 403)
    await expect(isIn(account, sidAt('MG', 1), number.sid)).rejects.toMatchObject({outcome: 'refused'})
  })
})
