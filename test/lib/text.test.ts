import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {printable, printableLines, sameText, spelledOut} from '../../src/lib/text.js'
import {anyText} from '../support/arbitraries.js'

/** Everything that a terminal acts on, or that a reader cannot see. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u
const texts = fc.oneof(
  anyText,
  fc.string({
    unit: fc.constantFrom(...Array.from('ab \u001b[31m\u202e\u2066\u200b\u200d\ufeff\u00ad\u2028\u2029\r\n\t\v\u0085')),
  }),
)

describe('text from somebody else', () => {
  it('is one line without anything that a reader cannot see, and keeps everything else', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(printable(text)).not.toMatch(UNSEEN)
        const seen = (some: string) => some.replaceAll(new RegExp(UNSEEN, 'gu'), '').replaceAll(' ', '')
        // What stands behind an escape may belong to it.
        if (!['\u001b', '\u009b'].some((escape) => text.includes(escape)))
          expect(seen(printable(text))).toBe(seen(text))
      }),
    )
  })

  it('keeps its lines where it has some', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(printableLines(text).replaceAll(/[\t\n]/g, '')).not.toMatch(UNSEEN)
      }),
    )
    expect(printableLines('one\r\ntwo\u2028three\u202e')).toBe('one\ntwo\nthree')
  })

  it.each([
    ['red\u001b[31m text\u001b[0m', 'red text'],
    ['\u001b]0;title\u0007 back\b', ' back'],
    ['one\r\n✖ two\u2028three\tfour', 'one ✖ two three four'],
    ['abc\u202egpj.exe', 'abcgpj.exe'],
    ['pay\u200bpal\ufeff\u00ad', 'paypal'],
  ])('%j is %j', (text, line) => {
    expect(printable(text)).toBe(line)
  })

  it('is the same as what was typed, where a reader sees no difference', () => {
    expect(sameText('👩\u200d🚒 comes\nnow', '👩🚒 comes now')).toBe(true)
    expect(sameText('on', 'off')).toBe(false)
  })
})

describe('what was typed, in a message', () => {
  it.each([
    ['api<U+200B>-default', 'api\u200B-default'],
    ['api<U+2013>default', 'api\u2013default'],
    ['api<U+00A0>default', 'api\u00A0default'],
    ['<U+FEFF>AC1<U+000D>', '\uFEFFAC1\r'],
    ['Ünïcode, 東京 and a - b', 'Ünïcode, 東京 and a - b'],
  ])('is %s', (shown, typed) => {
    expect(spelledOut(typed)).toBe(shown)
  })
})
