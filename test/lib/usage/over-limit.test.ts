import {describe, expect, it} from '@jest/globals'

import type {PlanName} from '../../../src/lib/addon/plans.js'
import {includedIn, type Kind} from '../../../src/lib/usage/kinds.js'
import {overLimitFailures, overLimits, unknownUsage, type UsageLimits} from '../../../src/lib/usage/over-limit.js'
import {percentOf} from '../../../src/lib/usage/project.js'
import type {UsageReport} from '../../../src/lib/usage/report.js'

/** What an add-on used, of each kind that the test is about. */
function report(used: Partial<Record<Kind, number | undefined>>, plan: PlanName = 'small', appSpace = 'api-default') {
  const kinds = (Object.keys(used) as Kind[]).map((kind) => {
    const [amount, included] = [used[kind], includedIn(plan, kind)]
    return {kind, used: amount, included, percent: amount === undefined ? undefined : percentOf(amount, included)}
  })
  return {appSpace, plan, kinds} as unknown as UsageReport
}

const failureOf = (reports: readonly UsageReport[], failAt = 80) =>
  overLimitFailures({failAt, overLimit: overLimits(reports, {failAt})})[0]

describe('a limit', () => {
  it('is reached by exactly that percentage, not by what only rounds to it', () => {
    const reached = (sms: number, failAt: number) => overLimits([report({sms})], {failAt}).length
    expect([reached(2399, 80), reached(2400, 80), reached(3000, 100), reached(2999, 100)]).toEqual([0, 1, 1, 0])
    // 33.333… per cent: cut to two decimals it would be less than a third.
    expect(reached(1000, 33.333)).toBe(1)
  })

  it('is not reached by what was not counted, nor is there one where none was given', () => {
    expect(overLimits([report({sms: undefined, sims: undefined})], {failAt: 0})).toEqual([])
    const overLimit = overLimits([report({sms: 3000})], {failAt: 80})
    expect(overLimitFailures({overLimit})).toEqual([])
    expect(overLimitFailures({failAt: 80, overLimit: []})).toEqual([])
  })
})

describe('a limit that is reached', () => {
  it('is exit 3, and names what was used of what, and the larger plan', () => {
    const failure = failureOf([report({voice: 10, sms: 2999})])
    expect(failure).toMatchObject({
      code: 'USAGE_LIMIT_EXCEEDED',
      exitCode: 3,
      message: '80% of the plan is reached: api-default SMS messages 99% (2,999 of 3,000).',
      suggestions: [
        expect.stringContaining('aka addons:upgrade twilio:medium -a api-default'),
        expect.stringContaining('aka twilio:suspend -a api-default'),
      ],
    })
  })

  it('suggests a plan that includes more than all of what was used, and none where no plan does', () => {
    const upgrades = (used: Partial<Record<Kind, number>>, plan?: PlanName) =>
      failureOf([report(used, plan)])?.suggestions.filter((each) => each.includes('upgrade'))
    expect(upgrades({sms: 3000, m2m: 2000})).toEqual([expect.stringContaining('twilio:large')])
    expect(upgrades({sms: 12_000})).toEqual([])
    expect(upgrades({sms: 12_000}, 'large')).toEqual([])
  })

  it('of SIM cards alone is nothing to be suspended for', () => {
    expect(failureOf([report({sims: 40})])?.suggestions.join()).not.toContain('suspend')
  })

  it('by several add-ons names the first five, and how to look at each', () => {
    const reports = Array.from({length: 7}, (_, at) => report({sms: 3000}, 'small', `app-${at}`))
    const {message = '', suggestions = []} = failureOf(reports) ?? {}
    expect(message).toMatch(/app-4 [^;]*; and 2 more\.$/)
    expect(message).not.toContain('app-5')
    expect(suggestions).toEqual([
      expect.stringContaining('aka twilio:usage -a app-0'),
      expect.stringContaining('aka twilio:suspend -a app-0'),
    ])
  })
})

describe('usage that Twilio does not say', () => {
  it('is a failure where a limit was asked about: it may be reached', () => {
    expect(unknownUsage([report({voice: 1, sms: undefined})], {failAt: 80})).toMatchObject([
      {code: 'USAGE_UNKNOWN', exitCode: 7, message: expect.stringContaining('api-default (SMS messages)')},
    ])
  })

  it('is none where no limit was asked about, or only SIM cards were not counted', () => {
    expect(unknownUsage([report({sms: undefined})], {})).toEqual([])
    expect(unknownUsage([report({sms: 1, sims: undefined})], {failAt: 80})).toEqual([])
  })

  it('leads to Twilio’s status page only where Twilio is who did not say', () => {
    const [messages] = report({m2m: undefined}).kinds
    const ofKore = {...report({sms: 1}), kinds: messages ? [{...messages, source: null}] : []}
    expect(unknownUsage([ofKore], {failAt: 80})[0]?.suggestions.join()).not.toContain('twilio.com')
    expect(unknownUsage([ofKore, report({sms: undefined})], {failAt: 80})[0]?.suggestions.join()).toContain(
      'status.twilio.com',
    )
  })

  it('names five add-ons at most', () => {
    const reports = Array.from({length: 6}, (_, at) => report({sms: undefined}, 'small', `app-${at}`))
    expect(unknownUsage(reports, {failAt: 80})[0]?.message).toMatch(/app-4 \(SMS messages\) and 1 more:/)
  })
})

describe('limits of their own', () => {
  it('hold for one metric each, beside that of all', () => {
    const reached = (limits: UsageLimits) =>
      overLimits([report({voice: 2000, sms: 2700})], limits).map(({kind}) => kind)
    expect(reached({failAtMetrics: {sms: 90}})).toEqual(['sms'])
    expect(reached({failAtMetrics: {sms: 91}})).toEqual([])
    expect(reached({failAt: 80, failAtMetrics: {sms: 91}})).toEqual(['voice'])
  })

  it('make unknown only what they are about', () => {
    const unknown = (limits: UsageLimits) => unknownUsage([report({voice: undefined, sms: 1})], limits).length
    expect([
      unknown({failAtMetrics: {sms: 90}}),
      unknown({failAtMetrics: {voice: 90}}),
      unknown({failAtForecast: 1}),
    ]).toEqual([0, 1, 1])
  })

  it('are reached by the forecast alone, and say so', () => {
    const {kinds, ...rest} = report({sms: 1500})
    const growing = {...rest, kinds: kinds.map((each) => ({...each, forecast: 120.5}))}
    const limits = {failAtForecast: 120}
    const overLimit = overLimits([growing], limits)
    expect(overLimit).toMatchObject([{percent: 50, forecastPercent: 120.5}])
    expect(overLimitFailures({...limits, overLimit})[0]?.message).toBe(
      'A limit is reached: api-default SMS messages 50% (1,500 of 3,000), 120% by the end of the month at this pace.',
    )
    expect(overLimits([growing], {failAtForecast: 121})).toEqual([])
  })
})
