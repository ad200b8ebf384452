import {Flags} from '@oclif/core'

import {planNotes} from '../../lib/addon/format.js'
import {AkaCommand, appFlag} from '../../cli/base-command.js'
import {csv} from '../../cli/output/csv.js'
import {
  invoiceColumns,
  invoiceDocument,
  invoiceRow,
  invoicesInLines,
  monthDocument,
  totals,
} from '../../lib/invoice/format.js'
import {readInvoice, readInvoices, type Invoice, type InvoiceMonth} from '../../lib/invoice/read.js'
import type {Session} from '../../lib/session.js'
import {notRead} from '../../lib/usage/batch.js'
import {parseMonth, type MonthChoice} from '../../lib/usage/month.js'

export default class TwilioInvoice extends AkaCommand {
  static override summary = 'show what an add-on costs in a month, beside what Twilio charged for it'
  static override description = `The plan's price, the monthly price of SIM cards while there are any, and the price of cards ordered in that month; and what Twilio charged the main account for everything in the subaccount.

Whole months, in UTC; the plan is the one that the add-on has now. An add-on that was destroyed is not shown any more: print the invoice before.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --month last',
    '<%= config.bin %> <%= command.id %> --all --month last --csv',
  ]
  static override flags = {
    app: appFlag,
    all: Flags.boolean({description: 'every add-on of the main account', exclusive: ['app']}),
    month: Flags.string({description: 'which month', default: 'this', helpValue: 'this|last|YYYY-MM'}),
    csv: Flags.boolean({description: 'as CSV', exclusive: ['json']}),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioInvoice)
    const month = parseMonth(flags.month)
    if (flags.all) return this.#all(await this.session(flags), month, flags.csv)
    const appSpace = this.appSpace(flags.app)
    const context = await this.context(await this.session(flags))
    this.progress(`reading the charges of ${appSpace}`)
    const {invoice, ...at} = await readInvoice(context, appSpace, month)
    await this.#show(at, [invoice], flags.csv)
    return {...monthDocument(at), ...invoiceDocument(invoice)}
  }

  async #all(session: Session, month: MonthChoice, asCsv: boolean): Promise<unknown> {
    this.progress('reading the charges of every add-on')
    const registry = await session.registry()
    const {invoices, unknown, ...at} = await readInvoices(registry, month, (done, all) => this.progressed(done, all))
    if (invoices.length === 0 && !asCsv) this.log('No app-space has a Twilio add-on yet.')
    else await this.#show(at, invoices, asCsv)
    if (unknown.length > 0)
      this.caution(`Not written by this version of aka-twilio, and left out: ${unknown.join(', ')}`)
    const failed = invoices.flatMap(({record: {appSpace}, failure}) => (failure ? [{appSpace, failure}] : []))
    const failure = notRead(failed, invoices.length)
    return {
      ...monthDocument(at),
      invoices: invoices.map((invoice) => ({
        ...invoiceDocument(invoice),
        error: invoice.failure && (this.toErrorJson(invoice.failure) as {error: unknown}).error,
      })),
      totals: totals(invoices),
      leftOut: unknown,
      ...this.failBeside(failure ? [failure] : []),
    }
  }

  async #show(at: InvoiceMonth, invoices: readonly Invoice[], asCsv: boolean): Promise<void> {
    if (this.jsonEnabled()) return
    if (asCsv) {
      const rows = invoices.map((invoice) => invoiceRow(at, invoice))
      this.log(await csv(rows, invoiceColumns))
      return
    }
    this.log(await invoicesInLines(at, invoices))
    this.tell(`\n${planNotes[0] ?? ''}\nTwilio: what it charged the main account for all that is in the subaccount.`)
  }
}
