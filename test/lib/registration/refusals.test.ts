import {describe, expect, it} from '@jest/globals'

import {refused, temporary} from '../../../src/lib/errors.js'
import {
  isPending,
  mockCampaign,
  noncompliant,
  notEditable,
  resumeBy,
  sectionMissing,
  unchanged,
} from '../../../src/lib/registration/refusals.js'
import type {Review} from '../../../src/lib/twilio/reviews.js'
import {APP} from '../../support/in-process-addon.js'

const review = (state: Review['state'], ...reasons: Review['reasons']): Review => ({
  sid: 'BN1',
  state,
  status: state,
  since: new Date(0),
  reasons,
})
const unverified = {code: 18602, message: 'The number is another’s.', fields: ['business_registration_number', 'name']}

describe('a review', () => {
  it.each([
    ['approved', false],
    ['in-review', true],
    ['draft', true],
  ] as const)('that is %s is waited for: %s', (state, pending) => {
    expect(isPending('brand', review(state), APP)).toBe(pending)
  })

  it.each([
    [[], 'The brand BN1 was rejected: Twilio gives no reason.'],
    [[unverified], 'The brand BN1 was rejected: The number is another’s. (business_registration_number, name) [18602]'],
    [
      [unverified, {code: null, message: 'Unclear.', fields: []}],
      'The brand BN1 was rejected: The number is another’s. (business_registration_number, name) [18602] Unclear.',
    ],
  ])('that came to a rejection is said with why, and how to correct it: %j', (reasons, message) => {
    expect(() => isPending('brand', review('rejected', ...reasons), APP)).toThrow(
      expect.objectContaining({
        code: 'REGISTRATION_REJECTED',
        exitCode: 1,
        message,
        suggestions: [expect.stringContaining('twilio:registration:fix -a api-default --file FILE')],
      }),
    )
  })
})

describe('after a failure', () => {
  it('that may be over later the same command resumes it; what was refused is corrected instead', () => {
    const later = temporary('SERVICE_UNAVAILABLE', 'No answer.')
    const resume = resumeBy(`submit -a ${APP} --mock`)
    expect(resume(later)).toEqual([
      expect.stringContaining('twilio:registration:submit -a api-default --mock` again, with the same file'),
    ])
    expect(resume(refused('TWILIO_REFUSED', 'No.'))).toEqual([])
  })
})

describe('what is refused', () => {
  it('because of the file says what to do with it', () => {
    expect(noncompliant('customer profile', [unverified])).toMatchObject({
      code: 'REGISTRATION_INCOMPLETE',
      message: expect.stringContaining('The number is another’s. (business_registration_number, name)') as unknown,
      suggestions: ['Nothing was submitted. Correct the file, then run this again.'],
    })
    expect(unchanged('a2p-profile', {sid: 'BU1', reasons: []})).toMatchObject({
      code: 'REGISTRATION_UNCHANGED',
      message: 'The file does not change what was rejected in the A2P profile BU1: Twilio gives no reason.',
      suggestions: [expect.stringContaining('--reason TEXT')],
    })
    expect(sectionMissing('toll_free', '+18005550100').suggestions[0]).toContain(
      'twilio:registration:init --for toll-free',
    )
    expect(sectionMissing('campaign', '+18015550100').suggestions[0]).toContain('twilio:registration:init --file FILE')
  })

  it('because of what is at Twilio says where to change that', () => {
    expect(mockCampaign('QE1', APP).suggestions).toEqual([expect.stringContaining('twilio:console -a api-default')])
    expect(notEditable('campaign', 'QE1', {why: 'it is too late.', instead: 'Make another.'})).toMatchObject({
      code: 'REGISTRATION_NOT_EDITABLE',
      message: 'The campaign QE1 cannot be edited: it is too late.',
      suggestions: ['Make another.'],
    })
  })
})
