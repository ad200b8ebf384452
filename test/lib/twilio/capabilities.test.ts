import {expect, it} from '@jest/globals'

import {capabilitiesOf} from '../../../src/lib/twilio/capabilities.js'

it.each([
  [
    {voice: true, SMS: true, MMS: false, fax: false},
    {voice: true, sms: true, mms: false},
  ],
  [
    {voice: false, sms: true, mms: true, fax: false},
    {voice: false, sms: true, mms: true},
  ],
  [
    {sms: false, SMS: true},
    {voice: false, sms: false, mms: false},
  ],
  [{}, {voice: false, sms: false, mms: false}],
  [null, {voice: false, sms: false, mms: false}],
])('%j is %j', (given, capabilities) => {
  expect(capabilitiesOf(given)).toEqual(capabilities)
})
