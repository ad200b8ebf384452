import {describe, expect, it} from '@jest/globals'

import type {UsageTrigger} from '../../../src/sandbox/state/types/usage.js'
import {currentValue, firedAt} from '../../../src/sandbox/world/usage-triggers.js'
import {exampleState} from '../state-support.js'

const NOW = Date.parse('2026-03-10T12:00:00Z')

function example(usage: Readonly<Record<string, number>>, fields: Partial<UsageTrigger> = {}) {
  const {state, sub} = exampleState()
  for (const [day, amount] of Object.entries(usage))
    state.usage.push({accountSid: sub.sid, category: 'sms', day, count: 1, usage: amount, price: amount / 100})
  const trigger: UsageTrigger = {
    sid: 'UT1',
    accountSid: sub.sid,
    friendlyName: null,
    usageCategory: 'sms',
    triggerBy: 'usage',
    triggerValue: 80,
    recurring: 'monthly',
    settings: {},
    createdAt: Date.parse('2026-01-30T12:00:00Z'),
    updatedAt: 0,
    ...fields,
  }
  return {moment: {state, now: NOW}, trigger}
}

describe('the current value', () => {
  const usage = {'2026-03-10': 1, '2026-03-01': 2, '2026-02-28': 4, '2025-12-31': 8}
  it.each([
    ['daily', 1],
    ['monthly', 3],
    ['yearly', 7],
    ['alltime', 15],
  ] as const)('of a trigger that recurs %s is %s', (recurring, value) => {
    const {moment, trigger} = example(usage, {recurring})
    expect(currentValue(moment, trigger)).toBe(value)
  })

  it.each([
    ['count', 2],
    ['usage', 3],
    ['price', 0.03],
  ] as const)('by %s is %s', (triggerBy, value) => {
    const {moment, trigger} = example(usage, {triggerBy})
    expect(currentValue(moment, trigger)).toBe(value)
  })
})

describe('a trigger fires', () => {
  const fired = (usage: Readonly<Record<string, number>>, fields: Partial<UsageTrigger> = {}) => {
    const {moment, trigger} = example(usage, fields)
    const time = firedAt(moment, trigger)
    return time === undefined ? undefined : new Date(time).toISOString()
  }

  it('on the day on which the value is reached', () => {
    expect(fired({'2026-03-01': 79})).toBe(undefined)
    expect(fired({'2026-03-01': 79, '2026-03-05': 1, '2026-03-06': 50})).toBe('2026-03-05T00:00:00.000Z')
  })

  it('in every period again', () => {
    expect(fired({'2026-02-01': 90, '2026-03-05': 90})).toBe('2026-03-05T00:00:00.000Z')
    expect(fired({'2026-02-01': 90, '2026-03-05': 50})).toBe('2026-02-01T00:00:00.000Z')
    expect(fired({'2026-02-01': 90, '2026-03-05': 90}, {recurring: 'alltime'})).toBe('2026-02-01T00:00:00.000Z')
  })

  it('not before it existed: at once, when the value was reached earlier in the period, and not for older periods', () => {
    expect(fired({'2026-01-10': 90})).toBe('2026-01-30T12:00:00.000Z')
    expect(fired({'2025-12-10': 90})).toBe(undefined)
  })
})
