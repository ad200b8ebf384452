import {describe, expect, it} from '@jest/globals'

import {type Failure, refused} from '../../../src/lib/errors.js'
import type {Change} from '../../../src/lib/fleet/compare.js'
import {applyDocument, type Outcomes} from '../../../src/lib/fleet/document.js'
import type {FleetPlan} from '../../../src/lib/fleet/plan.js'
import {addonRecord} from '../../support/in-process-addon.js'

const change = (appSpace: string, changes: Partial<Change> = {}): Change => ({
  appSpace,
  line: 2,
  action: 'change',
  differences: [{what: 'plan', from: 'twilio:small', to: 'twilio:medium'}],
  price: {before: 50, after: 100},
  steps: [],
  ...changes,
})
const plan = (...changes: readonly Change[]): FleetPlan => ({
  changes,
  blocked: [],
  unchanged: 1,
  undeclared: [addonRecord({appSpace: 'old-dev'})],
  price: {before: 50, after: 100},
  subaccounts: [],
  unknown: ['of-another-version'],
})
const show = (outcomes: Outcomes | 'dry run', ...changes: readonly Change[]) =>
  applyDocument(plan(...changes), outcomes)

describe('what became of a fleet', () => {
  it('says of each change whether it was done, failed or was not begun', () => {
    const outcomes: Outcomes = new Map<string, 'done' | Failure>([
      ['api-dev', 'done'],
      ['web-dev', refused('TWILIO_REFUSED', 'No.')],
    ])
    const {dryRun, changes} = show(outcomes, change('api-dev'), change('web-dev'), change('job-dev'))
    expect(dryRun).toBe(false)
    expect(changes).toMatchObject([
      {appSpace: 'api-dev', line: 2, done: true, error: null, pricePerMonth: {before: 50, after: 100}},
      {appSpace: 'web-dev', done: false, error: {code: 'TWILIO_REFUSED'}},
      {appSpace: 'job-dev', done: false, error: null},
    ])
  })

  it('is nothing yet in a dry run', () => {
    expect(show('dry run', change('api-dev'))).toMatchObject({dryRun: true, changes: [{done: false, error: null}]})
  })

  it('names what is not declared, and what another version wrote', () => {
    expect(show('dry run')).toMatchObject({undeclared: ['old-dev'], leftOut: ['of-another-version'], unchanged: 1})
  })

  it('has what cannot be changed after the changes, with the reason and no price', () => {
    const blocked = {appSpace: 'web-dev', line: 4, profile: 'acme', failure: refused('NUMBER_GONE', 'Gone.')}
    const {changes} = applyDocument({...plan(change('api-dev')), blocked: [blocked]}, new Map())
    expect(changes[1]).toEqual({
      appSpace: 'web-dev',
      line: 4,
      profile: 'acme',
      action: 'none',
      differences: [],
      pricePerMonth: null,
      numberPrice: null,
      done: false,
      error: expect.objectContaining({code: 'NUMBER_GONE'}) as unknown,
    })
  })
})

describe('a change', () => {
  it('shows no login of a URL', () => {
    const url = 'https://me:pass-of-hook@api.example.com/voice'
    const {changes} = show('dry run', change('api-dev', {differences: [{what: 'voiceUrl', from: url, to: url}]}))
    expect(JSON.stringify(changes)).toContain('api.example.com')
    expect(JSON.stringify(changes)).not.toContain('pass-of-hook')
  })

  it('has no line where it is not declared, no price of a number that is not bought, and its login only among several', () => {
    const {line: _, ...destruction} = change('api-dev', {action: 'destroy'})
    const numberPrice = {price: 1.15, currency: 'USD'} as unknown as NonNullable<Change['numberPrice']>
    const [destroyed, other] = show(
      'dry run',
      destruction,
      change('web-dev', {numberPrice, profile: 'acme', mainAccountSid: 'AC1'}),
    ).changes
    expect(destroyed).toMatchObject({line: null, numberPrice: null, action: 'destroy'})
    expect(destroyed).not.toHaveProperty('profile')
    expect(destroyed).not.toHaveProperty('mainAccountSid')
    expect(other).toMatchObject({numberPrice, profile: 'acme', mainAccountSid: 'AC1'})
  })
})
