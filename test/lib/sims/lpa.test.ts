import {expect, it} from '@jest/globals'

import {lpaOf} from '../../../src/lib/sims/lpa.js'

it('is what a device’s camera takes for an eSIM profile, with its prefix once', () => {
  expect(lpaOf('1$SM-DP-PLUS.TWILIO.COM$ABCDE-12345')).toBe('LPA:1$SM-DP-PLUS.TWILIO.COM$ABCDE-12345')
  expect(lpaOf('LPA:1$SM-DP-PLUS.TWILIO.COM$ABCDE-12345')).toBe('LPA:1$SM-DP-PLUS.TWILIO.COM$ABCDE-12345')
})
