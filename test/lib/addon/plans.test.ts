import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {checkService, parsePlan, planNames, plans} from '../../../src/lib/addon/plans.js'
import {calledAs, isAbout} from '../../../src/lib/command-line.js'
import {Failure} from '../../../src/lib/errors.js'

const failure = (work: () => unknown): Failure => {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('plans', () => {
  it('are the three of the price list, each the double of the one before', () => {
    expect(planNames.map((name) => parsePlan(`twilio:${name}`))).toEqual(['small', 'medium', 'large'])
    expect(planNames.map(parsePlan)).toEqual(['small', 'medium', 'large'])
    const {small, medium, large} = plans
    for (const [less, more] of [
      [small, medium],
      [medium, large],
    ] as const) {
      expect(more.pricePerMonth).toBe(2 * less.pricePerMonth)
      expect(more.voiceMinutesPerMonth).toBe(2 * less.voiceMinutesPerMonth)
      expect(more.smsPerMonth).toBe(2 * less.smsPerMonth)
      expect(more.m2mPerMonth).toBe(2 * less.m2mPerMonth)
      expect(more.simLimit).toBe(2 * less.simLimit)
    }
  })

  it('refuses every other text as a usage error that names a plan there is', () => {
    const known: string[] = planNames.flatMap((name) => [name, `twilio:${name}`])
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'twilio:toString')), (text) => {
        fc.pre(!known.includes(text) && !/^(sendgrid|e?mail)(:|$)/i.test(text))
        const {outcome, suggestions} = failure(() => parsePlan(text))
        expect(outcome).toBe('usage')
        expect(known.some((plan) => suggestions.join().includes(plan))).toBe(true)
      }),
    )
  })

  it.each([
    ['twilio:smal', 'twilio:small'],
    ['twilio:lrage', 'twilio:large'],
    ['medum', 'twilio:medium'],
    ['TWILIO:LARGE', 'twilio:large'],
    ['twilio:Medium', 'twilio:medium'],
  ])('names the nearest plan: %s is probably %s', (text, nearest) => {
    expect(failure(() => parsePlan(text)).suggestions.join()).toContain(nearest)
  })

  it('explains that email is not included wherever somebody looks for it', () => {
    for (const text of ['sendgrid', 'sendgrid:starter', 'SendGrid:free', 'email', 'email:small']) {
      expect(failure(() => parsePlan(text)).message).toMatch(/email.*not part/i)
      expect(failure(() => checkService(text)).message).toMatch(/email.*not part/i)
    }
  })

  it('that are not ours are refused with a command for the app-space of the run, where that is known', () => {
    const told = () => failure(() => parsePlan('sendgrid:starter')).suggestions.join()
    expect(told()).toContain('-a APP-SPACE')
    isAbout('api-default')
    expect(told()).toContain('-a api-default')
    calledAs({program: 'aka', sandbox: false})
  })
})
