import {execFileSync} from 'node:child_process'

import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {exportLines} from '../../../src/cli/output/shell.js'

describe('a variable', () => {
  it('goes through a shell unchanged', () => {
    const value = fc.string({unit: 'grapheme'}).map((text) => text.replaceAll('\0', ''))
    fc.assert(
      fc.property(fc.array(value, {minLength: 20, maxLength: 20}), (values) => {
        const variables = Object.fromEntries(values.map((each, i) => [`V${String(i)}`, each]))
        const print = Object.keys(variables)
          .map((name) => `printf '%s\\0' "$${name}"`)
          .join('\n')
        const output = execFileSync('sh', ['-eu', '-c', `${exportLines(variables)}\n${print}`], {encoding: 'utf8'})
        expect(output.split('\0').slice(0, -1)).toEqual(values)
      }),
      {numRuns: 15},
    )
    const nasty = {A: "it's", B: '$(id)`id`\\', C: '', D: '-n', E: 'a\nb', F: '~/x', G: '!! "x"'}
    const shown = execFileSync('sh', ['-c', `${exportLines(nasty)}\nprintf '%s|' "$A" "$B" "$C" "$D" "$E" "$F" "$G"`], {
      encoding: 'utf8',
    })
    expect(shown).toBe(`${Object.values(nasty).join('|')}|`)
  })
})
