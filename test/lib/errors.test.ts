import {describe, expect, it} from '@jest/globals'

import {exitCodes, Failure, interrupted, temporary, UnknownOutcome, usage} from '../../src/lib/errors.js'

describe('a failure', () => {
  it('has the exit code of its outcome, which is one of those that scripts rely on', () => {
    expect(exitCodes).toEqual({
      refused: 1,
      usage: 2,
      plan: 3,
      notFound: 4,
      credentials: 5,
      conflict: 6,
      temporary: 7,
      bug: 70,
      interrupted: 130,
    })
    for (const outcome of Object.keys(exitCodes) as (keyof typeof exitCodes)[])
      expect(new Failure({code: 'X', outcome, message: ''}).exitCode).toBe(exitCodes[outcome])
  })

  it('with more to try keeps everything else of it, and names the new things first', () => {
    const cause = new Error('why')
    const twilio = {code: 20404, status: 404}
    const first = new Failure({code: 'X', outcome: 'plan', message: 'No.', suggestions: ['old'], twilio, cause})
    const {code, outcome, message, suggestions, twilio: kept, cause: keptCause} = first.withSuggestions('new', 'newer')
    expect({code, outcome, message, suggestions, kept, keptCause}).toEqual({
      code: 'X',
      outcome: 'plan',
      message: 'No.',
      suggestions: ['new', 'newer', 'old'],
      kept: twilio,
      keptCause: cause,
    })
    expect(first.suggestions).toEqual(['old'])
  })

  it('that may pass says to run it again, and so does Ctrl-C', () => {
    for (const failure of [temporary('T', 'Later.'), interrupted(), new UnknownOutcome('lost')])
      expect(failure.suggestions.join(' ')).toMatch(/again/)
    expect(temporary('T', 'Later.', 'first')).toMatchObject({
      exitCode: 7,
      suggestions: [expect.any(String), expect.any(String)],
    })
    expect(new UnknownOutcome('lost').exitCode).toBe(7)
    expect(interrupted().exitCode).toBe(130)
  })

  it('of the command line is exit 2', () => {
    expect(usage('U', 'Wrong.', 'Right.')).toMatchObject({code: 'U', exitCode: 2, suggestions: ['Right.']})
  })
})
