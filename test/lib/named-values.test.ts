import {describe, expect, it} from '@jest/globals'

import {namedValues} from '../../src/lib/named-values.js'

describe('a setting with named values', () => {
  const read = (text: string) => {
    const {forAll, named} = namedValues('space-profiles', text)
    return [forAll, Object.fromEntries(named)]
  }

  it.each<[string, ReturnType<typeof read>]>([
    ['prod=acme-prod,dev=acme-dev', [undefined, {prod: 'acme-prod', dev: 'acme-dev'}]],
    [' prod = acme-prod , dev=acme-dev ,', [undefined, {prod: 'acme-prod', dev: 'acme-dev'}]],
    ['acme', ['acme', {}]],
    ['acme,dev=acme-dev', ['acme', {dev: 'acme-dev'}]],
    ['dev=a=b', [undefined, {dev: 'a=b'}]],
    ['', [undefined, {}]],
  ])('is read: %j', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each([
    ['a name that is there twice', 'dev=a,dev=b', 'space-profiles cannot have "dev=b" besides what it says already.'],
    ['two values for all', 'a,b', 'space-profiles cannot have "b" besides what it says already.'],
    ['a value without a name', '=a', 'space-profiles cannot have "=a".'],
    ['a name without a value', 'dev=', 'space-profiles cannot have "dev=".'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({code: 'SETTING_INVALID', exitCode: 2, message}))
  })
})
