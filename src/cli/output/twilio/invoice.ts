import {labelsInWords} from '../../../lib/addon/labels.js'
import type {Charges} from '../../../lib/invoice/charges.js'
import type {AddonInvoice, ListedInvoice, MonthlyInvoice, MonthOfAll} from '../../../lib/invoice/document.js'
import type {Price} from '../../../lib/invoice/twilio-charges.js'
import {count} from '../../../lib/text.js'
import {columnsFor, csv} from '../csv.js'
import {markdownTable} from '../markdown.js'
import {simCardsNote} from '../plans.js'
import {noAddons} from '../sentences.js'
import {table} from '../table.js'
import {minute, monthTitle} from '../time.js'

const usualHead = ['App-space', 'Plan', 'Price', 'SIM cards', 'New cards', 'Total', 'Twilio']

/** What the columns mean, below the invoice. */
export const invoiceNotes = `\n${simCardsNote}\nTwilio: what it charged the main account for everything in the subaccount, registrations for SMS to the US among it.`

/** One month. */
export function renderInvoices(document: MonthlyInvoice): string {
  if ('invoices' in document && document.invoices.length === 0) return noAddons
  return `${invoiceHeading(document)}

${screenTable(document)}`
}

/** With account and labels where the terminal is wide enough. */
function screenTable(document: MonthlyInvoice): string {
  const hasLabels = invoicesOf(document).some(({labels}) => Object.keys(labels).length > 0)
  const more = [
    {title: 'Account', cell: ({accountSid}: AddonInvoice) => accountSid ?? '–'},
    ...(hasLabels ? [{title: 'Labels', cell: ({labels}: AddonInvoice) => labelsInWords(labels)}] : []),
  ]
  const {head, rows, total, right} = invoiceTable(document, more)
  const [price = 0, cards = 0, ordered = 0] = right
  const least = more.map((_, at) => head.length - more.length + at)
  const all = [...rows.map(({cells}) => cells), ...(total ? [total] : [])]
  return table(head, all, {right, optional: [...least, ordered, cards, price]})
}

interface MoreColumn {
  readonly title: string
  readonly cell: (invoice: AddonInvoice) => string
}

/** One row per add-on, a line of fees below those that have any, and of several the total. */
export function invoiceTable(document: MonthlyInvoice, more: readonly MoreColumn[] = []) {
  const invoices = invoicesOf(document)
  const areSeveral = invoices.some(({profile}) => profile !== undefined)
  const cellsOf = ([name = '', ...others]: readonly string[], invoice?: AddonInvoice) => [
    name,
    ...(areSeveral ? [invoice?.profile ?? ''] : []),
    ...others,
    ...more.map(({cell}) => (invoice ? cell(invoice) : '')),
  ]
  const [first = '', ...others] = usualHead
  const head = [first, ...(areSeveral ? ['Profile'] : []), ...others, ...more.map(({title}) => title)]
  return {
    head,
    rows: invoices.flatMap((invoice) => [
      {invoice, cells: cellsOf(invoiceRow(invoice), invoice)},
      ...feesRow(invoice).map((row) => ({invoice: undefined, cells: cellsOf(row)})),
    ]),
    total: 'invoices' in document && invoices.length > 1 ? cellsOf(totalRow(document)) : undefined,
    right: [2, 3, 4, 5, 6].map((at) => at + (areSeveral ? 1 : 0)),
  }
}

/** `twilio:invoice --markdown`: one month. */
export function invoiceMarkdown(document: MonthlyInvoice): string {
  const {head, rows, total, right} = invoiceTable(document)
  const all = [...rows.map(({cells}) => cells), ...(total ? [total] : [])]
  return `**Twilio costs**, ${invoiceHeading(document)}

${markdownTable(head, all, right)}`
}

/** A line of their own, below the add-on that has any. */
function feesRow({registrationFees}: AddonInvoice): string[][] {
  if (registrationFees === null || registrationFees.amount === 0) return []
  return [['  of which registration', '', '', '', '', '', money(registrationFees)]]
}

export function invoicesOf(document: MonthlyInvoice): readonly (AddonInvoice | ListedInvoice)[] {
  return 'invoices' in document ? document.invoices : [document, ...document.earlier]
}

function totalRow({totals}: MonthOfAll): string[] {
  return ['Total', '', ...chargesInCells(totals), totals.twilio.map(money).join(' + ') || '–']
}

export function invoiceHeading(month: MonthlyInvoice): string {
  return `${monthTitle(month)}, as of ${minute(month.asOf)}`
}

function invoiceRow(invoice: AddonInvoice | ListedInvoice): string[] {
  const {appSpace, plan, plans, twilio, destroyedAt} = invoice
  const charged = 'error' in invoice && invoice.error ? 'not read' : twilio ? money(twilio) : '–'
  const names = plans.length > 1 ? plans.map((each) => each.plan).join(' → ') : plan
  return [destroyedAt === null ? appSpace : `${appSpace} (destroyed)`, names, ...chargesInCells(invoice), charged]
}

function chargesInCells({planPrice, simCardsPerMonth, cardsOrdered, cardsOrderedPrice, total}: Charges): string[] {
  const ordered = cardsOrdered === 0 ? dollars(0) : `${count(cardsOrdered)} for ${dollars(cardsOrderedPrice)}`
  return [dollars(planPrice), dollars(simCardsPerMonth), ordered, dollars(total)]
}

/** `$1,200`, `$74.19` */
function dollars(amount: number): string {
  return `$${decimal(amount).replace(/\.00$/, '')}`
}

/** `1,234.50`; from hundred-thousandths, as Twilio counts: toFixed alone takes 1242.945 for less than it is. */
function decimal(amount: number): string {
  const cents = Math.round(Math.round(amount * 100_000) / 1000)
  return (cents / 100).toFixed(2).replaceAll(/\B(?=(\d{3})+\.)/g, ',')
}

/** `$12.35`, `12.35 EUR` */
function money({amount, currency}: Price): string {
  const number = decimal(amount)
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
  'account_sid',
  'currency',
  'labels',
  'plan_days',
  'destroyed_at',
  'registration_fees',
  'profile',
  'main_account_sid',
] as const

/** One row per add-on. */
export async function invoiceCsv(documents: readonly MonthlyInvoice[]): Promise<string> {
  const rows = documents.flatMap(rowsOf)
  return csv(rows, columnsFor(rows, columns))
}

function rowsOf(document: MonthlyInvoice) {
  const {month, asOf} = document
  return invoicesOf(document).map((invoice) => ({
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
    account_sid: invoice.accountSid,
    currency: invoice.currency,
    labels: labelsInWords(invoice.labels),
    plan_days: invoice.plans.map(({plan, days}) => `${plan} ${days}`).join(', '),
    destroyed_at: invoice.destroyedAt,
    registration_fees: invoice.registrationFees?.amount,
    ...(invoice.profile !== undefined && {profile: invoice.profile, main_account_sid: invoice.mainAccountSid}),
  }))
}
