import {count} from '../addon/format.js'
import {table} from '../../cli/output/table.js'
import {monthInWords, nameOf, timeInWords} from '../usage/month.js'
import type {Charges} from './charges.js'
import type {Invoice, InvoiceMonth, Price} from './read.js'

const head = ['App-space', 'Plan', 'Price', 'SIM cards', 'New cards', 'Total', 'Twilio']
const right = [2, 3, 4, 5, 6]

/** What is charged for each, beside what Twilio charged; of several also all together. */
export async function invoicesInLines({month, asOf}: InvoiceMonth, invoices: readonly Invoice[]): Promise<string> {
  const rows = invoices.map(({record, charges, twilio, failure}) => [
    record.appSpace,
    record.plan,
    ...chargesInCells(charges),
    failure ? 'not read' : (twilio && money(twilio)) || '–',
  ])
  const {twilio, ...charges} = totals(invoices)
  const all = ['Together', '', ...chargesInCells(charges), twilio.map(money).join(' + ') || '–']
  const printed = await table(head, invoices.length > 1 ? [...rows, all] : rows, {right})
  return `${monthInWords(month)}, as of ${timeInWords(asOf)}\n\n${printed}`
}

function chargesInCells({planPrice, simCardsPerMonth, cardsOrdered, cardsOrderedPrice, total}: Charges): string[] {
  const ordered = cardsOrdered === 0 ? dollars(0) : `${count(cardsOrdered)} for ${dollars(cardsOrderedPrice)}`
  return [dollars(planPrice), dollars(simCardsPerMonth), ordered, dollars(total)]
}

/** `$1,200`; what is charged here is whole dollars. */
function dollars(amount: number): string {
  return `$${count(amount)}`
}

/** `$12.35`, `12.35 EUR` */
function money({amount, currency}: Price): string {
  const number = amount.toLocaleString('en-US', {minimumFractionDigits: 2, maximumFractionDigits: 2})
  return currency === 'usd' ? `$${number}` : `${number} ${currency.toUpperCase()}`
}

/** Everything together; what Twilio charged by currency. */
export function totals(invoices: readonly Invoice[]): Charges & {readonly twilio: readonly Price[]} {
  const sum = (of: keyof Charges) => invoices.reduce((all, {charges}) => all + charges[of], 0)
  const currencies = [...new Set(invoices.flatMap(({twilio}) => twilio?.currency ?? []))]
  const priceIn = (currency: string) =>
    invoices.reduce(
      (all, {twilio}) => all + (twilio?.currency === currency ? Math.round(twilio.amount * 100_000) : 0),
      0,
    ) / 100_000
  return {
    planPrice: sum('planPrice'),
    simCardsPerMonth: sum('simCardsPerMonth'),
    cardsOrdered: sum('cardsOrdered'),
    cardsOrderedPrice: sum('cardsOrderedPrice'),
    total: sum('total'),
    twilio: currencies.map((currency) => ({amount: priceIn(currency), currency})),
  }
}

/** As --json has it (docs/json.md). */
export function invoiceDocument({record: {appSpace, host, plan, accountSid}, charges, twilio}: Invoice) {
  return {appSpace, host, plan, accountSid, ...charges, twilio}
}

export function monthDocument({month, asOf}: InvoiceMonth) {
  return {month: nameOf(month), ...month, asOf}
}

export const invoiceColumns = [
  'app_space',
  'host',
  'plan',
  'month',
  'as_of',
  'plan_price',
  'sim_cards_per_month',
  'cards_ordered',
  'cards_ordered_price',
  'total',
  'twilio_amount',
  'twilio_currency',
  'error',
] as const

export function invoiceRow({month, asOf}: InvoiceMonth, {record, charges, twilio, failure}: Invoice) {
  return {
    app_space: record.appSpace,
    host: record.host,
    plan: record.plan,
    month: nameOf(month),
    as_of: asOf,
    plan_price: charges.planPrice,
    sim_cards_per_month: charges.simCardsPerMonth,
    cards_ordered: charges.cardsOrdered,
    cards_ordered_price: charges.cardsOrderedPrice,
    total: charges.total,
    twilio_amount: twilio?.amount,
    twilio_currency: twilio?.currency,
    error: failure?.code,
  }
}
