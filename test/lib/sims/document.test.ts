import {describe, expect, it} from '@jest/globals'

import {refused} from '../../../src/lib/errors.js'
import {rememberSecret} from '../../../src/lib/secrets.js'
import {
  cardsRegisteredDocument,
  simMessageDocument,
  simsActivatedDocument,
  simsDeactivatedDocument,
  simsDocument,
} from '../../../src/lib/sims/document.js'
import type {Registered} from '../../../src/lib/sims/register.js'
import {addonRecord} from '../../support/in-process-addon.js'
import {order, sim} from '../../support/sim-records.js'

describe('the document of SIMs', () => {
  const listed = (groups: readonly {sid: string; name: string}[]) => {
    const sims = [sim(1, {group: 'HF1', name: 'door'}), sim(2, {group: 'HF2'}), sim(3, {product: 'wireless'})]
    const ledger = {
      record: addonRecord(),
      holdings: {sims, profiles: []},
      orders: [order({stock: ['HS1']})],
      allocation: {held: 3, onOrder: 2},
    }
    return simsDocument(ledger, groups)
  }

  it('counts them against the plan’s limit', () => {
    expect(listed([])).toMatchObject({plan: 'small', limit: 40, held: 3, onOrder: 2})
  })

  it('names the fleet of each, or has its SID where it has no name or is not known, and the order that it came with', () => {
    const {sims} = listed([
      {sid: 'HF1', name: 'doors'},
      {sid: 'HF2', name: ''},
    ])
    expect(sims.map(({name, fleet, order: came}) => [name, fleet, came])).toEqual([
      ['door', 'doors', 'ord-a'],
      [null, 'HF2', null],
      [null, null, null],
    ])
    expect(listed([]).sims[0]?.fleet).toBe('HF1')
    expect(new Set(sims.map(({product}) => product)).size).toBe(2)
  })
})

it('SIMs that were changed have the status that they have now, and null for what they have none of', () => {
  const active = sim(1, {status: 'active'})
  expect(simsActivatedDocument('api-default', [active]).sims).toEqual([
    {sid: 'HS1', name: null, status: 'active', fleet: null},
  ])
  expect(simsDeactivatedDocument('api-default', [active]).sims).toEqual([{sid: 'HS1', name: null, status: 'active'}])
})

it('of cards that were to be registered it is said of each what became of it, without a secret that Twilio repeats', () => {
  rememberSecret('H3LL0W0RLD-code')
  const card = (iccid: string, changes: Partial<Registered>): Registered => ({
    iccid,
    outcome: 'registered',
    sim: undefined,
    order: undefined,
    problem: undefined,
    ...changes,
  })
  const problem = refused('TWILIO_REFUSED', 'Twilio refused: no card has H3LL0W0RLD-code.', 'See the docs.')
  const document = cardsRegisteredDocument('api-default', [
    card('1', {sim: sim(1, {name: 'door'}), order: 'ord-a'}),
    card('2', {outcome: 'already'}),
    card('3', {outcome: 'failed', problem}),
    // Registered, and then something failed: it is listed as failed.
    card('4', {outcome: 'failed', sim: sim(4), problem}),
  ])
  expect(document).toMatchObject({
    registered: 2,
    failed: 2,
    cards: [
      {iccid: '1', sim: 'HS1', name: 'door', status: 'new', order: 'ord-a', problem: null},
      {outcome: 'already', sim: null, name: null, status: null, order: null},
      {problem: {code: 'TWILIO_REFUSED', exitCode: 1}},
      {sim: 'HS4', outcome: 'failed'},
    ],
  })
  expect(JSON.stringify(document)).not.toContain('H3LL0W0RLD-code')
})

it('a message has the name of its SIM, or null where that has none or is no longer held', () => {
  const message = {
    sid: 'SMS1',
    sim: 'HS1',
    direction: 'to-sim',
    transport: 'sms',
    status: 'sent',
    payload: 'on',
    binary: false,
    createdAt: new Date('2026-03-10T12:00:00Z'),
  } as unknown as Parameters<typeof simMessageDocument>[0]
  const named = (names: [string, string][]) => simMessageDocument(message, new Map(names))
  expect(named([['HS1', 'door']])).toMatchObject({simName: 'door', createdAt: '2026-03-10T12:00:00.000Z'})
  expect(named([['HS2', 'gate']])).toMatchObject({simName: null})
})
