import {describe, expect, it} from '@jest/globals'

import type {State, StoredState} from '../../../src/sandbox/state/state.js'
import type {IncomingNumber} from '../../../src/sandbox/state/types/numbers.js'
import {initialState, upgradeState} from '../../../src/sandbox/world/initial-state.js'
import {NOW} from '../state-support.js'

describe('a new state', () => {
  it('is the same for the same seed and time, and another one for another seed', () => {
    expect(initialState('a', NOW, {})).toEqual(initialState('a', NOW, {}))
    const [one, other] = [initialState('a', NOW, {}), initialState('b', NOW, {})]
    expect(one.mainAccountSid).not.toBe(other.mainAccountSid)
    expect(one.superSims.map(({iccid}) => iccid)).not.toEqual(other.superSims.map(({iccid}) => iccid))
  })

  it('has a main account with keys, an address, a bundle and four SIM cards', () => {
    const {mainAccountSid, accounts, keys, addresses, bundles, superSims} = initialState('a', NOW, {})
    expect(accounts.map(({sid, ownerAccountSid}) => [sid, ownerAccountSid])).toEqual([[mainAccountSid, mainAccountSid]])
    expect(keys.map(({type}) => type)).toEqual(['Main', 'Standard'])
    const owned = [...keys, ...addresses, ...bundles, ...superSims]
    expect([owned.length, new Set(owned.map(({accountSid}) => accountSid))]).toEqual([8, new Set([mainAccountSid])])
  })

  it('can be of a trial or of a suspended account, with a limit of subaccounts', () => {
    const {accounts, subaccountLimit} = initialState('a', NOW, {type: 'Trial', status: 'suspended', subaccountLimit: 2})
    expect([accounts[0]?.type, accounts[0]?.status, subaccountLimit]).toEqual(['Trial', 'suspended', 2])
  })
})

describe('the state of an older version', () => {
  const older = (): StoredState => {
    const {superSims, fleets, usage, usageTriggers, rentals, secondaryTokens, rollouts, ...stored} = JSON.parse(
      JSON.stringify(initialState('a', NOW, {})),
    ) as State
    return stored
  }

  it('gets what it lacks, in place, as it is at the start', () => {
    const stored = older()
    const upgraded = upgradeState(stored)
    expect(upgraded).toBe(stored)
    expect(upgraded).toEqual(initialState('a', NOW, {}))
  })

  it('keeps what it has, in its order', () => {
    const stored = {...older(), fleets: [], counter: 7}
    const keys = Object.keys(stored)
    const upgraded = upgradeState(stored)
    expect(upgraded.counter).toBe(7)
    expect(Object.keys(upgraded).slice(0, keys.length)).toEqual(keys)
  })

  it('gets the rent of the numbers that are held', () => {
    const number = {sid: 'PN1', accountSid: 'AC1', phoneNumber: '+18015550100', createdAt: NOW} as IncomingNumber
    expect(upgradeState({...older(), incomingNumbers: [number]}).rentals).toEqual([
      {accountSid: 'AC1', numberSid: 'PN1', monthlyPrice: 1.15, boughtAt: NOW, monthsPaid: 0, until: null},
    ])
  })

  it('is left alone when it lacks nothing', () => {
    const state = initialState('a', NOW, {})
    const text = JSON.stringify(state)
    expect(JSON.stringify(upgradeState(state))).toBe(text)
  })
})
