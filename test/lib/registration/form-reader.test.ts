import {describe, expect, it} from '@jest/globals'

import {FormReader, optionally, type Section} from '../../../src/lib/registration/form-reader.js'

/** What is wrong where this is read of the section `a` that has these fields. */
function problemsOf(fields: Readonly<Record<string, unknown>>, read: (section: Section) => unknown) {
  const reader = new FormReader({a: fields})
  const result = read(reader.section('a'))
  return [result, ...reader.problems]
}

describe('a text', () => {
  it.each<[string, unknown, unknown[]]>([
    ['is read without the blanks around it', ' Ada ', ['Ada']],
    ['may be as short as the least', 'ab', ['ab']],
    ['may be as long as the most', 'abc', ['abc']],
    ['that is shorter than the least is a problem', 'a', ['a', 'a.x must have 2 to 3 characters, not 1']],
    ['that is longer than the most is a problem', 'abcd', ['abcd', 'a.x must have 2 to 3 characters, not 4']],
    ['that is not there is missing', undefined, ['', 'a.x is missing']],
    ['that is empty is missing', '', ['', 'a.x is missing']],
    ['of blanks alone is missing', '  ', ['', 'a.x is missing']],
    ['is no list', ['Ada'], ['', 'a.x must be a text', 'a.x is missing']],
  ])('%s', (_, value, expected) => {
    expect(problemsOf({x: value}, (section) => section.text('x', {least: 2, most: 3}))).toEqual(expected)
  })

  it('that is optional may be left out or empty, but not be something else', () => {
    const optional = (fields: Readonly<Record<string, unknown>>) => problemsOf(fields, (each) => each.optional('x'))
    for (const fields of [{}, {x: ''}, {x: ' '}]) expect(optional(fields)).toEqual([undefined])
    expect(optional({x: {y: 'z'}})).toEqual([undefined, 'a.x must be a text'])
  })

  it('is one of those that are allowed, the standard one where none is given', () => {
    const oneOf = (fields: Readonly<Record<string, unknown>>, standard?: string) =>
      problemsOf(fields, (each) => each.oneOf('x', ['EIN', 'VAT'], standard))
    expect(oneOf({x: 'VAT'}, 'EIN')).toEqual(['VAT'])
    expect(oneOf({}, 'EIN')).toEqual(['EIN'])
    expect(oneOf({})).toEqual(['', 'a.x is missing: EIN, VAT'])
    expect(oneOf({x: 'vat'}, 'EIN')).toEqual(['vat', 'a.x must be one of EIN, VAT'])
  })
})

it('a flag is true or false in words, and off where it is not given', () => {
  const flag = (fields: Readonly<Record<string, unknown>>) => problemsOf(fields, (each) => each.flag('x'))
  expect(flag({x: 'true'})).toEqual([true])
  expect(flag({x: 'false'})).toEqual([false])
  expect(flag({})).toEqual([false])
  expect(flag({x: 'yes'})).toEqual([false, 'a.x must be one of true, false'])
  expect(problemsOf({}, (each) => each.flag('x', true))).toEqual([true])
})

it('a list has texts alone, and one that is needed has some', () => {
  const texts = (x: unknown) => problemsOf({x}, (each) => each.texts('x'))
  const someTexts = (x: unknown) => problemsOf({x}, (each) => each.someTexts('x'))
  expect(texts(['a', 'b'])).toEqual([['a', 'b']])
  expect(texts(undefined)).toEqual([undefined])
  expect(texts('a')).toEqual([undefined, 'a.x must be a list of texts'])
  expect(texts(['a', {b: 'c'}])).toEqual([undefined, 'a.x must be a list of texts'])
  expect(someTexts(['a'])).toEqual([['a']])
  expect(someTexts([])).toEqual([[], 'a.x is missing: a list'])
  expect(someTexts(undefined)).toEqual([[], 'a.x is missing: a list'])
})

describe('a section', () => {
  it('that is needed and not there is missing, with every field of it', () => {
    for (const root of [{}, {a: ''}, {a: null}, 'text', undefined]) {
      const reader = new FormReader(root)
      reader.section('a').text('x')
      expect(reader.problems).toEqual(['a is missing', 'a.x is missing'])
    }
  })

  it('that is optional may be left out or empty', () => {
    for (const root of [{}, {a: ''}, {a: null}]) {
      const reader = new FormReader(root)
      expect(reader.optionalSection('a')).toBeUndefined()
      expect(reader.problems).toEqual([])
    }
  })

  it.each(['text', ['text']])('is not ignored where it has no fields: %j', (a) => {
    const reader = new FormReader({a})
    reader.optionalSection('a')?.text('x')
    expect(reader.problems).toEqual(['a must have fields (name: value)', 'a.x is missing'])
  })

  it('has no other fields than those that were read: they would never be sent', () => {
    const reader = new FormReader({a: {x: 'text', y: ['text'], z: 'text'}})
    const section = reader.section('a')
    section.text('x')
    section.texts('y')
    reader.refuseUnknown()
    expect(reader.problems).toEqual(['a.z is not a field of a registration'])
  })

  it('is one of those that were read, for the same reason', () => {
    const reader = new FormReader({a: {}, campain: {x: 'text'}})
    reader.section('a')
    reader.optionalSection('campaign')
    reader.refuseUnknown()
    expect(reader.problems).toEqual(['campain is not a section of a registration'])
  })
})

it('what is optional and was not given has no key', () => {
  expect(optionally('x', 'text')).toEqual({x: 'text'})
  expect(Object.keys(optionally('x', undefined))).toEqual([])
})
