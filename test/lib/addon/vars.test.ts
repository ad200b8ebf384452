import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {type AddonVars, missingVars, removals, restorations, varNames} from '../../../src/lib/addon/vars.js'
import type {ConfigChanges, ConfigVars} from '../../../src/lib/akkeris/config-vars.js'

const value = fc.constantFrom('ours', 'theirs', 'other', '[redacted]')
const vars = fc.dictionary(fc.constantFrom(...varNames, 'OTHER', 'TWILIO_OTHER'), value)
const ours: AddonVars = {TWILIO_SID: 'ours', TWILIO_AUTH_TOKEN: 'ours', TWILIO_PHONE_NUMBER: 'ours'}
const others = (all: ConfigVars) =>
  Object.entries(all).filter(([name]) => !(varNames as readonly string[]).includes(name))

/** As Akkeris does it: null removes, and removing what is not there is refused. */
function patch(before: ConfigVars, changes: ConfigChanges): ConfigVars {
  const after: Record<string, string> = {...before}
  for (const [name, changed] of Object.entries(changes)) {
    if (changed !== null) after[name] = changed
    else if (Object.hasOwn(after, name)) Reflect.deleteProperty(after, name)
    else throw new Error(`409: ${name} is not there`)
  }
  return after
}

describe('config vars', () => {
  it('are right after what is missing was written, and then nothing is missing', () => {
    fc.assert(
      fc.property(vars, (before) => {
        const after = patch(before, missingVars(before, ours))
        expect(missingVars(after, ours)).toEqual({})
        expect(others(after)).toEqual(others(before))
        expect(after.TWILIO_SID).toBe('ours')
        expect(after.TWILIO_PHONE_NUMBER).toBe('ours')
        expect(['ours', '[redacted]']).toContain(after.TWILIO_AUTH_TOKEN)
      }),
    )
  })

  it('of somebody else are never removed, ours all, and no removal is refused', () => {
    fc.assert(
      fc.property(vars, (before) => {
        const after = patch(before, removals(before, ours))
        expect(others(after)).toEqual(others(before))
        if (before.TWILIO_SID === 'ours') for (const name of varNames) expect(after[name]).toBeUndefined()
        else if (before.TWILIO_SID) expect(after).toEqual(before)
        else for (const name of varNames) expect(after[name]).not.toBe('ours')
      }),
    )
  })

  it('that were overwritten come back where they were readable, and no restoration is refused', () => {
    fc.assert(
      fc.property(vars, (before) => {
        fc.pre(before.TWILIO_SID !== 'ours')
        const now = patch(before, missingVars(before, ours))
        const after = patch(now, restorations(before, now, ours))
        expect(others(after)).toEqual(others(before))
        for (const name of varNames)
          if (before[name] !== '[redacted]') expect([name, after[name]]).toEqual([name, before[name]])
      }),
    )
  })

  it('whose tokens cannot be read keep those of others, and lose ours after it was written', () => {
    const shown = (all: ConfigVars): ConfigVars =>
      all.TWILIO_AUTH_TOKEN === undefined ? all : {...all, TWILIO_AUTH_TOKEN: '[redacted]'}
    const readable = fc.dictionary(fc.constantFrom(...varNames), fc.constantFrom('theirs', 'other'))
    // Akkeris applies a change key by key, and may refuse it or be cut off at any of them.
    fc.assert(
      fc.property(readable, fc.integer({min: 0, max: 3}), (before, applied) => {
        const writing = Object.entries(missingVars(shown(before), ours))
        const now = patch(before, Object.fromEntries(writing.slice(0, applied)))
        const after = patch(now, restorations(shown(before), shown(now), ours))
        for (const name of ['TWILIO_SID', 'TWILIO_PHONE_NUMBER'])
          expect([name, after[name]]).toEqual([name, before[name]])
        if (applied === 0) expect(after).toEqual(before)
        if (applied === 3) expect(after.TWILIO_AUTH_TOKEN).not.toBe('ours')
      }),
    )
  })
})
