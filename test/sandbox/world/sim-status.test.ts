import {describe, expect, it} from '@jest/globals'

import type {ESimProfile, SuperSim, WirelessSim} from '../../../src/sandbox/state/types/sims.js'
import {newSuperSim, newWirelessSim} from '../../../src/sandbox/world/sim-cards.js'
import {eSimStatus, isConnected, superSimStatus, wirelessSimStatus} from '../../../src/sandbox/world/sim-status.js'

const HOUR_MS = 3_600_000
const superSim = (status: SuperSim['status']): SuperSim => ({...newSuperSim('a'.repeat(32), 'AC1', 0), status})
const wirelessSim = (status: WirelessSim['status']): WirelessSim => ({
  ...newWirelessSim('a'.repeat(32), 'AC1', 0, {}),
  status,
})

it('a new SIM is new from the start', () => {
  expect(superSimStatus(superSim('new'), 0)).toEqual({status: 'new', since: 0})
  expect(wirelessSimStatus(wirelessSim('new'), 0)).toEqual({status: 'new', since: 0})
})

it.each(['ready', 'active', 'inactive'] as const)('a Super SIM is scheduled before it is %s', (status) => {
  expect([399, 400].map((ms) => superSimStatus(superSim(status), ms))).toEqual([
    {status: 'scheduled', since: 0},
    {status, since: 400},
  ])
})

it.each(['ready', 'active', 'suspended', 'deactivated'] as const)(
  'a wireless SIM is updating before it is %s',
  (status) => {
    expect([399, 400].map((ms) => wirelessSimStatus(wirelessSim(status), ms).status)).toEqual(['updating', status])
  },
)

it('a wireless SIM is canceled 72 hours after it was deactivated', () => {
  const sim = wirelessSim('deactivated')
  expect([72 * HOUR_MS - 1, 72 * HOUR_MS].map((ms) => wirelessSimStatus(sim, ms).status)).toEqual([
    'deactivated',
    'canceled',
  ])
  expect(wirelessSimStatus(wirelessSim('suspended'), 100 * HOUR_MS).status).toBe('suspended')
})

it('a SIM is connected while it is ready or active, and not while that is under way', () => {
  const statuses = ['new', 'scheduled', 'ready', 'active', 'inactive', 'updating', 'suspended', 'canceled'] as const
  expect(statuses.filter((status) => isConnected({status, since: 0}))).toEqual(['ready', 'active'])
})

describe('an eSIM profile', () => {
  it.each([
    ['HS1', 'available'],
    [null, 'failed'],
  ])('with the SIM %s ends as %s', (simSid, end) => {
    const profile: ESimProfile = {sid: 'HP1', accountSid: 'AC1', createdAt: 0, eid: null, matchingId: null, simSid}
    expect([0, 299, 300, 799, 800].map((ms) => eSimStatus(profile, ms).status)).toEqual([
      'new',
      'new',
      'reserving',
      'reserving',
      end,
    ])
  })
})
