import type {PlanName} from '../addon/plans.js'
import type {Day} from '../days.js'
import {type ErrorDetails, errorDetails, type ResultErrors} from '../error-document.js'
import {monthName} from '../usage/month.js'
import type {Charges} from './charges.js'
import type {Invoice, InvoiceMonth, Price} from './read.js'

/** What an add-on costs in a month; with `--all` what each of them costs. */
export type InvoiceDocument = AddonInvoiceDocument | AllInvoicesDocument

/** What an add-on costs in a month. */
export interface AddonInvoiceDocument extends AddonInvoice, InvoicedMonth {}

/** What all add-ons cost in a month. */
export interface AllInvoicesDocument extends InvoicedMonth, ResultErrors {
  /** By app-space. */
  readonly invoices: readonly ListedInvoice[]
  readonly totals: InvoiceTotals
  /** Keys of the registry's items that another version wrote. */
  readonly leftOut: readonly string[]
}

export interface InvoicedMonth {
  /** YYYY-MM, UTC. */
  readonly month: string
  /** First day of the month, YYYY-MM-DD, UTC. */
  readonly from: Day
  /** Last day of the month, YYYY-MM-DD, UTC. */
  readonly to: Day
  /** Until when Twilio has counted, ISO 8601, UTC. */
  readonly asOf: string
}

/** US dollars, but for what Twilio charged. */
export interface AddonInvoice extends Charges {
  readonly appSpace: string
  /** The Akkeris host of the app-space. */
  readonly host: string
  readonly plan: PlanName
  /** Null before there is a subaccount. */
  readonly accountSid: string | null
  /** What Twilio charged the main account for the subaccount; null before there is one, and where it could not be read. */
  readonly twilio: Price | null
}

export interface ListedInvoice extends AddonInvoice {
  /** Why Twilio's charges could not be read. */
  readonly error: ErrorDetails | null
}

interface InvoiceTotals extends Charges {
  /** One for each currency. */
  readonly twilio: readonly Price[]
}

export function invoicedMonth({month, asOf}: InvoiceMonth): InvoicedMonth {
  return {month: monthName(month), ...month, asOf: asOf.toISOString()}
}

export function addonInvoice({record: {appSpace, host, plan, accountSid}, charges, twilio}: Invoice): AddonInvoice {
  return {appSpace, host, plan, accountSid: accountSid ?? null, ...charges, twilio: twilio ?? null}
}

export function allInvoices(
  at: InvoiceMonth,
  invoices: readonly Invoice[],
  leftOut: readonly string[],
): AllInvoicesDocument {
  return {
    ...invoicedMonth(at),
    invoices: invoices.map((invoice) => ({
      ...addonInvoice(invoice),
      error: invoice.failure ? errorDetails(invoice.failure) : null,
    })),
    totals: totals(invoices),
    leftOut,
  }
}

/** Everything together; what Twilio charged by currency. */
function totals(invoices: readonly Invoice[]): InvoiceTotals {
  const sum = (of: keyof Charges) => invoices.reduce((all, {charges}) => all + charges[of], 0)
  const currencies = [...new Set(invoices.flatMap(({twilio}) => twilio?.currency ?? []))]
  const priceIn = (currency: string) =>
    invoices.reduce(
      (all, {twilio}) => all + (twilio?.currency === currency ? Math.round(twilio.amount * 100_000) : 0),
      0,
    ) / 100_000
  return {
    planPrice: sum('planPrice'),
    simCardsPerMonth: sum('simCardsPerMonth'),
    cardsOrdered: sum('cardsOrdered'),
    cardsOrderedPrice: sum('cardsOrderedPrice'),
    total: sum('total'),
    twilio: currencies.map((currency) => ({amount: priceIn(currency), currency})),
  }
}
