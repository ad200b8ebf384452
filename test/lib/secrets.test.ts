import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {mask, redact, rememberSecret} from '../../src/lib/secrets.js'

describe('secrets', () => {
  it('once remembered, are in no text any more, wherever they stand and however often', () => {
    const secret = fc.stringMatching(/^[\w!$&()+,./:;=?@^|~-]{16,40}$/)
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (known, before, after) => {
        rememberSecret(known)
        const clean = redact(`${before}${known}${after}${known}`)
        expect(clean).not.toContain(known)
      }),
      {examples: [['a-token-that-ends-in-$&', 'before ', ' after']]},
    )
  })

  it('show their last four characters at most', () => {
    fc.assert(
      fc.property(fc.string({minLength: 8}), (secret) => {
        expect(mask(secret)).toBe(`********${secret.slice(-4)}`)
      }),
    )
  })

  it('leave a text alone that has none, also after nothing was remembered', () => {
    rememberSecret(undefined)
    rememberSecret('')
    expect(redact('the quick brown fox')).toBe('the quick brown fox')
  })
})
