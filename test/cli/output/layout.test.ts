import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import stringWidth from 'fast-string-width'

import {fitted, wrap} from '../../../src/cli/output/layout.js'

describe('a line that is too long', () => {
  it.each([
    ['one two three', 'one two\nthree'],
    ['  → one two three', '  → one\n    two\n    three'],
    ['\u001b[31m✖\u001b[39m one two three', '\u001b[31m✖\u001b[39m one two\n  three'],
    ['  K  one two', '  K  one\n     two'],
    ['  A long label  one two', '  A long\n  label\n  one two'],
    ['  K  one AC123456', '  K\n    one\n    AC123456'],
    ['  1. one two', '  1. one\n     two'],
    ['https://example.com/a-long-one', 'https://example.com/a-long-one'],
  ])('is broken between words, and goes on where its text began: %j', (line, lines) => {
    expect(wrap(line, 10).replaceAll(/ +$/gm, '')).toBe(lines)
  })

  it.each([
    [30, '  → To see the add-on:\n    aka twilio:usage -a app'],
    [48, '  → To see the add-on: aka twilio:usage -a app'],
    [20, '  → To see the\n    add-on: aka\n    twilio:usage -a\n    app'],
  ])('has the command at its end on one line, to be copied, where a line of %d takes it', (width, lines) => {
    const wrapped = wrap('  → To see the add-on: aka twilio:usage -a app', width)
    expect(wrapped.replaceAll(/ +$/gm, '')).toBe(lines)
  })

  it('keeps its words, and none of its lines is wider than the screen unless a word is', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/)
    fc.assert(
      fc.property(fc.array(word, {minLength: 1}), fc.integer({min: 20, max: 60}), (words, width) => {
        const wrapped = wrap(`  → ${words.join(' ')}`, width)
        expect(wrapped.trim().split(/\s+/).slice(1)).toEqual(words)
        for (const line of wrapped.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('stays as it is in a pipe, where a program reads lines', () => {
    const line = 'word '.repeat(50)
    expect(fitted(line, {isTTY: false}, {})).toBe(line)
    expect(fitted(line, {isTTY: true, columns: 40}, {})).toContain('\n')
  })
})

it.each([{TERM: 'dumb'}, {NO_COLOR: '1'}])('is ASCII with %j, but for names', (env) => {
  expect(fitted('✖ São Paulo … – █░', {}, env)).toBe('error: São Paulo ... - #.')
})
