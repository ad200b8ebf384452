import {describe, expect, it} from '@jest/globals'

import {forgetSecrets, rememberSecret} from '../../../src/lib/secrets.js'
import {isMissing, refusedWith, simsNotServed, TwilioRefusal} from '../../../src/lib/twilio/errors.js'

const API = new URL('https://api.twilio.com/2010-04-01/Accounts.json')

function refusal(status: number, body: unknown, url = API): TwilioRefusal {
  return TwilioRefusal.from(status, typeof body === 'string' ? body : JSON.stringify(body), url)
}

describe('a refusal of Twilio', () => {
  it("has Twilio's sentence and error code, and where the code is explained", () => {
    const {code, outcome, message, suggestions, twilio} = refusal(400, {code: 20001, message: 'Invalid X', status: 400})
    expect({code, outcome, twilio}).toEqual({
      code: 'TWILIO_REFUSED',
      outcome: 'refused',
      twilio: {code: 20001, status: 400},
    })
    expect(message).toContain('Invalid X')
    expect(message).toContain('20001')
    expect(suggestions).toEqual(['See https://www.twilio.com/docs/api/errors/20001'])
  })

  it.each([
    [20003, 'CREDENTIALS_REFUSED', 'credentials'],
    [20005, 'ACCOUNT_NOT_ACTIVE', 'refused'],
    [21480, 'SUBACCOUNT_LIMIT_REACHED', 'refused'],
    [21478, 'SUSPENDED_BY_TWILIO', 'refused'],
    [21422, 'NUMBER_TAKEN', 'refused'],
    [21452, 'NO_NUMBERS_AVAILABLE', 'refused'],
    [21631, 'ADDRESS_REQUIRED', 'refused'],
    [21649, 'BUNDLE_REQUIRED', 'refused'],
    [21408, 'COUNTRY_NOT_ENABLED', 'refused'],
    [21610, 'RECIPIENT_OPTED_OUT', 'refused'],
  ])('with Twilio’s %d is %s, and says how to fix it', (code, ours, outcome) => {
    const error = refusal(400, {code, message: 'No'})
    expect({code: error.code, outcome: error.outcome}).toEqual({code: ours, outcome})
    expect(error.suggestions.length).toBeGreaterThan(0)
    expect(error.message).toContain(String(code))
  })

  it.each([
    ['nothing', ''],
    ['a page of a proxy', '<html>Bad gateway</html>'],
    ['JSON that is no object', 'null'],
    ['an error without a code', '{"message": null}'],
    ['a code that is no number', '{"code": "E12", "message": 3}'],
  ])('whose body is %s is one all the same, by its HTTP status', (_, body) => {
    const error = refusal(400, body)
    expect(error).toMatchObject({code: 'TWILIO_REFUSED', outcome: 'refused', twilio: {code: 400, status: 400}})
    expect(error.message).toContain('HTTP 400')
  })

  it('of the credentials is exit 5, whatever else it says', () => {
    expect(refusal(401, '')).toMatchObject({code: 'CREDENTIALS_REFUSED', exitCode: 5})
    expect(refusal(401, {code: 20003, message: 'Authenticate'})).toMatchObject({exitCode: 5})
  })

  it('has neither secrets nor control characters of what Twilio repeats', () => {
    rememberSecret('0123456789abcdef0123456789abcdef')
    const {message} = refusal(400, {code: 1, message: '0123456789abcdef0123456789abcdef\u001B[2J'})
    forgetSecrets()
    expect(message).not.toContain('0123456789abcdef')
    expect(message).not.toContain('\u001B')
  })
})

describe('Super SIM or Programmable Wireless that is gone', () => {
  const [collection, one] = [
    'https://supersim.twilio.com/v1/Sims',
    `https://supersim.twilio.com/v1/Sims/HS${'0'.repeat(32)}`,
  ]

  it.each([
    ['410', 410, {}, one],
    ['403 without a code', 403, {}, one],
    ['403 with 20403', 403, {code: 20403}, one],
    ['404 of all SIMs', 404, {code: 20404}, collection],
    ['404 of all rate plans', 404, {code: 20404}, 'https://wireless.twilio.com/v1/RatePlans'],
  ])('is distinguished from a refusal of one SIM: %s', (_, status, body, url) => {
    const error = refusal(status, body, new URL(url))
    expect(error.code).toBe(simsNotServed)
    expect(error.suggestions.join(' ')).toContain('KORE')
  })

  it.each([
    ['404 of one SIM', 404, {code: 20404}, one],
    ['403 with a code of its own', 403, {code: 83001}, one],
    ['404 of anything else', 404, {code: 20404}, 'https://sync.twilio.com/v1/Services'],
  ])('is not meant by %s', (_, status, body, url) => {
    expect(refusal(status, body, new URL(url)).code).toBe('TWILIO_REFUSED')
  })
})

describe('looking at an error', () => {
  it('tells the code of a refusal from others, and from what is no refusal', () => {
    const error = refusal(400, {code: 21422, message: 'taken'})
    expect(refusedWith(error, 21421, 21422)).toBe(true)
    expect(refusedWith(error, 21421)).toBe(false)
    expect(refusedWith(new Error('21422'), 21422)).toBe(false)
    expect(refusedWith(undefined, 21422)).toBe(false)
  })

  it('tells what is not there by the status alone', () => {
    expect(isMissing(refusal(404, ''))).toBe(true)
    expect(isMissing(refusal(404, {code: 54201, message: 'Map Item not found'}))).toBe(true)
    expect(isMissing(refusal(400, {code: 20404, message: 'Not found'}))).toBe(false)
    expect(isMissing(new Error('404'))).toBe(false)
  })
})
