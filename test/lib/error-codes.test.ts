import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {describe, expect, it} from '@jest/globals'

import {aggregateCodes, errorCodes} from '../../src/lib/error-codes.js'
import {Failure, refused, temporary, usage} from '../../src/lib/errors.js'

const src = fileURLToPath(new URL('../../src', import.meta.url))
const codes = [...Object.values(errorCodes), aggregateCodes].flatMap((group) => Object.keys(group))

describe('error codes', () => {
  it('have one exit code each', () => {
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
  })

  it('are all in use: a script does not wait for one that cannot come', () => {
    const sources = readdirSync(src, {recursive: true, encoding: 'utf8'})
      .filter((path) => path.endsWith('.ts') && !path.endsWith('error-codes.ts'))
      .map((path) => readFileSync(join(src, path), 'utf8'))
      .join('\n')
    expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([])
  })

  it('say the exit code, whoever throws them', () => {
    const {exitCode} = new Failure({code: 'SIM_LIMIT_EXCEEDED', message: 'too many'})
    expect([usage('PLAN_UNKNOWN', 'no plan').exitCode, exitCode]).toEqual([2, 3])
  })

  it('of several failures end with the exit code of the worst', () => {
    const worst = temporary('APP_SPACE_BUSY', 'busy')
    const failure = new Failure({code: 'ADDONS_NOT_READ', message: 'one of two', worst})
    expect(failure.exitCode).toBe(7)
    expect(failure.withSuggestions('again').exitCode).toBe(7)
  })

  it('cannot be given to what has another exit code', () => {
    // @ts-expect-error PLAN_UNKNOWN is a wrong command line, no refusal.
    expect(refused('PLAN_UNKNOWN', 'no plan').exitCode).toBe(2)
  })
})
