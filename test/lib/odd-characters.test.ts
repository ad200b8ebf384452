import {describe, expect, it} from '@jest/globals'

import {checkSecret, oddCharacters} from '../../src/lib/odd-characters.js'

describe('what is on no keyboard', () => {
  it.each([
    ['AC0123', ''],
    ['!~"\\', ''],
    ['AC\u200B01', ' (it has <U+200B>)'],
    ['a b\u2013c\u2013d\n', ' (it has <U+0020>, <U+2013>, <U+000A>)'],
    ['a😀', ' (it has <U+1F600>)'],
  ])('is named once each, and nothing else of the text: %j', (text, expected) => {
    expect(oddCharacters(text)).toBe(expected)
  })

  it('is in no secret: it is refused before it is sent, and not shown', () => {
    expect(() => checkSecret('0123456789abcdef', 'The auth token')).not.toThrow()
    expect(() => checkSecret('0123 abcdef', 'The auth token')).toThrow(
      expect.objectContaining({
        code: 'SECRET_INVALID',
        exitCode: 5,
        message: 'The auth token cannot be right (it has <U+0020>).',
      }),
    )
  })
})
