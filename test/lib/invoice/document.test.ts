import {expect, it} from '@jest/globals'

import {temporary} from '../../../src/lib/errors.js'
import {addonInvoice, allInvoices, invoicedMonth} from '../../../src/lib/invoice/document.js'
import type {Invoice} from '../../../src/lib/invoice/read.js'
import type {Price} from '../../../src/lib/invoice/twilio-charges.js'
import {addonRecord} from '../../support/in-process-addon.js'

const at = {month: {from: '2026-03-01', to: '2026-03-31'}, asOf: new Date('2026-03-10T12:00:00Z')}
const charges = {planPrice: 50, simCardsPerMonth: 40, cardsOrdered: 2, cardsOrderedPrice: 10, total: 100}

function invoice(twilio: Price | undefined, more: Partial<Invoice> = {}): Invoice {
  return {record: addonRecord({accountSid: 'AC1'}), charges, plans: [], twilio, registrationFees: undefined, ...more}
}

it('a month is named, with its days and until when Twilio has counted', () => {
  expect(invoicedMonth(at)).toEqual({
    month: '2026-03',
    from: '2026-03-01',
    to: '2026-03-31',
    asOf: '2026-03-10T12:00:00.000Z',
  })
})

it('what Twilio charged is null where it is not known, and before there is a subaccount', () => {
  const {accountSid, ...unmade} = addonRecord({state: 'provisioning'})
  expect(addonInvoice(invoice(undefined))).toMatchObject({...charges, accountSid: 'AC1', twilio: null})
  expect(addonInvoice(invoice(undefined, {record: unmade}))).toMatchObject({accountSid: null, twilio: null})
})

it('all together are added up, what Twilio charged in each currency by itself; why one is missing is said', () => {
  const failure = temporary('TWILIO_RESPONSE_INVALID', 'Twilio gave an odd answer.')
  const invoices = [
    invoice({amount: 8.2, currency: 'usd'}, {registrationFees: {amount: 4.5, currency: 'usd'}}),
    invoice({amount: 3, currency: 'eur'}),
    invoice({amount: 0.29, currency: 'usd'}),
    invoice(undefined, {failure}),
  ]
  const document = allInvoices(at, invoices, ['newer-default'])
  expect(document.totals).toEqual({
    planPrice: 200,
    simCardsPerMonth: 160,
    cardsOrdered: 8,
    cardsOrderedPrice: 40,
    total: 400,
    // Not 8.489999999999998.
    twilio: [
      {amount: 8.49, currency: 'usd'},
      {amount: 3, currency: 'eur'},
    ],
    registrationFees: [{amount: 4.5, currency: 'usd'}],
  })
  expect(document.invoices.map(({error}) => error?.code)).toEqual([
    undefined,
    undefined,
    undefined,
    'TWILIO_RESPONSE_INVALID',
  ])
  expect(document).toMatchObject({month: '2026-03', leftOut: ['newer-default']})
})
