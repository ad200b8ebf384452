import {expect, it} from '@jest/globals'

import {hash} from '../../../src/sandbox/state/ids.js'
import {existingSuperSims, newSuperSim, newWirelessSim} from '../../../src/sandbox/world/sim-cards.js'
import {exampleState} from '../state-support.js'

/** By Luhn's algorithm, from the right: every second digit counts double. */
function isValid(iccid: string): boolean {
  const sum = Array.from(iccid, Number)
    .reverse()
    .map((digit, index) => (index % 2 === 1 ? ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit] ?? 0) : digit))
    .reduce((total, value) => total + value, 0)
  return sum % 10 === 0
}

it('a card has an ICCID of its own, with a valid check digit', () => {
  const iccids = Array.from({length: 50}, (_, index) => newSuperSim(hash('seed', `card ${index}`), 'AC1', 0).iccid)
  for (const iccid of iccids)
    expect([iccid, /^8988307\d{13}$/.test(iccid), isValid(iccid)]).toEqual([iccid, true, true])
  expect(new Set(iccids).size).toBe(50)
})

it('a card that is registered keeps the ICCID that is printed on it', () => {
  expect(newSuperSim(hash('seed', 'card'), 'AC1', 0, '89883070000123456789').iccid).toBe('89883070000123456789')
})

it('cards of the two products differ in their SIDs, and were never activated', () => {
  const cards = [newSuperSim('a'.repeat(32), 'AC1', 5), newWirelessSim('a'.repeat(32), 'AC1', 5, {})]
  expect(cards.map(({sid}) => sid.slice(0, 2))).toEqual(['HS', 'DE'])
  expect(cards.map(({status, statusAskedAt}) => [status, statusAskedAt])).toEqual([
    ['new', 5],
    ['new', 5],
  ])
})

it('the SIM of an eSIM profile does not exist before its time', () => {
  const {state} = exampleState()
  state.superSims = [newSuperSim('a'.repeat(32), 'AC1', 100), newSuperSim('b'.repeat(32), 'AC1', 900)]
  expect([99, 100, 899, 900].map((now) => existingSuperSims(state, now).length)).toEqual([0, 1, 1, 2])
})
