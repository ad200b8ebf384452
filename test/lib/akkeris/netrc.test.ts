import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {netrcPassword} from '../../../src/lib/akkeris/netrc.js'

describe('a .netrc file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netrc-'))
  const file = join(folder, '.netrc')
  afterAll(() => rmSync(folder, {recursive: true}))
  const read = (text: string, ...machines: string[]) => {
    writeFileSync(file, text)
    return netrcPassword(file, ...machines)
  }

  it('gives the password of the machine, in any layout, with signs that look like comments or keywords', () => {
    const word = fc.stringMatching(/^[!-~]{1,20}$/).filter((text) => !text.startsWith('"') && !text.startsWith('#'))
    const space = fc.constantFrom(' ', '\n', '\t', '\n  ', ' \r\n\t')
    const machines = fc.uniqueArray(fc.tuple(fc.domain(), word, word), {
      minLength: 1,
      maxLength: 4,
      selector: ([machine]) => machine,
    })
    fc.assert(
      fc.property(machines, space, fc.boolean(), (entries, gap, loginLast) => {
        const text = entries
          .map(([machine, login, password]) => {
            const pairs = [
              ['login', login],
              ['password', password],
            ]
            return ['machine', machine, ...(loginLast ? pairs.toReversed() : pairs).flat()].join(gap)
          })
          .join('\n')
        for (const [machine, , password] of entries) expect(read(text, machine)).toBe(password)
        expect(read(text, 'nowhere.invalid')).toBeUndefined()
      }),
    )
  })

  it('knows quoted passwords, comments, several names in their order, and default', () => {
    const text = [
      '# machine api.example.com password commented',
      'machine api.example.com:5000 login a password "with \\"quotes\\" and spaces"',
      'machine api.example.com',
      '  login b',
      '  password second#1',
      'default login c password fallback',
    ].join('\n')
    expect(read(text, 'api.example.com:5000', 'api.example.com')).toBe('with "quotes" and spaces')
    expect(read(text, 'api.example.com:6000', 'api.example.com')).toBe('second#1')
    expect(read(text, 'other.example.com')).toBe('fallback')
  })

  it('takes nothing from a macro, which ends at an empty line', () => {
    const macro = 'macdef init\n  echo machine api.example.com\n  user me password wrong\n'
    const entry = 'machine api.example.com login a password right\n'
    expect(read(`${entry}${macro}\nmachine b.example.com password b`, 'api.example.com')).toBe('right')
    expect(read(`${entry}${macro}\nmachine b.example.com password b`, 'b.example.com')).toBe('b')
    expect(read(entry + macro, 'api.example.com')).toBe('right')
    expect(read(`machine other ${macro}`, 'api.example.com')).toBeUndefined()
  })

  it('has no password where it is missing, empty, or half', () => {
    expect(netrcPassword(join(folder, 'missing'), 'a')).toBeUndefined()
    expect(read('', 'a')).toBeUndefined()
    expect(read('machine a login b', 'a')).toBeUndefined()
    expect(read('machine', 'a')).toBeUndefined()
  })
})
