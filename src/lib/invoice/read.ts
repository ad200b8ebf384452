import type {AddonRegistry} from '../addon/addon-registry.js'
import type {AddonContext} from '../addon/context.js'
import {readInside, requireRecord, requireSubaccount} from '../addon/info.js'
import type {Labels} from '../addon/labels.js'
import type {AddonRecord} from '../addon/record.js'
import {inBatches} from '../batch.js'
import type {Period} from '../days.js'
import {Failure} from '../errors.js'
import type {OfProfile} from '../per-profile.js'
import {OrderBook} from '../sims/order-book.js'
import {compareText} from '../text.js'
import type {TwilioAccount} from '../twilio/connect.js'
import type {MapItem} from '../twilio/sync-map.js'
import {type ReadUsage, usageReader} from '../twilio/usage.js'
import {type OnProgress, overFleet} from '../usage/fleet.js'
import type {MonthChoice} from '../usage/month.js'
import {monthOf} from '../usage/read.js'
import {type CardOrder, cardOrders, type Charged, type Charges, chargesFor, type PlanDays, planDays} from './charges.js'
import {DestroyedBook, type DestroyedRecord} from './destroyed.js'
import {everything, hasRegistrationFees, noCharges, readCharges, type TwilioCharges} from './twilio-charges.js'

/** An add-on that there is, or was. */
type InvoicedAddon = Charged &
  Pick<AddonRecord, 'appSpace' | 'host' | 'createdBy'> & {
    readonly accountSid?: string
    readonly labels?: Labels
  }

/** What Twilio charged is undefined where there is no subaccount yet, and where it could not be read. */
export interface Invoice extends TwilioCharges {
  readonly record: InvoicedAddon
  readonly charges: Charges
  readonly plans: readonly PlanDays[]
  readonly failure?: Failure | undefined
  readonly of?: OfProfile
}

/** Which month it is, by Twilio's clock, and until when Twilio has counted. */
export interface InvoiceMonth {
  readonly month: Period
  readonly asOf: Date
}

/**
 * Of an app-space: its add-on's, and those of add-ons before it that were destroyed and still cost something in the month.
 * @throws {Failure} `notFound`; `refused` when the subaccount was closed
 */
export async function readInvoice(
  context: AddonContext,
  appSpace: string,
  asked: MonthChoice,
): Promise<InvoiceMonth & {invoice: Invoice; earlier: readonly Invoice[]}> {
  const {main, registry} = context
  const book = new OrderBook(main, registry.name)
  const [found, at, items] = await Promise.all([
    requireRecord(context, appSpace).catch(missing),
    readMonth(main, asked),
    book.items(`${appSpace}/`),
  ])
  const destroyed = destroyedAmong(registry, items, found instanceof Failure ? [] : [found])
    .filter(({host}) => host === context.akkeris.host)
    .sort((a, b) => compareText(b.destroyedAt, a.destroyedAt))
  const earlier = await Promise.all(
    destroyed.map(async (record) => invoiceOfDestroyed(main, record, {...at, hasFees: true})),
  )
  const charged = earlier.filter(({charges}) => charges.total > 0)
  if (found instanceof Failure) {
    const [newest = earlier[0], ...others] = charged
    if (!newest) throw found
    return {...at, invoice: newest, earlier: others}
  }
  const orders = cardOrders(book.among(items).map((entry) => entry.record))
  const invoice = {...calculated(found, orders, at.month), ...(await chargesOf(main, found, at.month))}
  return {...at, invoice, earlier: charged}
}

/** There may have been one. */
function missing(error: unknown): Failure {
  if (error instanceof Failure && error.outcome === 'notFound') return error
  throw error
}

function calculated(record: InvoicedAddon, orders: readonly CardOrder[], month: Period) {
  return {record, charges: chargesFor(record, orders, month), plans: planDays(record, month)}
}

/** One whose destruction was interrupted is in the registry still. */
function destroyedAmong(
  registry: AddonRegistry,
  items: readonly MapItem[],
  records: readonly AddonRecord[],
): DestroyedRecord[] {
  const there = new Set(records.map(({accountSid}) => accountSid))
  return new DestroyedBook(registry.account, registry.name)
    .among(items)
    .filter(({accountSid}) => !there.has(accountSid))
}

/** Twilio forgets a closed account after 30 days: what it charged is unknown then, and the plan is still to be paid. */
async function invoiceOfDestroyed(
  main: TwilioAccount,
  record: DestroyedRecord,
  {month, hasFees}: {readonly month: Period; readonly hasFees: boolean},
): Promise<Invoice> {
  const {appSpace, accountSid} = record
  const invoice = calculated(record, record.orders, month)
  if (invoice.charges.total === 0) return {...invoice, ...noCharges}
  try {
    const read = (await usageReader(main))(accountSid)
    return {...invoice, ...(await readCharges(read, month, {appSpace, hasFees}))}
  } catch (error) {
    if (error instanceof Failure && error.outcome !== 'interrupted') return {...invoice, ...noCharges}
    throw error
  }
}

/** The invoices of every add-on, by name; what Twilio charged for one that cannot be read is left out. */
export async function readInvoices(
  registry: AddonRegistry,
  asked: MonthChoice,
  onProgress: OnProgress,
): Promise<InvoiceMonth & {invoices: readonly Invoice[]; unknown: readonly string[]}> {
  const [at, hasFees, {entries, unknown, items, work}] = await Promise.all([
    readMonth(registry.account, asked),
    usageOfMain(registry.account).then((read) => hasRegistrationFees(read, asked)),
    overFleet(registry),
  ])
  const outcomes = await work(
    (read, _account, {record: {appSpace}}) => readCharges(read, at.month, {appSpace, hasFees}),
    onProgress,
  )
  const invoices = entries.map(({record, orders}, index): Invoice => {
    const outcome = outcomes[index]
    const invoice = calculated(record, cardOrders(orders), at.month)
    if (outcome && 'failure' in outcome) return {...invoice, ...noCharges, failure: outcome.failure}
    return {...invoice, ...(outcome?.result ?? noCharges)}
  })
  const there = entries.map(({record}) => record)
  const gone = destroyedAmong(registry, items, there).filter(
    (record) => chargesFor(record, record.orders, at.month).total > 0,
  )
  const outcomesOfGone = await inBatches(
    gone,
    async (record) => invoiceOfDestroyed(registry.account, record, {...at, hasFees}),
    () => undefined,
  )
  const all = [...invoices, ...outcomesOfGone.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []))]
  return {...at, invoices: all.sort((a, b) => compareText(a.record.appSpace, b.record.appSpace)), unknown}
}

/** Asked of the main account, so that all add-ons are charged for the same month, and those without a subaccount, too. */
async function readMonth(main: TwilioAccount, asked: MonthChoice): Promise<InvoiceMonth> {
  const read = await usageOfMain(main)
  return monthOf(asked, [await read({category: everything, span: asked})])
}

async function usageOfMain(main: TwilioAccount): Promise<ReadUsage> {
  return (await usageReader(main))(main.sid)
}

async function chargesOf(main: TwilioAccount, record: AddonRecord, month: Period): Promise<TwilioCharges> {
  const {accountSid, appSpace} = record
  if (accountSid === undefined) return noCharges
  const [, charges] = await readInside(main, requireSubaccount(main, record), async (reader) =>
    readCharges((await usageReader(reader))(accountSid), month, {appSpace, hasFees: true}),
  )
  return charges
}
