import {describe, expect, it} from '@jest/globals'

import {reviewOf} from '../../../src/lib/twilio/reviews.js'

const review = (status: string, errors?: unknown) =>
  reviewOf({sid: `BU${'1'.repeat(32)}`, dateUpdated: new Date('2026-03-01T12:00:00Z')}, {status, errors})

describe('a review', () => {
  it.each([
    ['draft', 'draft'],
    ['pending-review', 'in-review'],
    ['twilio-approved', 'approved'],
    ['PENDING', 'in-review'],
    ['IN_PROGRESS', 'in-review'],
    ['VERIFIED', 'approved'],
    ['SUSPENDED', 'rejected'],
    ['SOMETHING_NEW', 'in-review'],
  ])('of status %s is %s', (status, state) => expect(review(status).state).toBe(state))

  it('says why it was rejected, in whichever form Twilio says it', () => {
    expect(review('twilio-rejected', [{code: 18602}]).reasons).toEqual([
      {code: 18602, message: 'Twilio could not verify the registration number of the business.', fields: []},
    ])
    const error = {error_code: 30909, description: 'The flow is unclear.', fields: ['MESSAGE_FLOW']}
    expect(review('FAILED', [error]).reasons).toEqual([
      {code: 30909, message: 'The flow is unclear.', fields: ['MESSAGE_FLOW']},
    ])
    expect(review('TWILIO_REJECTED', [{code: 30446, reason: 'Unclear.'}, 'odd', {code: 30999}]).reasons).toEqual([
      {code: 30446, message: 'Unclear.', fields: []},
      {code: null, message: 'Twilio gives no reason.', fields: []},
      {code: 30999, message: 'See https://www.twilio.com/docs/api/errors/30999', fields: []},
    ])
  })

  it('that is not rejected has no reasons', () => {
    expect(review('APPROVED', [{code: 30796}]).reasons).toEqual([])
    expect(review('FAILED', null).reasons).toEqual([])
  })
})
