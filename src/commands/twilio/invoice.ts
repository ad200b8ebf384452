import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {allAddonsFlag, appFlag, monthFlag} from '../../cli/flags.js'
import {skippedItems} from '../../cli/output/sentences.js'
import {invoiceCsv, invoiceNotes, renderInvoice, renderInvoices} from '../../cli/output/twilio/invoice.js'
import {countProgress, progress} from '../../cli/progress.js'
import type {AddonRegistry} from '../../lib/addon/addon-registry.js'
import {readFailures} from '../../lib/batch.js'
import {addonInvoice, allInvoices, invoicedMonth, type InvoiceDocument} from '../../lib/invoice/document.js'
import {readInvoice, readInvoices} from '../../lib/invoice/read.js'
import {type MonthChoice, parseMonth} from '../../lib/usage/month.js'

export default class TwilioInvoice extends AkaCommand {
  static override summary = 'show what an add-on costs in a month, and what Twilio charged for it'
  static override description = `The plan's price, the monthly price of SIM cards while there are any, and the price of cards ordered in that month; and what Twilio charged the main account for everything in the subaccount.

Whole months, in UTC; the plan is the one that the add-on has now. An add-on that was destroyed is no longer shown: print its invoice before.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --month last',
    '<%= config.bin %> <%= command.id %> --all --month last --csv',
  ]
  static override flags = {
    app: appFlag,
    all: allAddonsFlag('app'),
    month: monthFlag,
    csv: Flags.boolean({description: 'as CSV', exclusive: ['json']}),
  }

  async run(): Promise<InvoiceDocument> {
    const {flags} = await this.parse(TwilioInvoice)
    const month = parseMonth(flags.month)
    const session = await this.session(flags)
    if (flags.all) return this.#all(await session.registry(), month, flags)
    const appSpace = await this.appSpace(flags.app)
    const context = await this.context(session)
    const {invoice, ...at} = await progress(`reading the charges of ${appSpace}`, () =>
      readInvoice(context, appSpace, month),
    )
    const document = {...invoicedMonth(at), ...addonInvoice(invoice)}
    if (flags.csv) this.print(await invoiceCsv(document))
    else this.log(() => renderInvoice(document))
    if (!flags.csv && !this.jsonEnabled()) this.logToStderr(invoiceNotes)
    return document
  }

  async #all(registry: AddonRegistry, month: MonthChoice, {csv}: {csv: boolean}) {
    const {invoices, unknown, ...at} = await progress('reading the charges of every add-on', () =>
      readInvoices(registry, month, countProgress),
    )
    const document = allInvoices(at, invoices, unknown)
    if (csv) this.print(await invoiceCsv(document))
    else if (!this.jsonEnabled()) {
      await this.logList(() => renderInvoices(document))
      if (invoices.length > 0) this.logToStderr(invoiceNotes)
    }
    if (unknown.length > 0) this.warn(skippedItems(unknown))
    return {...document, ...this.failWithResult(readFailures(invoices))}
  }
}
