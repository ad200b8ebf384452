import type {AddonRegistry} from '../addon/addon-registry.js'
import type {AddonContext} from '../addon/context.js'
import {readInside, requireRecord, requireSubaccount} from '../addon/info.js'
import type {AddonRecord} from '../addon/record.js'
import type {Period} from '../days.js'
import {type Failure, temporary} from '../errors.js'
import {OrderBook} from '../sims/order-book.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {type ReadUsage, usageReader} from '../twilio/usage.js'
import {type OnProgress, overFleet} from '../usage/fleet.js'
import {type MonthChoice, monthName} from '../usage/month.js'
import {monthOf} from '../usage/read.js'
import {type Charges, chargesFor} from './charges.js'

/** What Twilio charged the main account. */
export interface Price {
  readonly amount: number
  /** ISO 4217, lower case. */
  readonly currency: string
}

export interface Invoice {
  readonly record: AddonRecord
  readonly charges: Charges
  /** For the subaccount; undefined where there is none yet, and where it could not be read. */
  readonly twilio: Price | undefined
  readonly failure?: Failure | undefined
}

/** Which month it is, by Twilio's clock, and until when Twilio has counted. */
export interface InvoiceMonth {
  readonly month: Period
  readonly asOf: Date
}

/** Everything that an account used: https://www.twilio.com/docs/usage/api/usage-record#usage-categories */
const category = 'totalprice'

/** @throws {Failure} `notFound`; `refused` when the subaccount was closed */
export async function readInvoice(
  context: AddonContext,
  appSpace: string,
  asked: MonthChoice,
): Promise<InvoiceMonth & {invoice: Invoice}> {
  const {main, registry} = context
  const [record, at, entries] = await Promise.all([
    requireRecord(context, appSpace),
    readMonth(main, asked),
    new OrderBook(main, registry.name).list(appSpace),
  ])
  const orders = entries.map((entry) => entry.record)
  const twilio = await priceOf(main, record, at.month)
  return {...at, invoice: {record, charges: chargesFor(record, orders, at.month), twilio}}
}

/** The invoices of every add-on, by name; what Twilio charged for one that cannot be read is left out. */
export async function readInvoices(
  registry: AddonRegistry,
  asked: MonthChoice,
  onProgress: OnProgress,
): Promise<InvoiceMonth & {invoices: readonly Invoice[]; unknown: readonly string[]}> {
  const [at, {entries, unknown, work}] = await Promise.all([readMonth(registry.account, asked), overFleet(registry)])
  const outcomes = await work((read, _account, {record}) => readPrice(read, at.month, record), onProgress)
  const invoices = entries.map(({record, orders}, index): Invoice => {
    const outcome = outcomes[index]
    const charges = chargesFor(record, orders, at.month)
    if (outcome && 'failure' in outcome) return {record, charges, twilio: undefined, failure: outcome.failure}
    return {record, charges, twilio: outcome?.result}
  })
  return {...at, invoices: invoices.sort((a, b) => a.record.appSpace.localeCompare(b.record.appSpace)), unknown}
}

/** Asked of the main account, so that all add-ons are charged for the same month, and those without a subaccount, too. */
async function readMonth(main: TwilioAccount, asked: MonthChoice): Promise<InvoiceMonth> {
  const read = (await usageReader(main))(main.sid)
  return monthOf(asked, [await read({category, span: asked})])
}

async function priceOf(main: TwilioAccount, record: AddonRecord, month: Period): Promise<Price | undefined> {
  const {accountSid} = record
  if (accountSid === undefined) return undefined
  const [, price] = await readInside(main, requireSubaccount(main, record), async (reader) =>
    readPrice((await usageReader(reader))(accountSid), month, record),
  )
  return price
}

/** @throws {Failure} `temporary` where Twilio does not say: that is not the same as nothing. */
async function readPrice(read: ReadUsage, month: Period, {appSpace}: AddonRecord): Promise<Price> {
  const {records} = await read({category, span: month})
  const prices = records.map(({price}) => price)
  // In hundred-thousandths, as Twilio counts: adding up fractions of dollars would show.
  const amount = prices.reduce((all: number, price = 0) => all + Math.round(price * 100_000), 0) / 100_000
  const [currency] = records.flatMap((record) => record.currency ?? [])
  if (records.length === 0 || prices.includes(undefined) || (currency === undefined && amount !== 0)) {
    throw temporary(
      'TWILIO_RESPONSE_INVALID',
      `Twilio does not say what it charged for ${appSpace} in ${monthName(month)}.`,
      'See https://status.twilio.com',
    )
  }
  return {amount, currency: currency ?? 'usd'}
}
