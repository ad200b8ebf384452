import {describe, expect, it} from '@jest/globals'
import {Chalk} from 'chalk'
import fc from 'fast-check'

import {renderUsage} from '../../../../src/cli/output/twilio/usage.js'
import {type PlanName, planNames} from '../../../../src/lib/addon/plans.js'
import type {AddonRecord} from '../../../../src/lib/addon/record.js'
import {addDays, periodOf} from '../../../../src/lib/days.js'
import {appUsage} from '../../../../src/lib/usage/document.js'
import {report, type SimCount} from '../../../../src/lib/usage/report.js'

const plain = new Chalk({level: 0})
const march = periodOf('2026-03-01', 'month')
const account = {
  sid: `AC${'0'.repeat(32)}`,
  friendlyName: '',
  status: 'active',
  type: 'Full',
  ownerSid: '',
  authToken: '',
  createdAt: new Date(0),
} as const

function addon(plan: PlanName): AddonRecord {
  return {
    v: 1,
    nonce: '',
    appSpace: 'api-default',
    host: 'example.com',
    plan,
    state: 'ready',
    intent: {operation: 'destroy', keepNumber: false},
    reservations: [],
    createdAt: '2026-01-01T00:00:00Z',
  }
}

function reported(
  used: {voice: number; sms: number; m2m: number},
  {plan = 'small', sims = {held: 12, onOrder: 5}}: {plan?: PlanName; sims?: SimCount} = {},
) {
  return appUsage(report(addon(plan), account, {month: march, used, asOf: new Date('2026-03-10T12:00:00Z')}, sims))
}

describe('usage for a person', () => {
  it('has a bar, used / included, a percentage and the day of passing for each kind', () => {
    expect(renderUsage(reported({voice: 1050, sms: 1501, m2m: 1203}), plain)).toBe(
      `api-default  twilio:small
March 2026, as of 2026-03-10 12:00 UTC

  Voice minutes  ████████░░░░░░░░░░░░░  1,050 / 2,500   42%  over on 23 Mar
  SMS messages   ██████████░░░░░░░░░░░  1,501 / 3,000   50%  over on 19 Mar
  M2M messages   █████████████████████  1,203 / 1,000  120%  over by 203
  SIM cards      ████████░░░░░░░░░░░░░     17 /    40   42%  12 held, 5 on order`,
    )
  })

  it('says what is exactly used up, what will last, and what could not be counted', () => {
    expect(
      renderUsage(
        reported({voice: 0, sms: 6000, m2m: 1}, {plan: 'medium', sims: {held: undefined, onOrder: 2}}),
        plain,
      ),
    ).toBe(
      `api-default  twilio:medium
March 2026, as of 2026-03-10 12:00 UTC

  Voice minutes  ░░░░░░░░░░░░░░░░░      0 / 5,000    0%
  SMS messages   █████████████████  6,000 / 6,000  100%  limit reached
  M2M messages   █░░░░░░░░░░░░░░░░      1 / 2,000    0%
  SIM cards                             ? /    80     –  not counted, 2 on order`,
    )
  })

  it('shows the days of the month so far, with the highest of each kind', () => {
    const daily = Array.from({length: 10}, (_, index) => ({
      day: addDays(march.from, index),
      voice: index * 10,
      sms: index === 4 ? 3 : 0,
      m2m: 0,
    }))
    const lines = renderUsage({...reported({voice: 450, sms: 3, m2m: 0}), daily}, plain).split('\n')
    expect(lines.slice(-4)).toEqual([
      '  Day by day     1   5    10',
      '  Voice minutes  ·▁▂▃▄▅▆▇██                       most on 10 Mar: 90',
      '  SMS messages   ····█·····                       most on 5 Mar: 3',
      '  M2M messages   ··········',
    ])
  })

  it('fits into 80 columns, up to ten million of each', () => {
    const amount = fc.oneof(fc.integer({min: 0, max: 20_000}), fc.integer({min: 0, max: 9_999_999}))
    const sims = fc.record({held: fc.option(fc.nat(160), {nil: undefined}), onOrder: fc.nat(160)})
    fc.assert(
      fc.property(fc.constantFrom(...planNames), amount, amount, amount, sims, (plan, voice, sms, m2m, count) => {
        for (const line of renderUsage(reported({voice, sms, m2m}, {plan, sims: count}), plain)
          .split('\n')
          .slice(1)) {
          expect(line.length).toBeLessThanOrEqual(80)
          expect(line).not.toMatch(/undefined|NaN| $/)
        }
      }),
    )
  })

  it('is green below 80%, yellow from there and red from 100% on', () => {
    const coloured = renderUsage(reported({voice: 1999, sms: 2400, m2m: 1000}), new Chalk({level: 1}))
    const of = (title: string) => coloured.split('\n').find((line) => line.includes(title))
    expect(of('Voice')).toContain('\u001B[32m')
    expect(of('SMS')).toContain('\u001B[33m')
    expect(of('M2M')).toContain('\u001B[31m')
  })
})
