import {describe, expect, it} from '@jest/globals'

import {type CodeOf, errorCodes, type Outcome, outcomes} from '../../src/lib/error-codes.js'
import {Failure, interrupted, refused, temporary, UnknownOutcome, usage} from '../../src/lib/errors.js'

describe('a failure', () => {
  it('has the exit code of its group, which is one of those that scripts rely on', () => {
    const promised: Readonly<Record<Outcome, number>> = {
      refused: 1,
      usage: 2,
      plan: 3,
      notFound: 4,
      credentials: 5,
      conflict: 6,
      temporary: 7,
      bug: 70,
      interrupted: 130,
    }
    for (const [outcome, exitCode] of Object.entries(promised) as [Outcome, number][]) {
      expect(outcomes[outcome].exitCode).toBe(exitCode)
      for (const code of Object.keys(errorCodes[outcome]) as CodeOf<Outcome>[])
        expect(new Failure({code, message: ''})).toMatchObject({outcome, exitCode})
    }
  })

  it('has one exit code only for each code', () => {
    const codes = Object.values(errorCodes).flatMap((group) => Object.keys(group))
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('with more to try keeps everything else of it, and names the new things first', () => {
    const cause = new Error('why')
    const twilio = {code: 20404, status: 404}
    const first = new Failure({code: 'TWILIO_REFUSED', message: 'No.', suggestions: ['old'], twilio, cause})
    expect(first.withSuggestions('new', 'newer')).toMatchObject({
      code: 'TWILIO_REFUSED',
      outcome: 'refused',
      message: 'No.',
      suggestions: ['new', 'newer', 'old'],
      twilio,
      cause,
    })
    expect(first.suggestions).toEqual(['old'])
  })

  it('that names the command which resumes does not say so again without it', () => {
    const later = temporary('APP_NOT_RESTARTED', 'Not yet.', 'Look at the log.')
    const resumed = later.withSuggestions('Both tokens work. To resume: aka twilio:rotate -a api-default')
    expect(resumed.suggestions).toEqual([
      'Both tokens work. To resume: aka twilio:rotate -a api-default',
      'Look at the log.',
    ])
  })

  it('that stands for several has the exit code of the worst, with more to try as well', () => {
    const worst = usage('ARGUMENTS_INVALID', 'No.')
    const several = new Failure({code: 'ADDONS_NOT_READ', worst, message: 'Two.'})
    for (const failure of [several, several.withSuggestions('more')])
      expect(failure).toMatchObject({code: 'ADDONS_NOT_READ', exitCode: 2})
  })

  it('that may pass says to run it again, and so does Ctrl-C', () => {
    const later = temporary('SERVICE_UNAVAILABLE', 'Later.', 'first')
    for (const failure of [later, interrupted(), new UnknownOutcome('lost')])
      expect(failure.suggestions.join(' ')).toMatch(/again/)
    expect(later).toMatchObject({exitCode: 7, suggestions: ['first', expect.any(String)]})
    expect([new UnknownOutcome('lost').exitCode, interrupted().exitCode]).toEqual([7, 130])
    expect(refused('TWILIO_REFUSED', 'No.')).toMatchObject({exitCode: 1, suggestions: []})
  })
})
