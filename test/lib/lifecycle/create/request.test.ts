import {describe, expect, it} from '@jest/globals'

import type {AddonRecord, CreateIntent} from '../../../../src/lib/addon/record.js'
import {createRequest, requireCreatable, requireSameRequest} from '../../../../src/lib/lifecycle/create/request.js'
import type {GivenOptions} from '../../../../src/lib/number/options.js'
import {addonRecord, APP} from '../../../support/in-process-addon.js'

const request = (number: GivenOptions = {}, more: {plan?: string; force?: boolean} = {}) =>
  createRequest({appSpace: APP, plan: 'twilio:small', number, force: false, keepOnFailure: false, ...more}, 'US')

const intent: CreateIntent = {operation: 'create', plan: 'small', country: 'US', type: 'local', areaCode: '801'}
const record = (changes: Partial<AddonRecord> = {}) => addonRecord({intent, ...changes})

describe('what is asked for', () => {
  it('is an intent that any run can resume, and which of its options a person gave', () => {
    const {intent: asked, explicit} = request({areaCode: '801'}, {plan: 'twilio:large', force: true})
    expect(asked).toEqual({
      operation: 'create',
      plan: 'large',
      force: true,
      country: 'US',
      type: 'local',
      areaCode: '801',
    })
    expect([...explicit]).toEqual(['areaCode'])
    expect(request().intent).not.toHaveProperty('force')
  })

  it('is refused where it cannot be', () => {
    expect(() => request({}, {plan: 'twilio:huge'})).toThrow(expect.objectContaining({code: 'PLAN_UNKNOWN'}))
    expect(() => request({areaCode: '911'})).toThrow(expect.objectContaining({code: 'AREA_CODE_INVALID'}))
    expect(() => request({voiceUrl: ''})).toThrow(expect.objectContaining({code: 'URL_INVALID'}))
  })
})

describe('an existing add-on', () => {
  it.each<[string, Parameters<typeof request>, Partial<AddonRecord>]>([
    ['nothing more is said', [], {}],
    ['the same is said', [{areaCode: '801'}], {}],
    // It was made with other options, and has by now what was asked for.
    ['another change is unfinished', [{contains: '55'}], {intent: {operation: 'destroy', keepNumber: false}}],
  ])('is the one that is asked for where %s', (_, asked, changes) => {
    expect(() => requireSameRequest(record(changes), request(...asked))).not.toThrow()
  })

  it.each<[string, Partial<AddonRecord>, string, string[]]>([
    ['larger', {}, 'twilio:large', ['To change it: aka addons:upgrade twilio:large -a api-default']],
    ['smaller', {plan: 'large'}, 'twilio:small', ['To change it: aka addons:downgrade twilio:small -a api-default']],
    [
      'other, while its creation is unfinished,',
      {state: 'provisioning'},
      'twilio:large',
      [
        'To resume it as it was begun: aka addons:create twilio:small -a api-default',
        'Then to change the plan: aka addons:upgrade twilio:large -a api-default',
      ],
    ],
  ])('with a %s plan is a conflict, with the command that leads to that', (_, recorded, plan, suggestions) => {
    expect(() => requireSameRequest(record(recorded), request({}, {plan}))).toThrow(
      expect.objectContaining({code: 'PLAN_MISMATCH', exitCode: 6, suggestions}),
    )
  })

  it('with another number is a conflict that names the options: as it is to be kept, or as it was begun', () => {
    const thrown = (state: AddonRecord['state']) => {
      try {
        requireSameRequest(record({state}), request({areaCode: '212'}))
      } catch (error) {
        return error
      }
      return undefined
    }
    expect(thrown('ready')).toMatchObject({
      code: 'OPTIONS_MISMATCH',
      message: expect.stringMatching(/\+18015550100.*--area-code/),
      suggestions: [expect.stringContaining('To keep it')],
    })
    expect(thrown('provisioning')).toMatchObject({
      code: 'OPTIONS_MISMATCH',
      message: expect.stringContaining('--area-code was 801'),
      suggestions: [expect.stringContaining('To resume'), expect.stringContaining('aka addons:destroy')],
    })
  })
})

describe('an app-space in the middle of something else', () => {
  it.each<[AddonRecord['state'], string, RegExp]>([
    ['destroying', 'DESTROY_UNFINISHED', /addons:destroy/],
    ['changing', 'OPERATION_UNFINISHED', /twilio:rotate/],
  ])('(%s) gets no new add-on, and the command that finishes that', (state, code, command) => {
    expect(() => requireCreatable(record({state}))).toThrow(
      expect.objectContaining({
        code,
        exitCode: 6,
        suggestions: expect.arrayContaining([expect.stringMatching(command)]) as unknown,
      }),
    )
  })

  it('may be its own creation, which is resumed', () => {
    expect(() => requireCreatable(record({state: 'provisioning'}))).not.toThrow()
  })
})
