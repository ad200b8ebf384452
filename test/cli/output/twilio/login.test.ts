import {describe, expect, it} from '@jest/globals'

import {loginWarning, renderLogin} from '../../../../src/cli/output/twilio/login.js'
import type {CarrierLoginDocument, MainLoginDocument} from '../../../../src/lib/addon/main-account-document.js'

const main: MainLoginDocument = {
  accountSid: 'AC1',
  friendlyName: 'Example',
  type: 'Full',
  profile: 'default',
  savedIn: '/home/me/config.json',
}
const kore: CarrierLoginDocument = {carrier: 'kore', clientId: 'id', profile: 'default', savedIn: main.savedIn}

describe('a login', () => {
  it('says whose it is and where it is saved, with its name where it has one', () => {
    expect(renderLogin(main)).toBe('Logged in to Example (AC1, Full).\nSaved in /home/me/config.json')
    expect(renderLogin({...main, friendlyName: '', profile: 'staging'})).toBe(
      'Logged in to AC1 (AC1, Full).\nSaved in /home/me/config.json as profile staging',
    )
    expect(renderLogin(kore)).toBe('Logged in to KORE as id.\nSaved in /home/me/config.json')
  })

  it('is not needed in the sandbox, and nothing keeps it from being of use there', () => {
    for (const document of [main, kore])
      expect(renderLogin({...document, savedIn: null})).toBe('The sandbox needs no login.')
    expect(loginWarning({...main, type: 'Trial', savedIn: null}, {})).toBeUndefined()
    expect(loginWarning({...kore, savedIn: null}, {'sim-carrier': 'twilio'})).toBeUndefined()
  })

  it('warns of a trial account, and where KORE is not who serves SIMs', () => {
    expect(loginWarning(main, {'sim-carrier': 'twilio'})).toBeUndefined()
    expect(loginWarning({...main, type: 'Trial'}, {})).toMatch(/^A trial account cannot buy numbers/)
    expect(loginWarning(kore, {'sim-carrier': 'kore'})).toBeUndefined()
    expect(loginWarning(kore, {})).toBeUndefined()
    expect(loginWarning(kore, {'sim-carrier': 'twilio'})).toMatch(/twilio:settings unset sim-carrier$/)
  })
})
