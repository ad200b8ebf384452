import {describe, expect, it} from '@jest/globals'

import {isMissing, koreCodes, KoreRefusal, refusedWith} from '../../../src/lib/kore/errors.js'

const refusal = (status: number, body = '') => KoreRefusal.from(status, body, '/v1/Sims')
const withCode = (status: number, code: number) => refusal(status, JSON.stringify({code, message: 'No.'}))

describe('a refusal of KORE’s', () => {
  it('is about the credentials with 401 and 403 alone, each with what to do', () => {
    expect(refusal(401)).toMatchObject({code: 'KORE_CREDENTIALS_REFUSED', exitCode: 5})
    expect(refusal(401).suggestions[0]).toContain('twilio:login --kore')
    expect(refusal(403)).toMatchObject({code: 'KORE_CREDENTIALS_REFUSED', exitCode: 5})
    expect(refusal(403).message).toContain('/v1/Sims')
    expect(refusal(403).suggestions[0]).toContain('scopes')
    expect(refusal(400)).toMatchObject({code: 'KORE_REFUSED', exitCode: 1})
  })

  it('says what KORE said, with its code, or the status where a gateway answered', () => {
    expect(withCode(400, 83003).message).toBe('KORE refused: No. (error 83003)')
    expect(withCode(400, 83003).suggestions).toEqual(['See https://docs.korewireless.com/errors/83003'])
    expect(refusal(502, '<html>').message).toBe('KORE refused: no reason given (HTTP 502)')
    expect(refusal(502, '<html>').suggestions).toEqual([])
  })

  it('is recognised by its code; what is missing by that, or by 404', () => {
    expect(refusedWith(withCode(400, koreCodes.nameTaken), koreCodes.nameTaken)).toBe(true)
    expect(refusedWith(withCode(400, koreCodes.alreadyYours), koreCodes.nameTaken)).toBe(false)
    expect(refusedWith(new Error('No.'), koreCodes.nameTaken)).toBe(false)
    expect(isMissing(refusal(404))).toBe(true)
    expect(isMissing(withCode(400, koreCodes.notFound))).toBe(true)
    expect(isMissing(refusal(400))).toBe(false)
  })
})
