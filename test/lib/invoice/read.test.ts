import {beforeEach, describe, expect, it} from '@jest/globals'

import {readInvoice, readInvoices} from '../../../src/lib/invoice/read.js'
import {OrderBook} from '../../../src/lib/sims/order-book.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {addUsage} from '../../../src/sandbox/server/usage.js'
import {addAddon, type AddonInProcess, addonRecord, APP, startAddonInProcess} from '../../support/in-process-addon.js'
import {order} from '../../support/sim-records.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

/** Sends so many messages from the account on a day. */
const use = (accountSid: string, usage: number, day: string) =>
  world.sandbox.change((state, now) => addUsage(state, now, {accountSid, category: 'sms', usage, day, price: 0.75}))

/** Twilio says this of what the account was charged. */
const answer = (sid: string, ...records: Readonly<Record<string, unknown>>[]) => {
  const month = {category: 'totalprice', usage: '1', as_of: '2026-03-10T12:00:00+00:00'}
  const dates = {start_date: '2026-03-01', end_date: '2026-03-31'}
  const body = JSON.stringify({
    usage_records: records.map((record) => ({...month, ...dates, price: '1.5', price_unit: 'usd', ...record})),
    page: 0,
    page_size: 100,
    uri: '/x',
    next_page_uri: null,
  })
  world.sandbox.faults.add({path: `${sid}/Usage`, when: 'before', do: {status: 200, body}})
}

const invoiceOf = async (month: Parameters<typeof readInvoice>[2] = 'this') =>
  (await readInvoice(world.context, APP, month)).invoice
const all = (month: Parameters<typeof readInvoices>[1] = 'this') =>
  readInvoices(world.context.registry, month, () => undefined)

describe('an invoice', () => {
  it('has the plan, the cards that were ordered, and what Twilio charged for the subaccount', async () => {
    const sid = await addAddon(world)
    await new OrderBook(world.main, 'aka-twilio').create(order({quantity: 2}), Promise.resolve())
    await use(sid, 100, '2026-03-02')
    const {charges, twilio} = await invoiceOf()
    expect(charges).toMatchObject({planPrice: 50, simCardsPerMonth: 40, cardsOrdered: 2, cardsOrderedPrice: 10})
    expect(twilio).toEqual({amount: 0.75, currency: 'usd'})
  })

  it('is of the month that was asked for, by Twilio’s clock', async () => {
    const sid = await addAddon(world, APP, {createdAt: '2026-02-15T00:00:00Z'})
    await use(sid, 100, '2026-03-02')
    const {month, invoice} = await readInvoice(world.context, APP, 'last')
    expect(month).toEqual({from: '2026-02-01', to: '2026-02-28'})
    expect(invoice.twilio).toMatchObject({amount: 0})
    expect(await readInvoice(world.context, APP, 'this')).toMatchObject({month: {from: '2026-03-01'}})
  })

  it('adds up as Twilio counts, not in fractions of dollars', async () => {
    const sid = await addAddon(world)
    answer(sid, ...['8.2', '0.29', '0.00001'].map((price) => ({price})))
    expect((await invoiceOf()).twilio).toEqual({amount: 8.49001, currency: 'usd'})
  })

  it.each<[string, Readonly<Record<string, unknown>>[]]>([
    ['nothing at all', []],
    ['no price', [{}, {price: null}]],
    ['a price of no currency', [{price_unit: null}]],
  ])('is none where Twilio says %s, which is not the same as nothing', async (_, records) => {
    answer(await addAddon(world), ...records)
    await expect(invoiceOf()).rejects.toMatchObject({code: 'TWILIO_RESPONSE_INVALID', exitCode: 7})
  })

  it('of nothing may be of no currency', async () => {
    answer(await addAddon(world), {price: '0', price_unit: null})
    expect((await invoiceOf()).twilio).toEqual({amount: 0, currency: 'usd'})
  })

  it('has nothing of Twilio before there is a subaccount', async () => {
    const {accountSid, ...record} = addonRecord({state: 'provisioning'})
    await world.context.registry.create(record, Promise.resolve())
    expect(await invoiceOf()).toMatchObject({twilio: undefined, charges: {planPrice: 0}})
  })
})

describe('the invoices of all add-ons', () => {
  it('are by name, each with its own charges, for the same month', async () => {
    for (const appSpace of ['web-default', 'api-default']) await use(await addAddon(world, appSpace), 100, '2026-03-02')
    const {invoices, month} = await all()
    expect(month).toMatchObject({from: '2026-03-01'})
    expect(invoices.map(({record, twilio}) => [record.appSpace, twilio?.currency])).toEqual([
      ['api-default', 'usd'],
      ['web-default', 'usd'],
    ])
  })

  it('leave out no add-on whose charges cannot be read: the plan is still to be paid', async () => {
    const closed = await addAddon(world, 'closed-default')
    await ensureAccountStatus(world.main, closed, 'closed')
    await addAddon(world)
    const {invoices} = await all()
    expect(invoices).toMatchObject([
      {record: {appSpace: APP}, twilio: {currency: 'usd'}},
      {charges: {planPrice: 50}, twilio: undefined, failure: {code: 'SUBACCOUNT_CLOSED'}},
    ])
  })
})
