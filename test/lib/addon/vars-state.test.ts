import {describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {configVarsState} from '../../../src/lib/addon/vars-state.js'
import {redacted} from '../../../src/lib/akkeris/config-vars.js'
import {addonRecord} from '../../support/in-process-addon.js'

const ours = {TWILIO_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token', TWILIO_PHONE_NUMBER: '+18015550100'}
const account = {
  sid: 'AC1',
  friendlyName: 'aka-twilio/api-default',
  status: 'active',
  type: 'Full',
  ownerSid: 'AC0',
  authToken: 'token',
  createdAt: new Date(0),
} as const
const record = (more: Partial<AddonRecord> = {}) =>
  addonRecord({
    accountSid: 'AC1',
    state: 'ready',
    phoneNumber: {sid: 'PN1', e164: '+18015550100', transferred: false},
    ...more,
  })

describe('the config vars of an app-space', () => {
  it.each([
    ['set', ours],
    ['set', {...ours, TWILIO_AUTH_TOKEN: redacted}],
    ['set', {...ours, TWILIO_PHONE_NUMBER: redacted}],
    ['wrong token', {...ours, TWILIO_AUTH_TOKEN: 'the one before'}],
    ['wrong number', {...ours, TWILIO_PHONE_NUMBER: '+18015550199'}],
    ['incomplete', {TWILIO_SID: 'AC1', TWILIO_AUTH_TOKEN: 'the one before'}],
    ['foreign', {...ours, TWILIO_SID: 'AC2', TWILIO_AUTH_TOKEN: 'theirs'}],
    ['missing', {OTHER: 'x'}],
    ['no such app', undefined],
  ] as const)('are: %s', (state, vars) => expect(configVarsState(vars, record(), account)).toBe(state))

  it('may be of before or of after while something is changed', () => {
    const changing = record({state: 'changing'})
    expect(configVarsState({...ours, TWILIO_AUTH_TOKEN: 'the secondary one'}, changing, account)).toBe('set')
    expect(configVarsState({...ours, TWILIO_PHONE_NUMBER: '+18015550199'}, changing, account)).toBe('set')
  })

  it('are taken for right where nobody has the token to compare with', () => {
    const vars = {...ours, TWILIO_AUTH_TOKEN: 'another'}
    expect(configVarsState(vars, record(), undefined)).toBe('set')
    expect(configVarsState(vars, record(), {...account, authToken: ''})).toBe('set')
  })
})
