import {expect, it} from '@jest/globals'

import type {FindingKind} from '../../../src/lib/audit/document.js'
import {finding} from '../../../src/lib/audit/finding.js'
import {addonRecord} from '../../support/in-process-addon.js'

const detail = 'It is so.'

it.each<[ReturnType<typeof finding>['severity'], readonly FindingKind[]]>([
  ['note', ['number-in-main-account', 'no-alerts', 'sms-blocked', 'old-record', 'unknown-item']],
  [
    'problem',
    [
      'orphaned-subaccount',
      'subaccount-closed',
      'app-gone',
      'wrong-main-account',
      'config-vars-missing',
      'config-vars-outdated',
      'config-vars-foreign',
      'unfinished',
      'order-stuck',
    ],
  ],
])('of severity %s are %j', (severity, kinds) => {
  for (const kind of kinds) expect(finding(kind, {detail}).severity).toBe(severity)
})

it('a finding is about the add-on of a record, with the price of its plan', () => {
  const record = addonRecord({plan: 'medium'})
  const {appSpace, accountSid = null} = record
  expect(finding('unfinished', {record, detail})).toEqual({
    kind: 'unfinished',
    severity: 'problem',
    appSpace,
    accountSid,
    detail,
    pricePerMonth: 100,
    twilio: null,
    commands: [],
    fix: null,
  })
})

it('a finding without a record is about nothing but what is said of it', () => {
  const found = finding('orphaned-subaccount', {detail, appSpace: 'old-dev', accountSid: 'AC1', fix: 'close it'})
  expect(found).toMatchObject({appSpace: 'old-dev', accountSid: 'AC1', pricePerMonth: null, fix: 'close it'})
  expect(found).not.toHaveProperty('record')
})
