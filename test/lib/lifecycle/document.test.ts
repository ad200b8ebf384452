import {describe, expect, it} from '@jest/globals'

import {
  destroyedDocument,
  planChangedDocument,
  planChangePreviewDocument,
  rotatedDocument,
} from '../../../src/lib/lifecycle/document.js'
import {addonRecord, APP} from '../../support/in-process-addon.js'

const sims = {toStock: [], deactivated: [], cancelledOrders: []}

describe('the document of an add-on that was destroyed', () => {
  const done = {appSpace: APP, destroyed: true, accountSid: 'AC1', removedVars: ['TWILIO_SID'], sims}

  it('has all numbers that were kept, and its own by itself', () => {
    const kept = {keptNumber: '+18015550100', keptNumbers: ['+18015550100', '+18015550101']}
    expect(destroyedDocument({...done, ...kept})).toEqual({...done, ...kept})
  })

  it('has no number where none was kept, and no subaccount where there was none', () => {
    const nothing = {...done, destroyed: false, accountSid: undefined, keptNumber: undefined, keptNumbers: []}
    expect(destroyedDocument(nothing)).toMatchObject({destroyed: false, accountSid: null, keptNumber: null})
  })
})

it('a change of plan has the price of the new plan', () => {
  const above = [{kind: 'sms', used: 3001, included: 3000}] as const
  const document = {appSpace: APP, from: 'large', plan: 'small', pricePerMonth: 50, usageAbove: above}
  expect(planChangedDocument(APP, {from: 'large', to: 'small', changed: true}, above)).toEqual({
    ...document,
    changed: true,
  })
  expect(planChangePreviewDocument(addonRecord({plan: 'large'}), 'small', above)).toEqual({...document, dryRun: true})
})

it('a token of unknown age is shown as such', () => {
  const request = {appSpace: APP, graceSeconds: undefined}
  const done = {accountSid: 'AC1', rotated: false, resumed: false}
  expect(rotatedDocument(request, {...done, rotatedAt: undefined})).toEqual({...done, appSpace: APP, rotatedAt: null})
  const rotatedAt = '2026-03-10T12:00:00.000Z'
  expect(rotatedDocument(request, {...done, rotatedAt})).toMatchObject({rotatedAt})
})
