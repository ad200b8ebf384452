import type {Labels} from '../addon/labels.js'
import type {PlanName} from '../addon/plans.js'
import type {Day} from '../days.js'
import {type ErrorDetails, errorDetails, type ResultErrors} from '../error-document.js'
import type {OfProfile, ReadProfiles} from '../per-profile.js'
import {monthName} from '../usage/month.js'
import type {Charges, PlanDays} from './charges.js'
import type {Invoice, InvoiceMonth} from './read.js'
import type {Price} from './twilio-charges.js'

/** What an add-on costs in a month; with `--all` what each of them costs; with `--from` and `--to` month by month. */
export type InvoiceDocument = AddonInvoiceDocument | AllInvoicesDocument | InvoicedMonthsDocument

/** What an add-on, or all of them, cost in each of several months. */
interface InvoicedMonthsDocument extends ResultErrors, ReadProfiles {
  /** Oldest first. */
  readonly months: readonly MonthlyInvoice[]
  /** Of all months, in US dollars, without what Twilio charged. */
  readonly total: number
}

/** What an add-on costs in a month. */
interface AddonInvoiceDocument extends MonthOfAddon {
  readonly appSpace: string
}

/** What all add-ons cost in a month. */
interface AllInvoicesDocument extends MonthOfAll, ResultErrors, ReadProfiles {}

export type MonthlyInvoice = MonthOfAddon | MonthOfAll

export interface MonthOfAddon extends AddonInvoice, InvoicedMonth {
  /** Add-ons that the app-space had before, destroyed by now, that cost something in this month. */
  readonly earlier: readonly AddonInvoice[]
}

export interface MonthOfAll extends InvoicedMonth {
  /** By app-space. */
  readonly invoices: readonly ListedInvoice[]
  readonly totals: InvoiceTotals
  /** Keys of the registry's items that cannot be read. */
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
export interface AddonInvoice extends Charges, OfProfile {
  readonly appSpace: string
  /** The Akkeris host of the app-space. */
  readonly host: string
  /** The plan at the end of the month, or the last one that it had. */
  readonly plan: PlanName
  /** Plans by the day, and what they cost. */
  readonly plans: readonly PlanDays[]
  /** Of all prices but Twilio's, ISO 4217, lower case. */
  readonly currency: 'usd'
  readonly labels: Labels
  /** ISO 8601, UTC; null while it is there. */
  readonly destroyedAt: string | null
  /** Null before there is a subaccount. */
  readonly accountSid: string | null
  /** What Twilio charged the main account for the subaccount; null before there is one, and where it could not be read. */
  readonly twilio: Price | null
  /** Of that, for registrations for SMS to the US: brands, vetting and campaigns; null as above, and where Twilio does not say. */
  readonly registrationFees: Price | null
}

export interface ListedInvoice extends AddonInvoice {
  /** Why Twilio's charges could not be read. */
  readonly error: ErrorDetails | null
}

interface InvoiceTotals extends Charges {
  /** One for each currency. */
  readonly twilio: readonly Price[]
  readonly registrationFees: readonly Price[]
}

export function invoicedMonth({month, asOf}: InvoiceMonth): InvoicedMonth {
  return {month: monthName(month), ...month, asOf: asOf.toISOString()}
}

export function addonInvoice({record, charges, plans, twilio, registrationFees, of}: Invoice): AddonInvoice {
  const {appSpace, host, accountSid = null, labels = {}, destroyedAt = null} = record
  return {
    appSpace,
    host,
    plan: plans.at(-1)?.plan ?? record.plan,
    plans,
    currency: 'usd',
    labels,
    destroyedAt,
    accountSid,
    ...charges,
    twilio: twilio ?? null,
    registrationFees: registrationFees ?? null,
    ...of,
  }
}

export function allInvoices(at: InvoiceMonth, invoices: readonly Invoice[], leftOut: readonly string[]): MonthOfAll {
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
  // In cents: adding up fractions of dollars would show.
  const sum = (of: keyof Charges) => invoices.reduce((all, {charges}) => all + Math.round(charges[of] * 100), 0) / 100
  return {
    planPrice: sum('planPrice'),
    simCardsPerMonth: sum('simCardsPerMonth'),
    cardsOrdered: sum('cardsOrdered'),
    cardsOrderedPrice: sum('cardsOrderedPrice'),
    total: sum('total'),
    twilio: byCurrency(invoices.map(({twilio}) => twilio)),
    registrationFees: byCurrency(invoices.map(({registrationFees}) => registrationFees)),
  }
}

function byCurrency(prices: readonly (Price | undefined)[]): Price[] {
  const known = prices.filter((price) => price !== undefined)
  const sumIn = (wanted: string) =>
    known.reduce((all, {amount, currency}) => all + (currency === wanted ? Math.round(amount * 100_000) : 0), 0)
  const currencies = [...new Set(known.map(({currency}) => currency))]
  return currencies.map((currency) => ({amount: sumIn(currency) / 100_000, currency}))
}

export function monthOfAddon(at: InvoiceMonth, invoice: Invoice, earlier: readonly Invoice[]): MonthOfAddon {
  return {...invoicedMonth(at), ...addonInvoice(invoice), earlier: earlier.map(addonInvoice)}
}

export function invoicedMonths(months: InvoicedMonthsDocument['months']): InvoicedMonthsDocument {
  const totals = months.flatMap((month) =>
    'totals' in month ? [month.totals.total] : [month.total, ...month.earlier.map(({total}) => total)],
  )
  return {months, total: totals.reduce((all, each) => all + Math.round(each * 100), 0) / 100}
}
