import {expect, it} from '@jest/globals'

import type {Alert} from '../../../src/lib/alerts/alert.js'
import {alertDocument, alertsDocument} from '../../../src/lib/alerts/document.js'

const alert: Alert = {
  kind: 'sms',
  percent: 80,
  trigger: {
    sid: 'UT1',
    friendlyName: 'aka-twilio sms 80%',
    category: 'sms',
    value: 2400,
    url: 'https://me:pass-of-ops@ops.example.com/usage',
    createdAt: new Date(0),
    firedAt: undefined,
  },
}

it('an alert is shown without the password of its URL, and with when it fired this month', () => {
  const document = alertDocument(alert)
  expect(document).toMatchObject({sid: 'UT1', kind: 'sms', category: 'sms', percent: 80, value: 2400, firedAt: null})
  expect(document.url).toContain('ops.example.com')
  expect(document.url).not.toContain('pass-of-ops')
  const firedAt = new Date('2026-03-10T12:00:00Z')
  const fired = alertDocument({...alert, trigger: {...alert.trigger, firedAt}})
  expect(fired.firedAt).toBe('2026-03-10T12:00:00.000Z')
})

it('what there are no alerts for is named only where there is any', () => {
  expect(alertsDocument('api-dev', {alerts: [], missing: []})).toEqual({appSpace: 'api-dev', alerts: []})
  expect(alertsDocument('api-dev', {alerts: [alert], missing: ['m2m']})).toEqual({
    appSpace: 'api-dev',
    alerts: [alertDocument(alert)],
    missing: ['m2m'],
  })
})
