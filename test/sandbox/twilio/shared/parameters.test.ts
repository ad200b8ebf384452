import {describe, expect, it} from '@jest/globals'

import {ApiError} from '../../../../src/sandbox/http/errors.js'
import {
  base64Length,
  type NameRules,
  readFlag,
  readFriendlyName,
  readOneOf,
  readUniqueName,
  readWholeNumber,
} from '../../../../src/sandbox/twilio/shared/parameters.js'

const form = (values: Record<string, string>) => new URLSearchParams(values)

it.each([
  [{}, true, true],
  [{}, false, false],
  [{Flag: 'TRUE'}, false, true],
  [{Flag: 'False'}, true, false],
  [{Flag: 'other'}, true, true],
  [{Flag: 'other'}, false, false],
])('the flag of %j, by default %s, is %s', (values: Record<string, string>, initial, expected) => {
  expect(readFlag(form(values), 'Flag', initial)).toBe(expected)
})

it('one of several values is the default when it is missing or empty', () => {
  const read = (values: Record<string, string>) =>
    readOneOf(form(values), 'Mode', {
      allowed: ['text', 'binary'],
      initial: 'text',
      invalid: (value) => new ApiError(400, 1, value),
    })
  expect([read({}), read({Mode: ''}), read({Mode: 'binary'})]).toEqual(['text', 'text', 'binary'])
  expect(() => read({Mode: 'Binary'})).toThrow('Binary')
})

it('a friendly name has at most 64 characters, and may be empty', () => {
  expect(
    [{}, {FriendlyName: ''}, {FriendlyName: 'x'.repeat(64)}].map((values) => readFriendlyName(form(values))),
  ).toEqual([undefined, '', 'x'.repeat(64)])
  expect(() => readFriendlyName(form({FriendlyName: 'x'.repeat(65)}))).toThrow(expect.objectContaining({code: 20002}))
})

describe('a unique name', () => {
  const rules: NameRules = {
    sidPrefix: 'HF',
    invalid: () => new ApiError(400, 1, 'invalid'),
    taken: () => new ApiError(409, 2, 'taken'),
  }
  const read = (values: Record<string, string>, current: string | null = null) =>
    readUniqueName(form(values), [{uniqueName: 'other'}, {uniqueName: null}], rules, current)

  it('stays as it is unless another one is given; an empty one removes it', () => {
    expect([read({}), read({}, 'mine'), read({UniqueName: 'new'}, 'mine'), read({UniqueName: ''}, 'mine')]).toEqual([
      null,
      'mine',
      'new',
      null,
    ])
  })

  it.each([
    ['other', 'taken'],
    ['x'.repeat(65), 'invalid'],
    [`HF${'0'.repeat(32)}`, 'invalid'],
    [`hf${'A'.repeat(32)}`, 'invalid'],
  ])('%s is %s', (name, message) => {
    expect(() => read({UniqueName: name})).toThrow(message)
  })

  it('may look like the SID of something else, and be longer where the rules allow it', () => {
    expect(read({UniqueName: `HS${'0'.repeat(32)}`})).toBe(`HS${'0'.repeat(32)}`)
    expect(readUniqueName(form({UniqueName: 'x'.repeat(65)}), [], {...rules, maxLength: 320})).toBe('x'.repeat(65))
  })
})

it('a whole number is within its limits, and has a default', () => {
  const read = (text?: string) =>
    readWholeNumber(form(text === undefined ? {} : {DataLimit: text}), 'DataLimit', {min: 1, max: 5, initial: 3})
  expect([read(), read(''), read('1'), read('5')]).toEqual([3, 3, 1, 5])
  for (const text of ['0', '6', '1.5', 'x'])
    expect(() => read(text)).toThrow(
      expect.objectContaining({code: 20422, message: 'Invalid Parameter: DataLimit must be between 1 and 5'}),
    )
})

it.each([
  ['aGVsbG8=', 5],
  ['', 0],
  ['aGVsbG8', undefined],
  ['no base64!', undefined],
])('%j is Base64 of %s bytes', (text, length) => {
  expect(base64Length(text)).toBe(length)
})
