import type {AddonRegistry} from '../lib/addon/addon-registry.js'
import type {AddonContext} from '../lib/addon/context.js'
import {readFailures} from '../lib/batch.js'
import type {Failure} from '../lib/errors.js'
import {allInvoices, type MonthlyInvoice, monthOfAddon} from '../lib/invoice/document.js'
import {readInvoice, readInvoices} from '../lib/invoice/read.js'
import type {MonthChoice} from '../lib/usage/month.js'
import {countProgress, progress} from './progress.js'

export interface InvoicedMonth {
  readonly document: MonthlyInvoice
  /** Keys of items that could not be read. */
  readonly unknown: readonly string[]
  readonly failures: readonly Failure[]
}

type ReadMonth = (month: MonthChoice) => Promise<InvoicedMonth>

export function ofAddon(context: AddonContext, appSpace: string): ReadMonth {
  return async (month) => {
    const {invoice, earlier, ...at} = await progress(`reading the charges of ${appSpace}`, () =>
      readInvoice(context, appSpace, month),
    )
    return {document: monthOfAddon(at, invoice, earlier), unknown: [], failures: []}
  }
}

export function ofAllAddons(registry: AddonRegistry): ReadMonth {
  return async (month) => {
    const {invoices, unknown, ...at} = await progress('reading the charges of every add-on', () =>
      readInvoices(registry, month, countProgress),
    )
    return {document: allInvoices(at, invoices, unknown), unknown, failures: readFailures(invoices)}
  }
}
