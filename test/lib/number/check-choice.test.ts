import {describe, expect, it} from '@jest/globals'

import type {NumberChoice} from '../../../src/lib/addon/number-options.js'
import {checkChoice, checkPhoneNumber} from '../../../src/lib/number/check-choice.js'

const local = {country: 'US', type: 'local'} as const

describe('a number that can exist', () => {
  it.each<[string, NumberChoice]>([
    ['a local area code', {...local, areaCode: '801'}],
    ['a toll-free area code of a toll-free number', {...local, type: 'toll-free', areaCode: '855'}],
    ['an area code of Canada', {...local, country: 'CA', areaCode: '416'}],
    ['digits, letters and placeholders', {...local, contains: '801*TAXI**'}],
    ['a mobile number where there are some', {country: 'GB', type: 'mobile', contains: '4420'}],
    // Which number it is says all: nothing is searched.
    ['a certain number, whatever else was said', {...local, phoneNumber: '+18015550100', areaCode: '9'}],
  ])('may be chosen by %s', (_, choice) => expect(() => checkChoice(choice)).not.toThrow())
})

describe('a number that cannot exist is refused before anybody is asked', () => {
  it.each<[string, NumberChoice, string]>([
    ['an area code outside of North America', {...local, country: 'GB', areaCode: '801'}, 'AREA_CODE_NOT_SUPPORTED'],
    ['an area code that begins with 1', {...local, areaCode: '180'}, 'AREA_CODE_INVALID'],
    ['an area code that ends in 11', {...local, areaCode: '911'}, 'AREA_CODE_INVALID'],
    ['an area code with two digits', {...local, areaCode: '80'}, 'AREA_CODE_INVALID'],
    ['a toll-free area code of a local number', {...local, areaCode: '855'}, 'AREA_CODE_TYPE_MISMATCH'],
    [
      'a local area code of a toll-free number',
      {...local, type: 'toll-free', areaCode: '801'},
      'AREA_CODE_TYPE_MISMATCH',
    ],
    ['one digit alone', {...local, contains: '8'}, 'CONTAINS_INVALID'],
    ['a plus', {...local, contains: '+1801'}, 'CONTAINS_INVALID'],
    ['a mobile number of the US', {country: 'US', type: 'mobile'}, 'NUMBER_TYPE_NOT_SUPPORTED'],
    ['a certain number that is none', {...local, phoneNumber: '555-0100'}, 'NUMBER_INVALID'],
  ])('%s', (_, choice, code) => {
    expect(() => checkChoice(choice)).toThrow(
      expect.objectContaining({code, exitCode: 2, suggestions: [expect.any(String)]}),
    )
  })
})

it.each([
  ['+18015550100', true],
  ['+442071838750', true],
  ['+10015550100', false],
  ['+18010550100', false],
  ['+1801555010', false],
  ['+0123456789', false],
  ['+1 801 555 0100', false],
  [`+${'9'.repeat(16)}`, false],
])('"%s" is a phone number: %s', (text, isOne) => {
  const check = expect(() => checkPhoneNumber(text))
  if (isOne) check.not.toThrow()
  else check.toThrow(expect.objectContaining({code: 'NUMBER_INVALID'}))
})

it.each([
  ['+1 (801) 555-0100', '+18015550100'],
  ['801.555.0100', '+18015550100'],
  ['1-801-555-0100', '+18015550100'],
  ['+44 (0)20 7183 8750', '+442071838750'],
  ['0044 20 7183 8750', '+442071838750'],
])('"%s" is not a phone number yet, but is close to one', (text, meant) => {
  const suggestions = [`Did you mean ${meant}?`, expect.stringContaining('E.164')]
  expect(() => checkPhoneNumber(text)).toThrow(expect.objectContaining({suggestions}))
})

it.each(['020 7183 8750', 'my phone', '911'])('what is meant by "%s" is not guessed', (text) => {
  expect(() => checkPhoneNumber(text)).toThrow(
    expect.objectContaining({suggestions: [expect.stringContaining('E.164')]}),
  )
})
