import {describe, expect, it} from '@jest/globals'

import {deliveryErrors} from '../../../src/lib/twilio/delivery-errors.js'

const all = Object.entries(deliveryErrors())

/** What Twilio's test numbers are refused with (https://www.twilio.com/docs/iam/test-credentials). */
const ofTestNumbers = [21210, 21211, 21212, 21214, 21215, 21216, 21217, 21408, 21606, 21610, 21611, 21612, 21614]

describe('why messages and calls are refused or not delivered', () => {
  it.each(ofTestNumbers)('is known for %d, which Twilio documents for its test numbers', (code) => {
    expect(deliveryErrors()).toHaveProperty(String(code))
  })

  it.each(all)('is a sentence, a code for scripts and how to fix it: %s', (_, {code, message, suggestions}) => {
    expect(message).toMatch(/^[A-Z].*\.$/)
    expect(code).toMatch(/^[A-Z][A-Z_]+$/)
    expect(suggestions.length).toBeGreaterThan(0)
    for (const suggestion of suggestions) expect(suggestion).toMatch(/^[A-Z].*[a-zA-Z.)0-9]$/)
  })
})
