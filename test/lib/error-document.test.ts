import {afterEach, describe, expect, it} from '@jest/globals'

import {errorDetails} from '../../src/lib/error-document.js'
import {Failure, refused} from '../../src/lib/errors.js'
import {forgetSecrets, rememberSecret} from '../../src/lib/secrets.js'

afterEach(forgetSecrets)

describe('an error in a document', () => {
  it('has what scripts and people need', () => {
    expect(errorDetails(refused('TWILIO_REFUSED', 'It is taken.', 'Choose another.'))).toEqual({
      code: 'TWILIO_REFUSED',
      message: 'It is taken.',
      suggestions: ['Choose another.'],
      exitCode: 1,
    })
  })

  it('has what Twilio said by its code and status, and nothing else that comes along', () => {
    const twilio = {code: 20404, status: 404, headers: {authorization: 'Basic abc'}}
    const failure = new Failure({code: 'TWILIO_REFUSED', message: 'No.', twilio, cause: new Error('a secret')})
    const details = errorDetails(Object.assign(failure, {request: 'a secret'}))
    expect(details).toEqual({
      code: 'TWILIO_REFUSED',
      message: 'No.',
      suggestions: [],
      exitCode: 1,
      twilio: {code: 20404, status: 404},
    })
  })

  it('has no secret in its sentences, and nothing that moves a cursor', () => {
    rememberSecret('0123456789abcdef0123456789abcdef')
    const text = 'Token 0123456789abcdef0123456789abcdef\u001B[2J is wrong.'
    const {message, suggestions} = errorDetails(refused('TWILIO_REFUSED', text, text))
    for (const said of [message, ...suggestions]) expect(said).toBe('Token ********cdef is wrong.')
  })
})
