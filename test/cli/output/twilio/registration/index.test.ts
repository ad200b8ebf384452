import {describe, expect, it} from '@jest/globals'

import {colorsFor} from '../../../../../src/cli/output/colors.js'
import {renderStepsToGo} from '../../../../../src/cli/output/twilio/registration/index.js'
import {registrationDocument} from '../../../../../src/lib/registration/document.js'
import type {Steps} from '../../../../../src/lib/registration/steps.js'
import type {Sending} from '../../../../../src/lib/twilio/sending.js'
import {addonRecord} from '../../../../support/in-process-addon.js'

const LOCAL = '+18015550100'
const SUBMIT = 'aka twilio:registration:submit -a api-default --file registration.yaml'
const approved = {sid: 'X1', state: 'approved'} as const
const inReview = {sid: 'X2', state: 'in-review'} as const
const brand = (state: 'approved' | 'in-review', mock: boolean) => {
  const review = {sid: 'BN1', state, status: '', since: new Date(0), reasons: []}
  return {...review, profileSid: 'BU1', mock}
}

/** What is said next of a registration that came so far. */
function next(steps: Steps, {e164 = LOCAL, state = 'in-review'}: {e164?: string; state?: Sending['state']} = {}) {
  const sending = {state, since: null, reasons: []}
  const number = {sid: 'PN1', e164, transferred: false}
  const document = registrationDocument({record: addonRecord(), number, sending, steps})
  return renderStepsToGo(document, colorsFor({isTTY: false}, {}))
    ?.split('\n')
    .slice(1)
}

describe('what is to do next of a registration', () => {
  const none = {state: 'not-registered'} as const

  it('that was not begun: the file, then the first submission', () => {
    expect(next({}, none)).toEqual([
      '  → To write the registration file, once: aka twilio:registration:init',
      `  → To register the number: ${SUBMIT}`,
    ])
    expect(next({}, {...none, e164: '+18005550100'})?.[0]).toMatch(/twilio:registration:init --for toll-free$/)
  })

  it('in review: the same command, once that is over', () => {
    expect(next({'customer-profile': inReview})).toEqual([
      `  → To continue once the customer profile is approved (--wait waits for it): ${SUBMIT}`,
    ])
  })

  it('in its last review: nothing', () => {
    expect(next({'customer-profile': approved, brand: brand('approved', false), campaign: inReview})).toBeUndefined()
    expect(next({'toll-free-verification': inReview}, {e164: '+18005550100'})).toBeUndefined()
  })

  it('between two parts: the same command', () => {
    expect(next({'customer-profile': approved})).toEqual([`  → To go on: ${SUBMIT}`])
  })

  it('that was rejected: a corrected file', () => {
    expect(next({'customer-profile': {...approved, state: 'rejected'}}, {state: 'rejected'})).toEqual([
      '  → To submit it again, with the file corrected: aka twilio:registration:fix -a api-default --file registration.yaml',
    ])
  })

  it.each(['verified', 'not-needed'] as const)('that is over: nothing (%s)', (state) => {
    expect(next({'customer-profile': approved}, {state})).toBeUndefined()
  })

  it('with the mock brand: the same with it, so that no brand is bought', () => {
    expect(next({'customer-profile': approved, brand: brand('in-review', true)})?.[0]).toMatch(/--mock$/)
    expect(next({'customer-profile': approved, brand: brand('approved', true)}, none)).toEqual([
      `  → To go on with the mock brand: ${SUBMIT} --mock`,
      `  → To register the number: ${SUBMIT}`,
    ])
  })

  it('with a mock campaign: to delete it, since a messaging service can have only one', () => {
    const campaign = {...approved, mock: true}
    expect(next({brand: brand('approved', true), campaign}, none)).toEqual([
      '  → Delete the mock campaign X1 in the console: it registers nothing.',
      `  → To go on: ${SUBMIT}`,
    ])
  })
})
