import type {AddonContext} from '../lib/addon/context.js'
import {readFailures} from '../lib/batch.js'
import type {Failure} from '../lib/errors.js'
import {allInvoices, type MonthlyInvoice, monthOfAddon} from '../lib/invoice/document.js'
import {readInvoice, readInvoices} from '../lib/invoice/read.js'
import type {ReadProfiles} from '../lib/per-profile.js'
import type {Session} from '../lib/session.js'
import {compareText} from '../lib/text.js'
import type {MonthChoice} from '../lib/usage/month.js'
import type {OfEachProfile} from './of-each-profile.js'
import {countProgress, progress} from './progress.js'

interface InvoicedMonth {
  readonly document: MonthlyInvoice
  /** Keys of items that could not be read. */
  readonly unknown: readonly string[]
  readonly failures: readonly Failure[]
  /** Of several main accounts. */
  readonly read: ReadProfiles
}

type ReadMonth = (month: MonthChoice) => Promise<InvoicedMonth>

export function ofAddon(context: AddonContext, appSpace: string): ReadMonth {
  return async (month) => {
    const {invoice, earlier, ...at} = await progress(`reading the charges of ${appSpace}`, () =>
      readInvoice(context, appSpace, month),
    )
    return {document: monthOfAddon(at, invoice, earlier), unknown: [], failures: [], read: {}}
  }
}

/** Several months, one after another. */
export async function readMonths(read: ReadMonth, asked: readonly MonthChoice[]) {
  const months: InvoicedMonth[] = []
  for (const month of asked) months.push(await read(month))
  return {
    documents: months.map(({document}) => document),
    unknown: [...new Set(months.flatMap(({unknown}) => unknown))],
    failures: months.flatMap(({failures}) => failures),
    read: months[0]?.read ?? {},
  }
}

/** Of all main accounts that are asked for, one after another. */
export function ofAllAddons(ofEach: OfEachProfile): ReadMonth {
  return async (asked) => {
    let month = asked
    const readOne = async (session: Session) => {
      const registry = await session.registry()
      const read = await readInvoices(registry, month, countProgress)
      // All of them for the same month, whatever midnight comes in between.
      month = read.month
      return read
    }
    const {parts, read, failures} = await progress('reading the charges of every add-on', () => ofEach(readOne))
    const invoices = parts.flatMap(({of, result}) => result.invoices.map((invoice) => ({...invoice, of})))
    const unknown = parts.flatMap(({result}) => result.unknown)
    const at = parts.map(({result}) => result).toSorted((a, b) => a.asOf.getTime() - b.asOf.getTime())[0]
    if (!at) throw new Error('no main account was read')
    const sorted = invoices.toSorted((a, b) => compareText(a.record.appSpace, b.record.appSpace))
    return {
      document: allInvoices({month: at.month, asOf: at.asOf}, sorted, unknown),
      unknown,
      failures: [...failures, ...readFailures(invoices)],
      read,
    }
  }
}
