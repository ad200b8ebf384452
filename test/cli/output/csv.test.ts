import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {csv} from '../../../src/cli/output/csv.js'

const cell = async (value: unknown) => (await csv([{a: value}], ['a'])).split('\n').slice(1).join('\n')

describe('a cell of CSV', () => {
  it.each(['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '＝1'])('is never a formula: %j', async (text) => {
    expect((await cell(text)).replace(/^"/, '')).toMatch(/^'/)
  })

  it.each([
    ['+18015550100', '+18015550100'],
    ['-1.5', '-1.5'],
    [-1.5, '-1.5'],
    ['api-default', 'api-default'],
    [undefined, ''],
  ])('stays as it is otherwise: %j', async (value, printed) => {
    expect(await cell(value)).toBe(printed)
  })

  it('begins with a sign that spreadsheets calculate only where it is a number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({unit: fc.constantFrom(...Array.from('=+-@\t\r＝＋x1. "'))}), async (text) => {
        const printed = (await cell(text)).replace(/^"/, '')
        if (/^[=+\-@\t\r＝＋]/.test(printed)) expect(printed).toMatch(/^[+-]?\d+(\.\d+)?$/)
      }),
    )
  })
})
