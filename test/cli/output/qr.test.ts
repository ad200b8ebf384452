import {expect, it} from '@jest/globals'

import {qrForTerminal, qrText} from '../../../src/cli/output/qr.js'

it('a QR code holds what a device’s camera takes for an eSIM profile, once', () => {
  expect(qrText('1$SM-DP-PLUS.TWILIO.COM$ABCDE-12345')).toBe('LPA:1$SM-DP-PLUS.TWILIO.COM$ABCDE-12345')
  expect(qrText('LPA:1$SM-DP-PLUS.TWILIO.COM$ABCDE-12345')).toBe('LPA:1$SM-DP-PLUS.TWILIO.COM$ABCDE-12345')
})

it('a QR code on the terminal is small enough for 80 columns, and has no colours where there are none', async () => {
  const code = `1$SM-DP-PLUS.TWILIO.COM$${'ABCDE-'.repeat(4)}ABCDE`
  const plain = await qrForTerminal(code, {colors: false})
  expect(Math.max(...plain.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(plain).not.toContain('\u001B')
  expect(await qrForTerminal(code, {colors: true})).toContain('\u001B[')
})
