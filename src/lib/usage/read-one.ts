import type {AddonContext} from '../addon/context.js'
import {askByName, requireRecord, requireSubaccount} from '../addon/info.js'
import type {AddonRecord} from '../addon/record.js'
import {Failure} from '../errors.js'
import {simContextOf} from '../sims/context.js'
import {onOrderAsRecorded} from '../sims/ledger.js'
import {OrderBook} from '../sims/order-book.js'
import {ledgerOf} from '../sims/reserve.js'
import type {Account} from '../twilio/accounts.js'
import {readerIn, type TwilioAccount} from '../twilio/connect.js'
import {usageReader} from '../twilio/usage.js'
import type {MonthChoice} from './month.js'
import {readDays, readMetering} from './read.js'
import {report, type SimCount, type UsageReport} from './report.js'

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
  const found = requireSubaccount(context.main, record, sameName)
  const [account, sims, {metering, days}] = await Promise.all([
    found,
    found.then((account) => countSims(context, record, account)),
    readMain(context.main, record, found, {month, daily}),
  ])
  return {...report(record, account, metering, sims), ...(days && {days})}
}

/** With the main account's auth token nothing must be known of the subaccount first. */
async function readMain(
  main: TwilioAccount,
  {accountSid: sid = ''}: AddonRecord,
  found: Promise<Account>,
  {month, daily}: {month: MonthChoice; daily: boolean},
) {
  const reader = await usageReader(await readerIn(main, () => found))
  const read = reader(sid)
  const metering = await readMetering(read, month)
  return {metering, days: daily ? await readDays(read, metering) : undefined}
}

/** As far as Twilio tells: who wants to see the usage gets it even where SIMs are not served. */
async function countSims(context: AddonContext, record: AddonRecord, account: Account): Promise<SimCount> {
  const {main, registry, warn} = context
  const orders = new OrderBook(main, registry.name)
  const asRecorded = async () => {
    const entries = await orders.list(record.appSpace)
    return onOrderAsRecorded(
      record.reservations,
      entries.map((entry) => entry.record),
    )
  }
  // Its credentials do not work then.
  if (account.status === 'suspended') return {held: undefined, onOrder: await asRecorded()}
  const sims = simContextOf(context, record.appSpace, account)
  try {
    return (await ledgerOf(sims, record)).allocation
  } catch (error) {
    if (!(error instanceof Failure) || sims.sims.refusalOf(error) === undefined) throw error
    warn(`SIM cards could not be counted: ${error.message}`)
    return {held: undefined, onOrder: await asRecorded()}
  }
}
