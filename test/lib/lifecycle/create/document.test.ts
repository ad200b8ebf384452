import {describe, expect, it} from '@jest/globals'

import {createdDocument, createPreviewDocument} from '../../../../src/lib/lifecycle/create/document.js'
import {createRequest} from '../../../../src/lib/lifecycle/create/request.js'
import {addonRecord, APP} from '../../../support/in-process-addon.js'

const token = 'f'.repeat(28) + '1234'
const vars = {TWILIO_SID: `AC${'2'.repeat(32)}`, TWILIO_AUTH_TOKEN: token, TWILIO_PHONE_NUMBER: '+18015550100'}
const provisioned = {created: true, repaired: [], record: addonRecord(), vars}
const plain = {showSecrets: false, alerts: undefined}

describe('the document of a new add-on', () => {
  it('has its price and what Twilio requires of its number', () => {
    expect(createdDocument(provisioned, plain)).toMatchObject({
      created: true,
      plan: 'small',
      pricePerMonth: 50,
      accountSid: vars.TWILIO_SID,
      phoneNumber: '+18015550100',
      pendingRegistrations: expect.stringContaining('10DLC'),
    })
  })

  it('masks the auth token unless secrets were asked for', () => {
    expect(JSON.stringify(createdDocument(provisioned, plain))).not.toContain(token)
    expect(createdDocument(provisioned, plain).configVars).toEqual({...vars, TWILIO_AUTH_TOKEN: '********1234'})
    expect(createdDocument(provisioned, {...plain, showSecrets: true}).configVars).toEqual(vars)
  })

  it('names what was restored only where it was there before, and alerts only where some were asked for', () => {
    expect(Object.keys(createdDocument(provisioned, plain))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/repaired|alerts/)]),
    )
    expect(
      createdDocument({...provisioned, created: false, repaired: ['TWILIO_SID']}, {...plain, alerts: []}),
    ).toMatchObject({created: false, repaired: ['TWILIO_SID'], alerts: []})
  })
})

it('the preview of a creation shows no login of a webhook', () => {
  const asked = {appSpace: APP, plan: 'twilio:large', number: {}, force: false, keepOnFailure: false}
  const preview = createPreviewDocument(createRequest(asked, 'US'), {
    state: 'new',
    phoneNumber: undefined,
    calls: [{method: 'POST', url: 'https://api.twilio.com/x', form: {VoiceUrl: 'https://me:pass-of-hook@example.com'}}],
  })
  expect(preview).toMatchObject({dryRun: true, plan: 'large', pricePerMonth: 200, phoneNumber: null})
  expect(preview.calls).toMatchObject([{form: {VoiceUrl: expect.stringContaining('example.com')}}])
  expect(JSON.stringify(preview)).not.toContain('pass-of-hook')
})
