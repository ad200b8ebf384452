import {describe, expect, it} from '@jest/globals'
import {Errors} from '@oclif/core'
import {Chalk} from 'chalk'

import {toFailure, worstFirst} from '../../src/cli/failures.js'
import {renderFailure} from '../../src/cli/output/failure.js'
import {conflict, temporary, usage} from '../../src/lib/errors.js'

describe('a failure', () => {
  it('of ours stays as it is', () => {
    const failure = conflict('PLAN_MISMATCH', 'api-dev has another plan.')
    expect(toFailure(failure)).toBe(failure)
  })

  it("of oclif's parser is a usage error, in our words", () => {
    const error = new Errors.CLIError(
      'The following error occurred:\n  Missing required flag app\nSee more help with --help',
    )
    expect(toFailure(error)).toMatchObject({
      code: 'ARGUMENTS_INVALID',
      exitCode: 2,
      message: 'Missing --app.',
    })
  })

  it('of a prompt that was left with Ctrl-C is an interruption', () => {
    expect(toFailure(Object.assign(new Error('left'), {name: 'ExitPromptError'}))).toMatchObject({exitCode: 130})
  })

  it('of any other kind is a bug', () => {
    expect(toFailure(new TypeError('x is not a function'))).toMatchObject({code: 'INTERNAL_ERROR', exitCode: 70})
    expect(toFailure('thrown')).toMatchObject({
      code: 'INTERNAL_ERROR',
      message: expect.stringContaining('thrown') as unknown,
    })
  })

  it('with the highest exit code comes first', () => {
    const failures = [usage('PLAN_UNKNOWN', 'a'), temporary('APP_SPACE_BUSY', 'b'), conflict('PLAN_MISMATCH', 'c')]
    expect(worstFirst(failures).map(({code}) => code)).toEqual(['APP_SPACE_BUSY', 'PLAN_MISMATCH', 'PLAN_UNKNOWN'])
  })

  it('is printed with what controls a terminal spelled out or left away, its suggestions below it', () => {
    const failure = usage('PLAN_UNKNOWN', 'Not \u001B[31mred\u001B[0m.', 'Try\u0007 this.')
    expect(renderFailure(failure, new Chalk({level: 0}))).toBe('✖ Not <U+001B>[31mred<U+001B>[0m.\n  → Try this.')
  })
})
