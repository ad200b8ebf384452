import {describe, expect, it} from '@jest/globals'

import type {ChangeNumberIntent, CreateIntent} from '../../../../src/lib/addon/record.js'
import {
  changeRequest,
  changeUnderWay,
  intentAfter,
  isAsRequested,
  requireSameChange,
  unfinishedChange,
} from '../../../../src/lib/number/change/request.js'
import type {GivenOptions} from '../../../../src/lib/number/options.js'
import {addonRecord, APP} from '../../../support/in-process-addon.js'

const old = {sid: 'PN1', e164: '+18015550100', transferred: false}
const made: CreateIntent = {
  operation: 'create',
  plan: 'small',
  country: 'US',
  type: 'local',
  areaCode: '801',
  voiceUrl: 'https://example.com/voice',
  smsUrl: 'https://example.com/sms',
}
const change: ChangeNumberIntent = {
  operation: 'change-number',
  country: 'US',
  type: 'local',
  areaCode: '212',
  made,
  old,
  keepOld: false,
  source: {from: 'Twilio', candidates: []},
}

const request = (given: GivenOptions = {}, from?: string) =>
  changeRequest(given, {appSpace: APP, keepOld: false, from}, 'US')

describe('a change of a number', () => {
  it('is refused for what cannot be, also as the number that it is to change', () => {
    expect(() => request({areaCode: '911'})).toThrow(expect.objectContaining({code: 'AREA_CODE_INVALID'}))
    expect(() => request({}, '8015550100')).toThrow(expect.objectContaining({code: 'NUMBER_INVALID', exitCode: 2}))
    expect(request({voiceUrl: ''}, old.e164)).toMatchObject({from: old.e164, options: {voiceUrl: ''}})
  })

  it('is unfinished while the record says so, and not for any other unfinished operation', () => {
    const changing = addonRecord({state: 'changing', intent: change})
    expect(unfinishedChange(changing)).toBe(change)
    expect(unfinishedChange(addonRecord({state: 'changing'}))).toBeUndefined()
    expect(unfinishedChange(addonRecord({state: 'destroying', intent: change}))).toBeUndefined()
    expect(changeUnderWay({record: changing})).toBe(change)
    expect(() => changeUnderWay({record: addonRecord()})).toThrow(/no change/)
  })
})

describe('an unfinished change', () => {
  it.each<[string, GivenOptions, string | undefined]>([
    ['without options', {}, undefined],
    ['with the same ones', {areaCode: '212'}, old.e164],
  ])('is resumed %s', (_, given, from) => {
    expect(() => requireSameChange(change, request(given, from))).not.toThrow()
  })

  it.each<[string, GivenOptions, string | undefined, string]>([
    ['another area code', {areaCode: '801'}, undefined, '--area-code was 212'],
    ['another number to be changed', {}, '+18015550199', `the old number is ${old.e164}`],
  ])('is no change with %s', (_, given, from, difference) => {
    expect(() => requireSameChange(change, request(given, from))).toThrow(
      expect.objectContaining({
        code: 'OPTIONS_MISMATCH',
        exitCode: 6,
        message: expect.stringContaining(difference) as unknown,
        suggestions: [expect.stringContaining('aka twilio:number:change -a api-default')],
      }),
    )
  })

  it('is no change to another number than the one that it has already', () => {
    const acquired = {...change, number: {...old, e164: '+12125550100'}}
    expect(() => requireSameChange(acquired, request({phoneNumber: '+12125550100'}))).not.toThrow()
    expect(() => requireSameChange(acquired, request({areaCode: '801'}))).toThrow()
  })
})

it('the number of a ready add-on is as requested or not, by the number and by what it was made with', () => {
  const record = addonRecord({intent: made, phoneNumber: old})
  expect(isAsRequested(record, request())).toBe(true)
  expect(isAsRequested(record, request({areaCode: '801'}))).toBe(true)
  expect(isAsRequested(record, request({areaCode: '212'}))).toBe(false)
  expect(isAsRequested(record, request({smsUrl: ''}))).toBe(false)
  expect(isAsRequested(addonRecord({intent: change, phoneNumber: old}), request())).toBe(false)
})

describe('once the number was changed, the add-on is as if it had been created with the new one', () => {
  it('with the webhooks that it had, where the change said nothing of them', () => {
    const {areaCode, ...rest} = made
    expect(intentAfter({...change, smsUrl: 'https://example.com/other'})).toEqual({
      ...rest,
      areaCode: '212',
      smsUrl: 'https://example.com/other',
    })
  })

  it('without a webhook that the change removed, nor a choice that was only the first number’s', () => {
    const intent = intentAfter({...change, voiceUrl: '', made: {...made, contains: '555', force: true}})
    expect(intent).not.toHaveProperty('voiceUrl')
    expect(intent).not.toHaveProperty('contains')
    expect(intent).toMatchObject({operation: 'create', plan: 'small', force: true})
  })
})
