import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {checkCountry} from '../../src/lib/country.js'

describe('a country', () => {
  it('is an ISO 3166 code, in capitals or not', () => {
    for (const code of ['US', 'CA', 'GB', 'DE', 'FR', 'SE', 'AU', 'IE', 'NL', 'BR', 'JP', 'ZA']) {
      expect(checkCountry(code)).toBe(code)
      expect(checkCountry(code.toLowerCase())).toBe(code)
    }
  })

  it('is nothing that has another form', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[a-z]{2}$/i.test(text))
        expect(() => checkCountry(text)).toThrow(/no country/)
      }),
    )
  })

  it.each(['XX', 'ZZ', 'AA', 'QQ', 'EU', 'UN', 'XA', 'XB', 'EZ', 'QO'])('is not %s', (code) => {
    expect(() => checkCountry(code)).toThrow(/no country/)
  })

  it('is offered by its ISO code where people use another', () => {
    expect(() => checkCountry('UK')).toThrow(expect.objectContaining({suggestions: [expect.stringMatching(/GB/)]}))
  })
})
