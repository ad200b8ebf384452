import {describe, expect, it} from '@jest/globals'

import {
  checkSettingName,
  checkSettings,
  definitions,
  effectiveSettings,
  standardCountry,
  withDefaults,
} from '../../src/lib/settings.js'

const invalid = (code: string) => expect.objectContaining({code, exitCode: 2}) as unknown

describe('the name of a setting', () => {
  it('is one of those that there are; for another the nearest is suggested', () => {
    for (const name of Object.keys(definitions)) expect(checkSettingName(name)).toBe(name)
    expect(() => checkSettingName('regisry')).toThrow(
      expect.objectContaining({
        code: 'SETTING_UNKNOWN',
        suggestions: expect.arrayContaining(['Did you mean registry?']) as unknown,
      }),
    )
    for (const name of ['', 'constructor', 'toString', '__proto__'])
      expect(() => checkSettingName(name)).toThrow(invalid('SETTING_UNKNOWN'))
  })

  it('is not guessed where none is near', () => {
    expect(() => checkSettingName('plan')).toThrow(
      expect.objectContaining({suggestions: [expect.stringMatching(/^Settings: /)]}),
    )
  })
})

describe('the value of a setting', () => {
  it.each(['aka-staging', 'a', 'A_1.b-c', 'x'.repeat(64)])('may be a registry called "%s"', (name) => {
    expect(definitions.registry.parse(name)).toBe(name)
  })

  it.each(['', 'x'.repeat(65), '../x', 'a b', 'a/b', 'ä'])('cannot be a registry called "%s"', (name) => {
    expect(() => definitions.registry.parse(name)).toThrow(invalid('SETTING_INVALID'))
  })

  it('is true or false where it is one of two', () => {
    expect([definitions.sandbox.parse('true'), definitions.sandbox.parse('false')]).toEqual([true, false])
    for (const text of ['', 'yes', '1', 'TRUE'])
      expect(() => definitions.sandbox.parse(text)).toThrow(invalid('SETTING_INVALID'))
  })

  it('may be no ordering endpoint, or one to which nothing secret goes unencrypted', () => {
    const {parse} = definitions['sim-order-url']
    expect(parse('')).toBe('')
    expect(parse('https://shop.example.com/orders/')).toBe('https://shop.example.com/orders')
    expect(() => parse('http://shop.example.com/orders')).toThrow(invalid('ENDPOINT_INSECURE'))
  })

  it.each(['1', '5000', 'acme-prod=5000', '2000, acme-prod=5000,acme-dev=10'])('may be the limit "%s"', (text) => {
    expect(definitions['subaccount-limit'].parse(text)).toBe(text)
  })

  it.each(['0', '-1', 'many', '1,000', 'acme=', '=5', 'acme=1,acme=2', 'acme=x'])(
    'cannot be the limit "%s"',
    (text) => {
      expect(() => definitions['subaccount-limit'].parse(text)).toThrow(invalid('SETTING_INVALID'))
    },
  )

  it('is checked again when it is read: somebody may have edited the file', () => {
    expect(checkSettings({registry: 'x', country: 'ca', sandbox: true, other: 'kept by nobody'})).toEqual({
      registry: 'x',
      country: 'CA',
      sandbox: true,
    })
    expect(checkSettings({})).toEqual({})
    expect(() => checkSettings({country: 'XX'})).toThrow(invalid('COUNTRY_UNKNOWN'))
    expect(() => checkSettings({sandbox: 'perhaps'})).toThrow(invalid('SETTING_INVALID'))
  })
})

it('applies as the flag or the variable says, else as the file does, else by default', () => {
  const {settings, sources} = effectiveSettings(
    {country: 'CA', sandbox: false},
    {sandbox: {value: true, source: '--sandbox'}},
  )
  expect(settings).toMatchObject({country: 'CA', sandbox: true, registry: 'aka-twilio'})
  expect(sources).toMatchObject({country: 'file', sandbox: '--sandbox', registry: 'default'})
})

it('what is not set has its default', () => {
  expect(withDefaults({country: 'CA'})).toEqual({
    registry: 'aka-twilio',
    country: 'CA',
    sandbox: false,
    'sim-carrier': '',
    'sim-order-url': '',
    'space-profiles': '',
    'subaccount-limit': '1000',
    'update-notice': true,
    profile: 'default',
    'credential-process': '',
  })
  expect([standardCountry({}), standardCountry({country: 'DE'})]).toEqual(['US', 'DE'])
})
