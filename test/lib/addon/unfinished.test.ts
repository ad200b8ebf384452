import {describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {unfinished} from '../../../src/lib/addon/unfinished.js'
import {addonRecord} from '../../support/in-process-addon.js'

const old = {sid: 'PN1', e164: '+18015550100', transferred: false}
const made = {operation: 'create', plan: 'small', country: 'US', type: 'local'} as const
const change = {
  ...made,
  operation: 'change-number',
  made,
  old,
  keepOld: false,
  source: {from: 'Twilio', candidates: []},
} as const

describe('an operation that is unfinished', () => {
  it.each<[string, Partial<AddonRecord>, RegExp, string]>([
    ['a creation', {state: 'provisioning', plan: 'large'}, /creation/, 'aka addons:create twilio:large -a api-default'],
    [
      'a destruction',
      {state: 'destroying'},
      /destruction/,
      'aka addons:destroy twilio -a api-default --confirm api-default',
    ],
    [
      'a change of the number',
      {state: 'changing', intent: change},
      /\+18015550100/,
      'aka twilio:number:change -a api-default',
    ],
    ['a rotation', {state: 'changing'}, /auth token/, 'aka twilio:rotate -a api-default'],
  ])('is %s, with the command that resumes it', (_, changes, what, command) => {
    const found = unfinished(addonRecord(changes))
    expect(found?.what).toMatch(what)
    expect(found?.command).toBe(command)
  })

  it('may be under way while a run has the lease', () => {
    const leased = {state: 'changing', lease: {holder: 'one', seconds: 60}} as const
    expect(unfinished(addonRecord(leased))?.leased).toBe(true)
    const {lease: _, ...free} = addonRecord({state: 'changing'})
    expect(unfinished(free)?.leased).toBe(false)
  })

  it('is none where the add-on is ready', () => expect(unfinished(addonRecord())).toBeUndefined())
})
