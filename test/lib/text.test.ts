import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {printable} from '../../src/lib/text.js'

describe('text', () => {
  it('from an API has no control characters but tab and newline, and keeps everything else', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        const clean = printable(text)
        expect(clean).toBe(
          Array.from(text)
            .filter((sign) => !/\p{Cc}/u.test(sign) || /[\t\n]/.test(sign))
            .join(''),
        )
      }),
    )
  })
})
