import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {allAddonsFlag, appFlag} from '../../cli/flags/common.js'
import {monthsFlags, monthsFrom} from '../../cli/flags/months.js'
import {ofAddon, ofAllAddons, readMonths} from '../../cli/invoiced-months.js'
import {skippedItems} from '../../cli/output/sentences.js'
import {invoiceCsv, invoiceMarkdown, invoiceNotes, renderInvoices} from '../../cli/output/twilio/invoice.js'
import {invoicePage} from '../../cli/output/twilio/invoice-page.js'
import {reportFlags, requireReportFile, writeReport} from '../../cli/report-file.js'
import {invoicedMonths, type InvoiceDocument, type MonthlyInvoice} from '../../lib/invoice/document.js'

export default class TwilioInvoice extends AkaCommand {
  static override summary = 'show what an add-on costs in a month, and what Twilio charged for it'
  static override description = `The plan's price, the monthly price of SIM cards while there are any, and the price of cards ordered in that month; and what Twilio charged the main account for everything in the subaccount, with a line for the part that was for registrations for SMS to the US.

Months are in UTC. An add-on is charged for whole months, from the one in which it was created to the one in which it was destroyed; if its plan changed, each day counts with the plan that it ended with. Destroyed add-ons stay on the invoices of their months, for 13 months.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --month last',
    '<%= config.bin %> <%= command.id %> --all --month last --csv',
    '<%= config.bin %> <%= command.id %> --all --from 2026-01 --to 2026-03 --csv',
    '<%= config.bin %> <%= command.id %> --all --month last --html invoices.html',
  ]
  static override flags = {
    app: appFlag,
    all: allAddonsFlag('app'),
    ...monthsFlags,
    csv: Flags.boolean({description: 'as CSV', exclusive: ['json']}),
    ...reportFlags,
  }

  async run(): Promise<InvoiceDocument> {
    const {flags} = await this.parse(TwilioInvoice)
    const asked = monthsFrom(flags)
    await requireReportFile(flags.html)
    const appSpace = flags.all ? undefined : await this.appSpace(flags.app)
    const read =
      appSpace === undefined
        ? ofAllAddons((work) => this.sessions.ofEachProfile(flags, work))
        : ofAddon(await this.context(await this.session(flags)), appSpace)
    const months = await readMonths(read, asked)
    const {documents, unknown} = months
    await writeReport(flags.html, () => invoicePage(documents))
    if (flags.csv) this.print(await invoiceCsv(documents))
    else if (flags.markdown) this.print(documents.map(invoiceMarkdown).join('\n\n'))
    else await this.#show(documents)
    if (unknown.length > 0) this.warn(skippedItems(unknown))
    const ended = {...months.read, ...this.failWithResult(months.failures)}
    const [document] = documents
    return flags.from !== undefined || !document ? {...invoicedMonths(documents), ...ended} : {...document, ...ended}
  }

  async #show(documents: readonly MonthlyInvoice[]): Promise<void> {
    if (this.jsonEnabled()) return
    await this.logList(() => documents.map(renderInvoices).join('\n\n'))
    if (documents.some((document) => !('invoices' in document) || document.invoices.length > 0))
      this.logToStderr(invoiceNotes)
  }
}
