import {describe, expect, it} from '@jest/globals'

import {refused} from '../../../src/lib/errors.js'
import {fleetRegistrationDocument, registrationDocument} from '../../../src/lib/registration/document.js'
import type {Registration} from '../../../src/lib/registration/read.js'
import {addonRecord} from '../../support/in-process-addon.js'

const sending = {state: 'not-registered', since: null, reasons: []} as const

const registration = (steps: Registration['steps'] = {}, e164 = '+18015550100'): Registration => ({
  record: addonRecord(),
  number: {sid: `PN${'2'.repeat(32)}`, e164, transferred: false},
  sending,
  steps,
})

describe('the document of a registration', () => {
  it('has every step of the number, in order, those that were not begun among them', () => {
    const {steps, ...document} = registrationDocument(registration())
    expect(document).toEqual({appSpace: 'api-default', phoneNumber: '+18015550100', kind: 'local', sending})
    expect(steps.map(({step, state}) => [step, state])).toEqual(
      ['customer-profile', 'a2p-profile', 'brand', 'messaging-service', 'campaign'].map((step) => [step, 'missing']),
    )
    expect(steps[0]).toMatchObject({sid: null, status: null, since: null, reasons: [], mock: false})
    const [tollFree, foreign] = ['+18005550100', '+447400123456'].map((e164) =>
      registrationDocument(registration({}, e164)).steps.map(({step}) => step),
    )
    expect([tollFree, foreign]).toEqual([['toll-free-verification'], []])
  })

  it('says of each step what became of it, and whether it registers anything', () => {
    const since = new Date('2026-03-01T12:00:00Z')
    const reasons = [{code: 30796, message: 'No.', fields: []}]
    const brand = {
      sid: 'BN1',
      state: 'rejected',
      status: 'FAILED',
      since,
      reasons,
      profileSid: 'BU1',
      mock: true,
    } as const
    const {steps} = registrationDocument(registration({brand, 'messaging-service': {sid: 'MG1', state: 'approved'}}))
    expect(steps[2]).toEqual({
      step: 'brand',
      state: 'rejected',
      sid: 'BN1',
      status: 'FAILED',
      since: '2026-03-01T12:00:00.000Z',
      reasons,
      mock: true,
    })
    expect(steps[3]).toMatchObject({sid: 'MG1', state: 'approved', status: null, since: null, mock: false})
  })
})

it('the document of all registrations has those that were read, and why the others were not', () => {
  const failure = refused('SUBACCOUNT_NOT_ACTIVE', 'It is suspended.')
  const {registrations, notRead} = fleetRegistrationDocument([
    {record: addonRecord(), registration: registration()},
    {record: addonRecord({appSpace: 'web-default'}), failure},
  ])
  expect(registrations).toEqual([registrationDocument(registration())])
  expect(notRead).toMatchObject([
    {appSpace: 'web-default', error: {code: 'SUBACCOUNT_NOT_ACTIVE', exitCode: 1, message: 'It is suspended.'}},
  ])
})
