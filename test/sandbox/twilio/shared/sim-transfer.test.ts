import {describe, expect, it} from '@jest/globals'

import type {Caller} from '../../../../src/sandbox/http/auth.js'
import {invalidParameter} from '../../../../src/sandbox/http/errors.js'
import {accountAfterUpdate, findSimToUpdate} from '../../../../src/sandbox/twilio/shared/sim-transfer.js'
import {newSuperSim} from '../../../../src/sandbox/world/sim-cards.js'
import {contextOf, exampleState} from '../../state-support.js'

/** A SIM of the subaccount's. */
function world() {
  const example = exampleState()
  const sim = {...newSuperSim('a'.repeat(32), example.sub.sid, 0), uniqueName: 'tracker'}
  const find = (caller: Caller, form = '', name = sim.sid) =>
    findSimToUpdate(contextOf(example, {caller, form, params: {Sid: name}}), [sim])
  const target = (caller: Caller, accountSid: string) =>
    accountAfterUpdate(contextOf(example, {caller, form: `AccountSid=${accountSid}`}), sim, invalidParameter)
  return {...example, sim, find, target}
}

describe('the SIM to update', () => {
  it('is one of the caller’s, by SID or unique name', () => {
    const {sim, sub, find} = world()
    const caller: Caller = {account: sub, kind: 'token'}
    expect([find(caller), find(caller, '', 'tracker'), find(caller, '', 'other')]).toEqual([sim, sim, undefined])
  })

  it('may be a subaccount’s when the main account transfers it, with its token and by SID', () => {
    const {sim, main, sub, find} = world()
    const transfer = `AccountSid=${main.sid}`
    expect(find({account: main, kind: 'token'}, transfer)).toBe(sim)
    expect(find({account: main, kind: 'token'})).toBe(undefined)
    expect(find({account: main, kind: 'main-key'}, transfer)).toBe(undefined)
    expect(find({account: main, kind: 'token'}, transfer, 'tracker')).toBe(undefined)
    sub.status = 'closed'
    expect(find({account: main, kind: 'token'}, transfer)).toBe(undefined)
  })
})

describe('a transfer', () => {
  it('is to the main account and back, while the SIM is new', () => {
    const {sim, main, sub, target} = world()
    const caller: Caller = {account: main, kind: 'token'}
    expect([target(caller, main.sid), target(caller, sub.sid), target(caller, '')]).toEqual([
      main.sid,
      sub.sid,
      sub.sid,
    ])
    sim.status = 'ready'
    expect(() => target(caller, main.sid)).toThrow(expect.objectContaining({code: 20422}))
    expect(target(caller, sub.sid)).toBe(sub.sid)
  })

  it('is refused to keys, to accounts of others and to accounts that are not active', () => {
    const {main, sub, target} = world()
    expect(() => target({account: main, kind: 'main-key'}, main.sid)).toThrow(expect.objectContaining({code: 20003}))
    expect(() => target({account: main, kind: 'token'}, 'AC0')).toThrow(expect.objectContaining({code: 20422}))
    expect(() => target({account: sub, kind: 'token'}, main.sid)).toThrow(expect.objectContaining({code: 20422}))
    main.status = 'suspended'
    expect(() => target({account: main, kind: 'token'}, main.sid)).toThrow(expect.objectContaining({code: 20005}))
  })
})
