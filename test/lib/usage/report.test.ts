import {describe, expect, it} from '@jest/globals'

import type {Account} from '../../../src/lib/twilio/accounts.js'
import type {Metering} from '../../../src/lib/usage/read.js'
import {type KindUsage, report, type SimCount, worstPercent} from '../../../src/lib/usage/report.js'
import {addonRecord} from '../../support/in-process-addon.js'

const account: Account = {
  sid: 'AC1',
  friendlyName: 'api',
  status: 'suspended',
  type: 'Full',
  ownerSid: 'AC0',
  authToken: 'token',
  createdAt: new Date(0),
}

/** What was used of a small plan, as the report has it. */
function reportOf(used: Partial<Metering['used']>, sims: Partial<SimCount> = {}, m2mSource?: string | null) {
  const metering: Metering = {
    month: {from: '2026-03-01', to: '2026-03-31'},
    asOf: new Date('2026-03-10T12:00:00Z'),
    used: {voice: 0, sms: 0, m2m: 0, ...used},
    ...(m2mSource !== undefined && {m2mSource}),
  }
  return report(addonRecord(), account, metering, {held: 0, onOrder: 0, ...sims})
}

const kindOf = (name: KindUsage['kind'], ...of: Parameters<typeof reportOf>) =>
  reportOf(...of).kinds.find(({kind}) => kind === name)

describe('the usage of an add-on against its plan', () => {
  it('is of the month and the subaccount that were read, kind by kind', () => {
    const read = reportOf({sms: 1500})
    expect(read).toMatchObject({
      appSpace: 'api-default',
      accountSid: 'AC1',
      accountStatus: 'suspended',
      month: '2026-03',
    })
    expect(read.kinds.map(({kind, used, included}) => [kind, used, included])).toEqual([
      ['voice', 0, 2500],
      ['sms', 1500, 3000],
      ['m2m', 0, 1000],
      ['sims', 0, 40],
    ])
    // Half of it after nine and a half days.
    expect(kindOf('sms', {sms: 1500})).toMatchObject({percent: 50, passesOn: '2026-03-20'})
  })

  it('is unknown where Twilio did not say, which is not 0 per cent', () => {
    const unknown = kindOf('voice', {voice: null})
    expect(unknown).toEqual({kind: 'voice', used: undefined, included: 2500, percent: undefined})
  })

  it('says who counted M2M messages, where that was not Twilio, and of no other kind', () => {
    expect(kindOf('m2m', {m2m: 10}, {}, 'KORE')).toMatchObject({used: 10, percent: 1, source: 'KORE'})
    expect(kindOf('m2m', {m2m: null}, {}, null)).toMatchObject({used: undefined, source: null})
    expect(kindOf('sms', {}, {}, 'KORE')).not.toHaveProperty('source')
    expect(kindOf('m2m', {})).not.toHaveProperty('source')
  })

  it('of SIM cards is those that are held and those on order; unknown where they were not counted', () => {
    expect(kindOf('sims', {}, {held: 5, onOrder: 3})).toMatchObject({used: 8, percent: 20, held: 5, onOrder: 3})
    expect(kindOf('sims', {}, {held: undefined, onOrder: 3})).toMatchObject({used: undefined, percent: undefined})
  })
})

it('the worst of an add-on is its highest percentage; what is unknown counts as nothing', () => {
  expect(worstPercent(reportOf({sms: 3300, voice: null}, {held: 40, onOrder: 0}))).toBe(110)
  expect(worstPercent(reportOf({voice: null, sms: null, m2m: null}, {held: undefined}))).toBe(0)
})
