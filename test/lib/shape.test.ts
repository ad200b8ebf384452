import {describe, expect, it} from '@jest/globals'

import {amountOf, isSid, type Kind, listProblemOf, problemOf} from '../../src/lib/shape.js'

const SID = `AC${'a1'.repeat(16)}`

describe('a field of an answer', () => {
  it.each<[Kind, readonly unknown[], readonly unknown[]]>([
    ['sid', [SID], ['', 'AC1', SID.slice(1), `${SID}0`, `ac${'1'.repeat(32)}`, 1, null, undefined]],
    ['text', ['x', ' '], ['', 1, null, undefined, {}]],
    ['string', ['x', ''], [1, null, undefined]],
    ['string?', ['x', '', null, undefined], [1, {}, []]],
    // Twilio sends amounts as text where its documents have numbers.
    ['amount', [0, 1.5, '0', '-1.50'], ['', 'many', 'NaN', NaN, Infinity, null, undefined, true, [1]]],
    ['amount?', [0, '1.5', '', null, undefined], ['many', NaN, true]],
    ['date', ['2026-03-10', 'Tue, 10 Mar 2026 12:00:00 +0000'], ['', 'soon', 1_700_000_000, null, undefined]],
    ['date?', ['2026-03-10', '', null, undefined], ['soon', 5]],
    ['object', [{}, {a: 1}], [[], null, undefined, '', 'x']],
    ['object?', [{}, null, undefined], [[], 'x', 1]],
  ])('that is to be %s is read as such, and nothing else is', (kind, fine, wrong) => {
    for (const value of fine) expect([value, problemOf({field: value}, {field: kind})]).toEqual([value, undefined])
    for (const value of wrong)
      expect([value, problemOf({field: value}, {field: kind})]).toEqual([value, expect.stringMatching(/^field is /)])
  })

  it('that is missing is distinguished from one that is null, empty or something else', () => {
    const problems = [undefined, null, '', [], {}, 7].map((value) => problemOf({field: value}, {field: 'text'}))
    expect(problems).toEqual([
      'field is missing',
      'field is null',
      'field is empty',
      'field is a list',
      'field is an object',
      'field is a number that it cannot be',
    ])
  })

  it('is never quoted: it may be a secret', () => {
    expect(problemOf({auth_token: 'secret-of-mine'}, {auth_token: 'amount'})).toBe(
      'auth_token is a string that it cannot be',
    )
  })
})

describe('an answer', () => {
  it('may have more than is read', () => expect(problemOf({a: 'x', b: 1}, {a: 'text'})).toBeUndefined())

  it.each([
    [[], 'not an object but a list'],
    [null, 'not an object but null'],
    ['<html>', 'not an object but a string that it cannot be'],
  ])('%j is none', (value, problem) => expect(problemOf(value, {})).toBe(problem))

  it('may lack an object in it, but what is in one has the shape', () => {
    const shape = {owner: {sid: 'sid', home: {city: 'text'}}} as const
    for (const owner of [undefined, null, {sid: SID}, {sid: SID, home: {city: 'x'}}])
      expect(problemOf({owner}, shape)).toBeUndefined()
    expect(problemOf({owner: 'x'}, shape)).toBe('owner: not an object but a string that it cannot be')
    expect(problemOf({owner: {sid: SID, home: {}}}, shape)).toBe('owner: home: city is missing')
    expect(problemOf({owners: [{home: {city: 7}}]}, {owners: [{home: {city: 'text'}}]})).toMatch(/^owners: home: city/)
  })

  it('may lack a list, but what is in one has the shape', () => {
    const shape = {items: [{sid: 'sid'}]} as const
    for (const items of [undefined, null, [], [{sid: SID}]]) expect(problemOf({items}, shape)).toBeUndefined()
    expect(problemOf({items: [{sid: SID}, {sid: ''}]}, shape)).toBe('items: sid is empty')
    expect(problemOf({items: {}}, shape)).toBe('items: not a list but an object')
    expect(listProblemOf('x', {})).toMatch(/^not a list/)
    expect(listProblemOf([null], {})).toBe('not an object but null')
  })
})

it('a SID is two capitals and 32 hexadecimal digits', () => {
  expect([SID, SID.toUpperCase(), 'AC', `${SID} `, `A1${SID.slice(2)}`].map(isSid)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

it('an amount that is not said is not 0', () => {
  expect([null, undefined, '', 0, '0', '-1.50'].map(amountOf)).toEqual([undefined, undefined, undefined, 0, 0, -1.5])
})
