import {describe, expect, it} from '@jest/globals'

import {numberDocument, numberSearchDocument, numberSetDocument} from '../../../src/lib/number/document.js'
import type {NumberInfo} from '../../../src/lib/number/read.js'
import {addonRecord} from '../../support/in-process-addon.js'

const recorded = {sid: 'PN1', e164: '+18015550100', transferred: false}
const capabilities = {voice: true, sms: true, mms: false}
const number = {
  ...recorded,
  accountSid: 'AC1',
  capabilities,
  webhooks: {voiceUrl: 'https://me:pass-of-hook@example.com/voice', voiceMethod: 'POST'},
  createdAt: new Date(0),
}
const info: NumberInfo = {
  record: addonRecord(),
  recorded,
  number,
  others: ['+18015550199'],
  configVar: 'same',
  sending: {state: 'verified', since: null, reasons: []},
  pendingRegistrations: undefined,
}

describe('the document of a number', () => {
  it('shows what it calls, without the login of a webhook', () => {
    expect(numberDocument(info)).toMatchObject({
      phoneNumber: '+18015550100',
      isThere: true,
      capabilities,
      webhooks: {voiceUrl: expect.stringMatching(/^https:\/\/.*example\.com\/voice$/), voiceMethod: 'POST'},
      otherNumbers: ['+18015550199'],
      pendingRegistrations: null,
      unfinished: null,
    })
    const set = numberSetDocument('api-default', {number, changed: ['voiceUrl']})
    for (const document of [numberDocument(info), set]) expect(JSON.stringify(document)).not.toContain('pass-of-hook')
  })

  it('tells a number that is gone by null, not by nothing being set', () => {
    expect(numberDocument({...info, number: undefined})).toMatchObject({
      phoneNumber: '+18015550100',
      isThere: false,
      capabilities: null,
      webhooks: null,
    })
  })

  it('says what is unfinished', () => {
    const record = addonRecord({state: 'changing'})
    expect(numberDocument({...info, record}).unfinished).toMatchObject({command: 'aka twilio:rotate -a api-default'})
  })
})

it('the document of a search has a price where Twilio tells one, and null for what Twilio does not know', () => {
  const found = {e164: '+18015550100', friendlyName: '(801) 555-0100', locality: 'Provo', region: 'UT', capabilities}
  const search = (perMonth: {local?: number}) =>
    numberSearchDocument({country: 'US', type: 'local'}, [found, {...found, locality: undefined, region: undefined}], {
      currency: 'USD',
      perMonth,
    }).numbers
  expect(search({local: 1.15})).toMatchObject([
    {phoneNumber: '+18015550100', locality: 'Provo', region: 'UT', pricePerMonth: 1.15},
    {locality: null, region: null, pricePerMonth: 1.15},
  ])
  expect(search({}).map(({pricePerMonth}) => pricePerMonth)).toEqual([null, null])
})
