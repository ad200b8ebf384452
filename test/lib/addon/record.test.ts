import {describe, expect, it} from '@jest/globals'

import {subaccountName} from '../../../src/lib/addon/record.js'

const name = (changes = {}) =>
  subaccountName({registry: 'aka-twilio', host: 'apps.example.com', appSpace: 'api-default', ...changes})

describe('the name of a subaccount', () => {
  it('begins with the app-space, and is no longer than Twilio takes', () => {
    expect(name()).toMatch(/^api-default aka-twilio [0-9a-f]{16}$/)
    expect(name({appSpace: `${'a'.repeat(60)}-${'b'.repeat(60)}`}).length).toBeLessThanOrEqual(64)
  })

  it('is the same on every machine, and another for each registry, host and app-space', () => {
    expect(name()).toBe(name())
    const long = 'a'.repeat(40)
    const others = [
      {registry: 'other'},
      {host: 'other.example.com'},
      {appSpace: 'api-prod'},
      {appSpace: `${long}-x`},
      {appSpace: `${long}-y`},
      // What belongs to which part counts, not the letters alone.
      {registry: 'aka-twilio-a', host: 'pps.example.com'},
    ]
    expect(new Set([name(), ...others.map(name)]).size).toBe(1 + others.length)
  })
})
