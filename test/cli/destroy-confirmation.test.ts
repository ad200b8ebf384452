import {expect, it} from '@jest/globals'

import {confirmationOf, confirmationOfMany} from '../../src/cli/destroy-confirmation.js'

it.each([
  [true, / --keep-number$/],
  [false, / (api-dev|3)$/],
])('the suggested command keeps the number as it was asked for: %s', (keepNumber, end) => {
  const one = confirmationOf('api-dev', {given: undefined, keepNumber})
  expect(one.command).toMatch(/^aka addons:destroy twilio -a api-dev --confirm api-dev/)
  expect(one.command).toMatch(end)
  const many = confirmationOfMany(3, {given: undefined, path: 'apps.csv', keepNumber})
  expect(many.command).toMatch(/^aka addons:destroy twilio --apps-from apps.csv --confirm-count 3/)
  expect(many.command).toMatch(end)
})
