import {describe, expect, it} from '@jest/globals'

import {checkSubaccountLimit, subaccountLimit} from '../../src/lib/subaccount-limit.js'

const limit = (setting: string | undefined, profile = 'default') =>
  subaccountLimit(setting === undefined ? {} : {'subaccount-limit': setting}, profile)

describe('how many subaccounts a main account may have', () => {
  it('is what the setting says of its profile, else of all, else 1,000', () => {
    expect(limit(undefined)).toBe(1000)
    expect(limit('5000')).toBe(5000)
    expect(limit('2000, acme-prod = 5000', 'acme-prod')).toBe(5000)
    expect(limit('2000,acme-prod=5000')).toBe(2000)
    expect(limit('acme-prod=5000')).toBe(1000)
  })

  it.each(['0', '-1', '1.5', 'many', 'acme=0', 'acme=', '=5', '1,2', 'a=1,a=2', '12345678'])(
    'cannot be set to %s',
    (text) => {
      expect(() => checkSubaccountLimit(text)).toThrow(expect.objectContaining({code: 'SETTING_INVALID', exitCode: 2}))
    },
  )

  it.each(['1', '5000', 'a=1,b=2', '2000,a=1', '1,'])('can be set to %s', (text) => {
    expect(checkSubaccountLimit(text)).toBe(text)
  })
})
