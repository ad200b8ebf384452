import {describe, expect, it} from '@jest/globals'

import {refused} from '../../../../src/lib/errors.js'
import {
  numberChangedDocument,
  numberChangePreviewDocument,
  numberUnchangedDocument,
  unreleasedFailures,
} from '../../../../src/lib/number/change/document.js'
import type {ChangePlan} from '../../../../src/lib/number/change/plan.js'
import {addonRecord} from '../../../support/in-process-addon.js'

const old = {sid: 'PN1', e164: '+18015550199', transferred: false}
const record = addonRecord()
const changed = {changed: true, record, old, oldIs: 'released'} as const

describe('the document of a change', () => {
  it('says which number went, what became of it, and what Twilio requires of the new one', () => {
    expect(numberChangedDocument(changed)).toMatchObject({
      changed: true,
      oldNumber: '+18015550199',
      oldNumberIs: 'released',
      phoneNumber: '+18015550100',
      pendingRegistrations: expect.stringContaining('10DLC'),
    })
  })

  it('says by null that there is no old number, where the add-on had the number already', () => {
    expect(numberUnchangedDocument(record)).toMatchObject({
      changed: false,
      oldNumber: null,
      oldNumberIs: null,
      phoneNumber: '+18015550100',
    })
  })
})

it('the preview of a change shows no login of a webhook, and no price where none is known', () => {
  const plan: ChangePlan = {
    state: 'ready',
    record,
    old,
    oldIsThere: true,
    keepOld: true,
    source: {from: 'Twilio', candidates: []},
    next: undefined,
    webhooks: {voiceUrl: 'https://me:pass-of-hook@example.com/voice'},
    options: {country: 'US', type: 'local'},
  }
  const preview = numberChangePreviewDocument(plan, undefined)
  expect(preview).toMatchObject({dryRun: true, keepOld: true, phoneNumber: null, pricePerMonth: null, currency: null})
  expect(JSON.stringify(preview)).not.toContain('pass-of-hook')
  expect(numberChangePreviewDocument(plan, {perMonth: 1.15, currency: 'USD'})).toMatchObject({
    pricePerMonth: 1.15,
    currency: 'USD',
  })
})

it('an old number that Twilio keeps is a failure with its reason and both ways to be rid of it; any other is none', () => {
  expect(unreleasedFailures(changed)).toEqual([])
  const refusal = refused('TWILIO_REFUSED', 'An emergency address is attached.', 'See the Twilio console.')
  expect(unreleasedFailures({...changed, oldIs: 'held', refusal})).toMatchObject([
    {
      code: 'TWILIO_REFUSED',
      message: '+18015550199 is still in the subaccount, and charged. An emergency address is attached.',
      suggestions: [
        expect.stringMatching(/number:change -a api-default --from \+18015550199$/),
        expect.stringMatching(/--keep-old$/),
        'See the Twilio console.',
      ],
    },
  ])
})
