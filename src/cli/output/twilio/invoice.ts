import type {Charges} from '../../../lib/invoice/charges.js'
import type {
  AddonInvoice,
  AddonInvoiceDocument,
  AllInvoicesDocument,
  ListedInvoice,
} from '../../../lib/invoice/document.js'
import type {Price} from '../../../lib/invoice/read.js'
import {count} from '../../../lib/text.js'
import {csv} from '../csv.js'
import {simCardsNote} from '../plans.js'
import {noAddons} from '../sentences.js'
import {table} from '../table.js'
import {minute, monthTitle} from '../time.js'

const head = ['App-space', 'Plan', 'Price', 'SIM cards', 'New cards', 'Total', 'Twilio']
const right = [2, 3, 4, 5, 6]
const optional = [4, 3, 2]

/** What the columns mean, below the invoice. */
export const invoiceNotes = `\n${simCardsNote}\nTwilio: what it charged the main account for everything in the subaccount.`

export function renderInvoice(invoice: AddonInvoiceDocument): string {
  return `${headingOf(invoice)}\n\n${table(head, [rowOf(invoice)], {right, optional})}`
}

/** One row per add-on, and of several the total. */
export function renderInvoices(document: AllInvoicesDocument): string {
  const {invoices, totals} = document
  if (invoices.length === 0) return noAddons
  const all = ['Total', '', ...chargesInCells(totals), totals.twilio.map(money).join(' + ') || '–']
  const rows = invoices.map(rowOf)
  return `${headingOf(document)}\n\n${table(head, invoices.length > 1 ? [...rows, all] : rows, {right, optional})}`
}

function headingOf(month: AddonInvoiceDocument | AllInvoicesDocument): string {
  return `${monthTitle(month)}, as of ${minute(month.asOf)}`
}

function rowOf(invoice: AddonInvoice | ListedInvoice): string[] {
  const {appSpace, plan, twilio} = invoice
  const charged = 'error' in invoice && invoice.error ? 'not read' : twilio ? money(twilio) : '–'
  return [appSpace, plan, ...chargesInCells(invoice), charged]
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

const columns = [
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

/** One row per add-on. */
export async function invoiceCsv(document: AddonInvoiceDocument | AllInvoicesDocument): Promise<string> {
  const {month, asOf} = document
  const invoices: readonly (AddonInvoice | ListedInvoice)[] = 'invoices' in document ? document.invoices : [document]
  const rows = invoices.map((invoice) => ({
    app_space: invoice.appSpace,
    host: invoice.host,
    plan: invoice.plan,
    month,
    as_of: asOf,
    plan_price: invoice.planPrice,
    sim_cards_per_month: invoice.simCardsPerMonth,
    cards_ordered: invoice.cardsOrdered,
    cards_ordered_price: invoice.cardsOrderedPrice,
    total: invoice.total,
    twilio_amount: invoice.twilio?.amount,
    twilio_currency: invoice.twilio?.currency,
    error: 'error' in invoice ? invoice.error?.code : undefined,
  }))
  return csv(rows, columns)
}
