import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {table} from '../../../src/cli/output/table.js'

describe('a table', () => {
  it('aligns its columns, under a heading, with nothing at the ends of lines', () => {
    const rows = [
      ['api-default', '40', 'small'],
      ['web', '1,600', ''],
    ]
    expect(table(['App-space', 'SIMs', 'Plan'], rows, {right: [1]})).toBe(
      ['App-space     SIMs  Plan', 'api-default     40  small', 'web          1,600'].join('\n'),
    )
  })

  it('has no heading where there is none', () => expect(table([], [['a', 'b']])).toBe('a  b'))

  it('counts what one sees: neither colours nor the second half of a wide character', () => {
    expect(
      table(
        [],
        [
          ['\u001b[33mab\u001b[39m', 'x'],
          ['日本', 'y'],
          ['abcd', 'z'],
        ],
      ),
    ).toBe('\u001b[33mab\u001b[39m    x\n日本  y\nabcd  z')
  })

  it('continues a cell of several lines in its column', () => {
    expect(
      table(
        ['A', 'B'],
        [
          ['one', 'first\nsecond'],
          ['two', 'x'],
        ],
      ),
    ).toBe(['A    B', 'one  first', '     second', 'two  x'].join('\n'))
  })

  it('begins each column at the same place in every line', () => {
    const cell = fc.stringMatching(/^[a-z]{1,9}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), {minLength: 1}), (rows) => {
        const lines = table([], rows).split('\n')
        const starts = rows.map((row, index) => lines[index]?.lastIndexOf(`  ${row[2]}`))
        expect(new Set(starts).size).toBe(1)
      }),
    )
  })

  describe('on a terminal that is too narrow', () => {
    const sid = `HS${'0'.repeat(28)}cdef`
    const head = ['SIM', 'Name', 'Fleet']
    const rows = [[sid, 'van-12', 'vans of the north']]
    const at = (width: number) => table(head, rows, {optional: [2], width}).split('\n')

    it('shortens SIDs first, then leaves out what it can do without, saying so, then gives each cell a line', () => {
      expect(at(70)[1]).toContain(sid)
      expect(at(50)).toEqual(['SIM          Name    Fleet', 'HS0000…cdef  van-12  vans of the north'])
      expect(at(30)).toEqual(['SIM          Name', 'HS0000…cdef  van-12', '(--full also shows: Fleet)'])
      expect(at(15)).toEqual([`SIM    ${sid}`, 'Name   van-12', 'Fleet  vans of the north'])
    })

    it('folds its widest column at words before it gives each cell a line', () => {
      const orders = (width: number) =>
        table(
          ['Order', 'From', 'Age'],
          [
            ['ord-1', '4 from stock, 2 from the administrator', 'now'],
            ['ord-2', '1 from Twilio', '2 days'],
          ],
          {width},
        ).split('\n')
      expect(orders(40)).toEqual([
        'Order  From                      Age',
        'ord-1  4 from stock, 2 from the  now',
        '       administrator',
        'ord-2  1 from Twilio             2 days',
      ])
      expect(orders(25)).toContain('From   4 from stock, 2 from the administrator')
    })
  })
})
