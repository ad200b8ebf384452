import type {AddonContext} from '../addon/context.js'
import {askByName, requireRecord, requireSubaccount} from '../addon/info.js'
import type {AddonRecord} from '../addon/record.js'
import {underWay} from '../all-of.js'
import {carriers} from '../carrier/service.js'
import {startOf} from '../days.js'
import {Failure} from '../errors.js'
import {requireCarrier, type SimContext, simContextIfAny} from '../sims/context.js'
import {onOrderAsRecorded} from '../sims/ledger.js'
import {OrderBook} from '../sims/order-book.js'
import {ledgerOf} from '../sims/reserve.js'
import type {Account} from '../twilio/accounts.js'
import {readerIn} from '../twilio/connect.js'
import {usageReader} from '../twilio/usage.js'
import type {MonthChoice} from './month.js'
import {type DayAmounts, type Metering, readDays, readMetering} from './read.js'
import {report, type SimCount, type UsageReport} from './report.js'
import {type CountedMessages, daysWithMessages, withMessages} from './sim-messages.js'

/**
 * An app-space's usage against its plan; with `daily` each day's, too. Changes nothing and waits for nobody.
 * @throws {Failure} `notFound`, `refused` when the subaccount was closed
 */
export async function readAppUsage(
  context: AddonContext,
  appSpace: string,
  {month, daily}: {month: MonthChoice; daily: boolean},
): Promise<UsageReport> {
  const sameName = askByName(context, appSpace)
  const record = await requireRecord(context, appSpace)
  const found = underWay(requireSubaccount(context.main, record, sameName))
  const opened = underWay(found.then((account) => openSims(context, record, account)))
  const [account, sims, {metering, days}, {failure}] = await Promise.all([
    found,
    opened.then((each) => countSims(context, record, each)),
    readMetered(context, record, {found, opened, month, daily}),
    opened,
  ])
  return {...report(record, account, metering, sims), ...(days && {days}), ...(failure && {problems: [failure]})}
}

/** What was used of an app-space's plan in a month, messages of SIMs included whoever counts them. */
export async function readAppMetering(
  context: AddonContext,
  record: AddonRecord,
  month: MonthChoice,
): Promise<Metering> {
  const found = underWay(requireSubaccount(context.main, record))
  const opened = underWay(found.then((account) => openSims(context, record, account)))
  return (await readMetered(context, record, {found, opened, month, daily: false})).metering
}

/** The SIMs, if there can be any; or why nothing can be said of them. */
interface OpenedSims {
  readonly sims?: SimContext | undefined
  readonly failure?: Failure
}

async function openSims(context: AddonContext, record: AddonRecord, account: Account): Promise<OpenedSims> {
  try {
    // The subaccount's own credentials do not work while it is suspended.
    const {name} = await requireCarrier(context, record)
    if (account.status === 'suspended' && carriers[name].isInSubaccount) return {sims: undefined}
    return {sims: await simContextIfAny(context, record, account)}
  } catch (error) {
    if (error instanceof Failure && (error.outcome === 'conflict' || error.outcome === 'credentials'))
      return {failure: error}
    throw error
  }
}

/** With the main account's auth token nothing must be known of the subaccount first. */
async function readMetered(
  {main, warn}: AddonContext,
  {accountSid: sid = ''}: AddonRecord,
  {
    found,
    opened,
    month,
    daily,
  }: {
    readonly found: Promise<Account>
    readonly opened: Promise<OpenedSims>
    readonly month: MonthChoice
    readonly daily: boolean
  },
): Promise<{metering: Metering; days: DayAmounts[] | undefined}> {
  const reader = await usageReader(await readerIn(main, () => found))
  const read = reader(sid)
  const metering = await readMetering(read, month)
  const [days, counted] = await Promise.all([
    daily ? readDays(read, metering) : undefined,
    opened.then((each) => countMessages(each, metering, warn)),
  ])
  if (!counted) return {metering, days}
  return {metering: withMessages(metering, counted), days: days && daysWithMessages(days, counted)}
}

/** Undefined where Twilio's usage records have them. */
async function countMessages(
  {sims, failure}: OpenedSims,
  {month}: Metering,
  warn: AddonContext['warn'],
): Promise<CountedMessages | undefined> {
  if (failure) return {dates: null, source: null}
  if (!sims?.sims.messageDates) return undefined
  const source = carriers[sims.service.name].title
  try {
    return {dates: await sims.sims.messageDates(new Date(startOf(month.from))), source}
  } catch (error) {
    if (!(error instanceof Failure) || sims.sims.refusalOf(error) === undefined) throw error
    warn(`M2M messages could not be counted: ${error.message}`)
    return {dates: null, source}
  }
}

/** As far as the carrier tells: who wants to see the usage gets it even where SIMs are not served. */
async function countSims(
  {main, registry, warn}: AddonContext,
  record: AddonRecord,
  {sims, failure}: OpenedSims,
): Promise<SimCount> {
  const asRecorded = async (): Promise<SimCount> => {
    const entries = await new OrderBook(main, registry.name).list(record.appSpace)
    const onOrder = onOrderAsRecorded(
      record.reservations,
      entries.map((entry) => entry.record),
    )
    return {held: undefined, onOrder}
  }
  if (!sims || failure) return asRecorded()
  try {
    return (await ledgerOf(sims, record)).allocation
  } catch (error) {
    if (!(error instanceof Failure) || sims.sims.refusalOf(error) === undefined) throw error
    warn(`SIM cards could not be counted: ${error.message}`)
    return asRecorded()
  }
}
