import type {AddonInvoice, MonthlyInvoice} from '../../../lib/invoice/document.js'
import {type Markup, markup} from '../html/markup.js'
import {barOf, page, tableOf} from '../html/page.js'
import {noAddons} from '../sentences.js'
import {invoiceHeading, invoiceNotes, invoicesOf, invoiceTable} from './invoice.js'

/** `--html`, a table for each month: beside the amounts of each add-on a bar of what they are made of. */
export function invoicePage(documents: readonly MonthlyInvoice[]): string {
  const [first] = documents
  const title = `Twilio costs of ${!first || 'invoices' in first ? 'all add-ons' : first.appSpace}`
  return page(title, [
    markup`<h1>${title}</h1>
`,
    ...documents.map(monthSection),
    markup`<p>${key('a')}Plan ${key('b')}SIM cards, monthly ${key('c')}New cards, once</p>
`,
    ...invoiceNotes
      .trim()
      .split('\n')
      .map((line) => markup`<p>${line}</p>\n`),
  ])
}

function monthSection(document: MonthlyInvoice): Markup {
  const invoices = invoicesOf(document)
  const largest = Math.max(1, ...invoices.map(({total}) => total))
  const {head, rows: all, total, right} = invoiceTable(document)
  const columns = [...head.map((title, at) => ({title, isNumber: right.includes(at)})), {title: 'Share of the largest'}]
  const rows = all.map(({invoice, cells}) => [...cells, invoice ? costBar(invoice, largest) : ''])
  const foot = total && [...total, '']
  const shown = invoices.length === 0 ? markup`<p>${noAddons}</p>` : tableOf(columns, rows, foot)
  return markup`<h2>${invoiceHeading(document)}</h2>
${shown}`
}

function key(name: string): Markup {
  return markup`<svg class="key" aria-hidden="true"><rect class="${name}" width="100%" height="100%"/></svg>`
}

function costBar({planPrice, simCardsPerMonth, cardsOrderedPrice}: AddonInvoice, largest: number) {
  const parts = [
    {amount: planPrice, name: 'a'},
    {amount: simCardsPerMonth, name: 'b'},
    {amount: cardsOrderedPrice, name: 'c'},
  ] as const
  return barOf(parts.flatMap(({amount, name}) => (amount > 0 ? [{percent: (amount / largest) * 100, name}] : [])))
}
