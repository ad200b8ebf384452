import {describe, expect, it} from '@jest/globals'

import {settingAsked} from '../../src/cli/setting-arguments.js'

const invalid = (message: string, suggestion: RegExp) =>
  expect.objectContaining({
    code: 'ARGUMENTS_INVALID',
    exitCode: 2,
    message,
    suggestions: [expect.stringMatching(suggestion)],
  }) as unknown

describe('a command line of twilio:settings', () => {
  it.each([
    [{action: 'list'}, {action: 'list'}],
    [
      {action: 'get', name: 'country'},
      {action: 'get', name: 'country'},
    ],
    [
      {action: 'unset', name: 'country'},
      {action: 'unset', name: 'country'},
    ],
    // As the setting reads it.
    [
      {action: 'set', name: 'sandbox', value: 'false'},
      {action: 'set', name: 'sandbox', value: false},
    ],
    [
      {action: 'set', name: 'sim-order-url', value: ''},
      {action: 'set', name: 'sim-order-url', value: ''},
    ],
  ])('%j is understood', (given, asked) => {
    expect(settingAsked(given)).toEqual(asked)
  })

  it.each([
    [{action: 'list', name: 'country'}, 'list takes no name.', /^Did you mean get country\?$/],
    [{action: 'get'}, 'Missing name: get needs a setting.', /^Settings: registry, /],
    [{action: 'set', name: 'country'}, 'Missing value.', /twilio:settings set country VALUE$/],
    [{action: 'get', name: 'country', value: 'CA'}, 'get takes no value.', /^Did you mean set country CA\?$/],
    [{action: 'unset', name: 'country', value: 'CA'}, 'unset takes no value.', /^Did you mean set country CA\?$/],
  ])('%j is refused, with what was meant', (given, message, suggestion) => {
    expect(() => settingAsked(given)).toThrow(invalid(message, suggestion))
  })

  it('is checked for its setting before its value', () => {
    const unknown = expect.objectContaining({code: 'SETTING_UNKNOWN'}) as unknown
    expect(() => settingAsked({action: 'set', name: 'contry'})).toThrow(unknown)
    expect(() => settingAsked({action: 'set', name: 'sandbox', value: 'maybe'})).toThrow(
      expect.objectContaining({code: 'SETTING_INVALID'}),
    )
  })
})
