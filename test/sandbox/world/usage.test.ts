import {describe, expect, it} from '@jest/globals'

import type {Call, Message} from '../../../src/sandbox/state/types/messaging.js'
import type {UsageEntry} from '../../../src/sandbox/state/types/usage.js'
import {totalOf, usageOf} from '../../../src/sandbox/world/usage.js'
import {exampleState, NOW} from '../state-support.js'

const entry = (accountSid: string, fields: Partial<UsageEntry> = {}): UsageEntry => ({
  accountSid,
  category: 'sms-outbound',
  day: '2026-03-10',
  count: 1,
  usage: 2,
  price: 0.5,
  ...fields,
})
const MARCH = {from: '2026-03-01', to: '2026-03-31'}

describe('the usage of an account', () => {
  it('is what was done and what a tester added', () => {
    const {state, main} = exampleState()
    const done = {sid: '', accountSid: main.sid, to: '+14155550100', createdAt: NOW, updatedAt: NOW}
    state.messages.push({...done, body: 'hello', mediaCount: 0} as Message)
    state.calls.push({...done} as Call)
    state.smsCommands.push({...done, simSid: '', direction: 'to_sim', payload: 'x', reachable: true})
    state.usage.push(entry(main.sid, {category: 'mms'}))
    const categories = (now: number) => usageOf(state, main, now).map(({category}) => category)
    expect(categories(NOW)).toEqual(['mms', 'sms-outbound', 'wireless-super-sim-smscommands'])
    // Once the call has ended.
    expect(categories(NOW + 3000)).toContain('calls-outbound')
  })

  it('includes its subaccounts, if it is the main account, unless they are left out', () => {
    const {state, main, sub} = exampleState()
    state.usage.push(entry(main.sid, {usage: 1}), entry(sub.sid, {usage: 10}))
    const usage = (...[account, options]: [typeof main, {includeSubaccounts?: boolean}?]) =>
      totalOf(usageOf(state, account, NOW, options), 'sms', MARCH).usage
    expect([usage(main), usage(main, {includeSubaccounts: false}), usage(sub)]).toEqual([11, 1, 10])
  })

  it('leaves out days to come', () => {
    const {state, main} = exampleState()
    state.usage.push(entry(main.sid, {day: '2026-03-11'}))
    expect(usageOf(state, main, NOW)).toEqual([])
  })
})

describe('a total', () => {
  const entries = [
    entry('AC1', {day: '2026-02-28'}),
    entry('AC1', {day: '2026-03-01'}),
    entry('AC1', {day: '2026-03-31', category: 'sms-inbound'}),
    entry('AC1', {day: '2026-04-01'}),
    entry('AC1', {category: 'phonenumbers', price: 1.15}),
  ]

  it('is of one category, with its parts, in one period', () => {
    expect(totalOf(entries, 'sms', MARCH)).toEqual({count: 2, usage: 4, price: 1})
    expect(totalOf(entries, 'sms-outbound', MARCH)).toEqual({count: 1, usage: 2, price: 0.5})
    expect(totalOf(entries, 'calls', MARCH)).toEqual({count: 0, usage: 0, price: 0})
  })

  it('of the total price is the price of everything', () => {
    expect(totalOf(entries, 'totalprice', MARCH)).toEqual({count: 0, usage: 2.15, price: 2.15})
  })
})
