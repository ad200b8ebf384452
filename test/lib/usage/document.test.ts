import {describe, expect, it} from '@jest/globals'

import {temporary} from '../../../src/lib/errors.js'
import {reportFleetUsage, reportUsage} from '../../../src/lib/usage/document.js'
import type {UsageLimits} from '../../../src/lib/usage/over-limit.js'
import type {KindUsage, UsageReport} from '../../../src/lib/usage/report.js'
import {addonRecord} from '../../support/in-process-addon.js'

const kinds: readonly KindUsage[] = [
  {kind: 'voice', used: undefined, included: 2500, percent: undefined},
  {kind: 'sms', used: 3000, included: 3000, percent: 100, passesOn: '2026-03-20'},
  {kind: 'm2m', used: 0, included: 1000, percent: 0},
  {kind: 'sims', used: 7, included: 40, percent: 17.5, held: 5, onOrder: 2},
]
const report: UsageReport = {
  appSpace: 'api-default',
  host: 'apps.sandbox.invalid',
  plan: 'small',
  accountSid: 'AC1',
  accountStatus: 'active',
  month: '2026-03',
  from: '2026-03-01',
  to: '2026-03-31',
  asOf: new Date('2026-03-10T12:00:00Z'),
  kinds,
}

describe('the document of usage', () => {
  it('tells what is unknown by null, and nothing by 0', () => {
    expect(reportUsage(report, {}).document).toEqual({
      ...report,
      asOf: '2026-03-10T12:00:00.000Z',
      kinds: [
        {kind: 'voice', used: null, included: 2500, percent: null, passesLimitOn: null, forecastPercent: null},
        {kind: 'sms', used: 3000, included: 3000, percent: 100, passesLimitOn: '2026-03-20', forecastPercent: null},
        {kind: 'm2m', used: 0, included: 1000, percent: 0, passesLimitOn: null, forecastPercent: null},
        {kind: 'sims', used: 7, included: 40, percent: 17.5, held: 5, onOrder: 2},
      ],
    })
  })

  it('has SIM cards that were not counted as unknown, with those on order', () => {
    const sims: KindUsage = {
      kind: 'sims',
      used: undefined,
      included: 40,
      percent: undefined,
      held: undefined,
      onOrder: 2,
    }
    expect(reportUsage({...report, kinds: [sims]}, {}).document.kinds).toEqual([
      {kind: 'sims', used: null, included: 40, percent: null, held: null, onOrder: 2},
    ])
  })

  it('has the days only where they were asked for', () => {
    expect(reportUsage(report, {}).document).not.toHaveProperty('daily')
    const days = [{day: '2026-03-01', voice: 1, sms: null, m2m: 0}] as const
    expect(reportUsage({...report, days}, {}).document).toMatchObject({daily: days})
  })

  it('says what reaches --fail-at, and that what is unknown may; without it nothing fails', () => {
    expect(reportUsage(report, {})).toMatchObject({failures: []})
    expect(reportUsage(report, {}).document).not.toHaveProperty('overLimit')
    const {document, failures} = reportUsage(report, {failAt: 80})
    expect(document).toMatchObject({failAt: 80, overLimit: [{appSpace: 'api-default', kind: 'sms', used: 3000}]})
    expect(failures.map(({code}) => code)).toEqual(['USAGE_UNKNOWN', 'USAGE_LIMIT_EXCEEDED'])
    expect(reportUsage({...report, kinds: []}, {failAt: 80}).document).toMatchObject({overLimit: []})
  })
})

describe('the document of all usage', () => {
  const failure = temporary('TWILIO_RESPONSE_INVALID', 'Twilio gave an odd answer.')
  const fleet = {
    entries: [
      {record: addonRecord(), report, failure: undefined},
      {record: addonRecord({appSpace: 'odd-default'}), report: undefined, failure},
      {record: addonRecord({appSpace: 'new-default', state: 'provisioning'}), report: undefined, failure: undefined},
    ],
    unknown: ['from-the-future'],
  }

  it('leaves out no add-on: one that could not be read has its reason, one without a subaccount has none', () => {
    const {addons, leftOut} = reportFleetUsage(fleet, {}).document
    expect(addons).toMatchObject([
      {appSpace: 'api-default', error: null, month: '2026-03'},
      {appSpace: 'odd-default', kinds: [], error: {code: 'TWILIO_RESPONSE_INVALID', exitCode: 7}},
      {appSpace: 'new-default', kinds: [], error: null, state: 'provisioning'},
    ])
    expect(leftOut).toEqual(['from-the-future'])
  })

  it('has with --over-only those that reach a limit alone, and fails for the others all the same', () => {
    const over = (limits: UsageLimits) => {
      const {document, failures} = reportFleetUsage(fleet, limits, {overOnly: true})
      expect(failures.map(({code}) => code)).toContain('ADDONS_NOT_READ')
      return document.addons.map(({appSpace}) => appSpace)
    }
    expect(over({})).toEqual(['api-default'])
    expect(over({failAtMetrics: {sms: 100}})).toEqual(['api-default'])
    expect(over({failAt: 101})).toEqual([])
  })

  it('fails for those that could not be read, with or without --fail-at', () => {
    const codes = (failAt?: number) =>
      reportFleetUsage(fleet, failAt === undefined ? {} : {failAt}).failures.map(({exitCode}) => exitCode)
    expect(codes()).toEqual([7])
    expect(codes(80)).toEqual([7, 7, 3])
  })
})
