import {describe, expect, it} from '@jest/globals'

import {planNames} from '../../../src/lib/addon/plans.js'
import {includedIn, type Kind, meteredKinds, titleOf} from '../../../src/lib/usage/kinds.js'

describe('what a plan includes', () => {
  it.each<[Kind, string, readonly number[]]>([
    ['voice', 'Voice minutes', [2500, 5000, 10_000]],
    ['sms', 'SMS messages', [3000, 6000, 12_000]],
    ['m2m', 'M2M messages', [1000, 2000, 4000]],
    ['sims', 'SIM cards', [40, 80, 160]],
  ])('of %s, which are %s, is %j', (kind, title, included) => {
    expect(planNames.map((plan) => includedIn(plan, kind))).toEqual(included)
    expect(titleOf(kind)).toBe(title)
  })

  it('is used up by the month, except for SIM cards', () => {
    expect(meteredKinds).not.toContain('sims')
  })
})
