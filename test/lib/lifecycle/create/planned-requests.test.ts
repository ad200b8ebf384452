import {describe, expect, it} from '@jest/globals'

import type {CreateIntent} from '../../../../src/lib/addon/record.js'
import {isNewSubaccount, plannedRequests} from '../../../../src/lib/lifecycle/create/planned-requests.js'
import type {Candidates} from '../../../../src/lib/number/search.js'
import {addonRecord, APP} from '../../../support/in-process-addon.js'

const [MAIN, SUB, BUNDLE] = [`AC${'1'.repeat(32)}`, `AC${'2'.repeat(32)}`, `BU${'3'.repeat(32)}`]
const NUMBER = '+18015550100'
const configVars = {method: 'PATCH', url: 'https://apps.example.com/apps/api-default/config-vars'} as const
const bought: Candidates = {numbers: [NUMBER]}

/** Each as one line, without what is the same in all. */
function planned(changes: Partial<Parameters<typeof plannedRequests>[0]> = {}, intent: Partial<CreateIntent> = {}) {
  const requests = plannedRequests({
    appSpace: APP,
    registry: 'aka-twilio',
    hasMap: true,
    mainAccountSid: MAIN,
    record: undefined,
    accountSid: undefined,
    subaccountName: 'akkeris api-default',
    intent: {operation: 'create', plan: 'small', ...intent} as CreateIntent,
    candidates: bought,
    configVars,
    ...changes,
  })
  return requests.map(({url, form}) => {
    const path = url.replace(/^https:\/\/\w+\.(twilio|example)\.com\/(2010-04-01|v1\/Services\/default|v2)?\/?/, '')
    return form ? `${path} ${new URLSearchParams(form).toString()}` : path
  })
}

const ITEM = 'Maps/aka-twilio/Items/api-default'
const CONFIG_VARS = 'apps/api-default/config-vars'

describe('what creates an add-on', () => {
  it('is the record, the subaccount, the number, the config vars, with the record renewed between', () => {
    expect(planned()).toEqual([
      'Maps/aka-twilio/Items Key=api-default',
      'Accounts.json FriendlyName=akkeris+api-default',
      ITEM,
      'Accounts/{subaccount}/IncomingPhoneNumbers.json PhoneNumber=%2B18015550100',
      CONFIG_VARS,
      ITEM,
      ITEM,
    ])
  })

  it('begins with the Map of the registry where that is not there', () => {
    expect(planned({hasMap: false})[0]).toBe('Maps UniqueName=aka-twilio')
  })

  it('has what regulations ask for in the subaccount, before the number', () => {
    const requests = planned({}, {addressSid: 'AD1', bundleSid: BUNDLE})
    expect(requests.slice(2, 4)).toEqual([
      'Accounts/{subaccount}/Addresses.json',
      `RegulatoryCompliance/Bundles/${BUNDLE}/Clones`,
    ])
  })

  it('moves a number that the main account has, which is written down first', () => {
    const owned = {sid: 'PN1', e164: NUMBER} as Candidates['owned'] & {}
    expect(planned({candidates: {owned, numbers: [NUMBER]}}, {voiceUrl: 'https://example.com'}).slice(2, 5)).toEqual([
      ITEM,
      ITEM,
      `Accounts/${MAIN}/IncomingPhoneNumbers/PN1.json AccountSid=%7Bsubaccount%7D&VoiceUrl=https%3A%2F%2Fexample.com`,
    ])
  })
})

describe('what is left of an interrupted creation', () => {
  it('begins with the record that is there, and has no second subaccount', () => {
    expect(planned({record: addonRecord({accountSid: SUB}), accountSid: SUB})).toEqual([
      ITEM,
      `Accounts/${SUB}/IncomingPhoneNumbers.json PhoneNumber=%2B18015550100`,
      CONFIG_VARS,
      ITEM,
      ITEM,
    ])
  })

  it('writes down a subaccount that was found by its name', () => {
    const {accountSid: _, ...record} = addonRecord()
    expect(planned({record, accountSid: SUB}).slice(0, 2)).toEqual([ITEM, ITEM])
  })

  it('buys no number where it has one', () => {
    const requests = planned({record: addonRecord({accountSid: SUB}), accountSid: SUB, candidates: undefined})
    expect(requests).toEqual([ITEM, CONFIG_VARS, ITEM, ITEM])
  })
})

it('a new subaccount is known by its request', () => {
  const post = (url: string) => isNewSubaccount({method: 'POST', url: `https://api.twilio.com/2010-04-01/${url}`})
  expect([post('Accounts.json'), post(`Accounts/${SUB}/Addresses.json`)]).toEqual([true, false])
})
