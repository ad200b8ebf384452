import {describe, expect, it} from '@jest/globals'

import {initialState} from '../../../src/sandbox/world/initial-state.js'
import {isTaken, keypadDigits, type Search, searchInventory} from '../../../src/sandbox/world/inventory.js'
import {rangesOf} from '../../../src/sandbox/world/number-ranges.js'
import {exampleState} from '../state-support.js'

const US: Search = {country: 'US', type: 'Local', accepts: () => true, limit: 5}

/** What a search finds that differs from the usual one by what is given. */
const search = (given: Partial<Search> = {}, {state} = exampleState()) => searchInventory(state, {...US, ...given})

describe('a search', () => {
  it('finds the same for everyone with the same seed', () => {
    expect(search()).toEqual(search())
    expect(searchInventory(initialState('other', 0, {}), US)).not.toEqual(search())
  })

  it('goes through the area codes of the country in turn, or stays in the one that is asked for', () => {
    expect(search().map((number) => number.slice(2, 5))).toEqual(['801', '212', '415', '312', '206'])
    expect(search({areaCode: '801'}).every((number) => number.startsWith('+1801555'))).toBe(true)
    expect(search({country: 'CA', areaCode: '801'})).toEqual([])
  })

  it('skips what is taken, and what was released', () => {
    const example = exampleState()
    const [first = '', second = '', ...others] = search({areaCode: '801'}, example)
    const {state} = example
    state.releasedNumbers.push(first)
    state.incomingNumbers.push({...({} as (typeof state.incomingNumbers)[number]), phoneNumber: second})
    expect(search({areaCode: '801', limit: 3}, example)).toEqual(others)
    expect([first, second, others[0] ?? ''].map((number) => isTaken(state, number))).toEqual([true, true, false])
  })

  it('of area code 500 finds the test number, even when it is taken; of 533, none', () => {
    const example = exampleState()
    example.state.releasedNumbers.push('+15005550006')
    expect(search({areaCode: '500'}, example)).toEqual(['+15005550006'])
    expect(isTaken(example.state, '+15005550006')).toBe(false)
    expect(search({areaCode: '533'})).toEqual([])
  })

  it('finds every number of a country once', () => {
    const ranges = rangesOf('SE', 'Local')
    const found = search({country: 'SE', limit: 100_000})
    expect([found.length, new Set(found).size]).toEqual([1000 * ranges.length, 1000 * ranges.length])
  })

  it('gives up on a condition that no number meets', () => {
    let asked = 0
    const accepts = () => {
      asked += 1
      return false
    }
    expect(search({accepts})).toEqual([])
    expect(asked).toBeLessThan(2000)
  })

  it('shares toll-free numbers between the US and Canada', () => {
    const tollFree = search({type: 'TollFree', areaCode: '888'})
    expect(tollFree.every((number) => number.startsWith('+1888'))).toBe(true)
    expect(search({country: 'CA', type: 'TollFree', areaCode: '888'})).toEqual(tollFree)
  })
})

describe('a pattern', () => {
  it.each([
    ['80155512**', /^\+180155512\d\d$/],
    ['12', /12$/],
    ['****12', /12$/],
    ['TELL', /8355$/],
  ])('%s is the end of what is found', (contains, shape) => {
    const found = search({contains})
    expect(found.length).toBeGreaterThan(0)
    for (const number of found) expect(number).toMatch(shape)
  })

  it('with letters is a number on the keypad', () => {
    expect(search({areaCode: '801', contains: 'AKKERIS'})).toEqual(['+18012553747'])
  })

  it('that names another area code finds numbers there, but not against the one that is asked for', () => {
    expect(search({contains: '4155550123'})).toEqual(['+14155550123'])
    expect(search({areaCode: '801', contains: '4155550123'})).toEqual([])
  })

  it('that is longer than a number finds none', () => {
    expect(search({contains: '123456789012345'})).toEqual([])
  })
})

it.each([
  ['AKKERIS', '2553747'],
  ['akkeris', '2553747'],
  ['+1 (801) 555-****', '1801555****'],
  ['abcdefghijklmnopqrstuvwxyz', '22233344455566677778889999'],
])('%s is %s on the keypad', (text, digits) => {
  expect(keypadDigits(text)).toBe(digits)
})
