import type {AddonRegistry} from '../addon/addon-registry.js'
import {requireSubaccount, subaccountClosed} from '../addon/info.js'
import type {AddonRecord} from '../addon/record.js'
import {inBatches, type Outcome} from '../batch.js'
import {carriers, type SimService} from '../carrier/service.js'
import type {Failure} from '../errors.js'
import {preferMemory} from '../memory.js'
import type {OfProfile, PerProfile} from '../per-profile.js'
import {carrierMismatch, recordedCarrier} from '../sims/context.js'
import {onOrderAsRecorded} from '../sims/ledger.js'
import {compareText} from '../text.js'
import {type Account, listSubaccounts} from '../twilio/accounts.js'
import {readerIn} from '../twilio/connect.js'
import {type ReadUsage, usageReader} from '../twilio/usage.js'
import type {MonthChoice} from './month.js'
import {readMetering} from './read.js'
import {type AddonWithOrders, readAllRecords} from './read-all.js'
import {report, type UsageReport, worstPercent} from './report.js'
import {sinceMonth, withMessages} from './sim-messages.js'

/** One add-on among all. */
export interface FleetEntry {
  readonly record: AddonRecord
  /** Undefined where it failed, and before there is a subaccount. */
  readonly report: UsageReport | undefined
  readonly failure: Failure | undefined
  readonly of?: OfProfile
}

export interface Fleet {
  /** Worst first; those that could not be read at the end. */
  readonly entries: readonly FleetEntry[]
  readonly unknown: readonly string[]
}

export type OnProgress = (done: number, all: number) => void

/**
 * The usage of every add-on. SIMs that are held are not counted: that would take three more requests each, and no add-on can
 * pass that limit (docs/usage.md).
 */
export async function readFleet(
  {registry, service}: {readonly registry: AddonRegistry; readonly service: SimService},
  month: MonthChoice,
  onProgress: OnProgress,
): Promise<Fleet> {
  const {entries, unknown, work} = await overFleet(registry)
  const countMessages = sinceMonth(async (since) => service.messageDatesByOwner?.(since))
  const outcomes = await work(async (read, account, {record, orders}) => {
    const metering = await readMetering(read, month)
    const sims = {held: undefined, onOrder: onOrderAsRecorded(record.reservations, orders)}
    const theirs = recordedCarrier(record, orders)
    // Twilio's usage records have the messages of its own SIMs alone.
    if (theirs === undefined || carriers[theirs].isInSubaccount) return report(record, account, metering, sims)
    if (theirs !== service.name) {
      const problems = [carrierMismatch(record.appSpace, theirs, service.name)]
      return {...report(record, account, withMessages(metering, {dates: null, source: null}), sims), problems}
    }
    const {owner} = service.carrierOf({...record, registry: registry.name, account})
    const dates = (await countMessages(metering))?.get(owner) ?? []
    return report(record, account, withMessages(metering, {dates, source: carriers[theirs].title}), sims)
  }, onProgress)
  const fleet = entries.map(({record}, index): FleetEntry => ({record, ...partsOf(outcomes[index])}))
  return {entries: worstFirst(fleet), unknown}
}

/** All add-ons, and a way to do the same for each that has a subaccount. */
export async function overFleet(registry: AddonRegistry) {
  preferMemory()
  const main = registry.account
  const [{entries, unknown, items}, accounts, readAsMain] = await Promise.all([
    readAllRecords(registry),
    listSubaccounts(main),
    usageReader(main),
  ])
  const bySid = new Map(accounts.map((account) => [account.sid, account]))
  const work = async <Result>(
    each: (read: ReadUsage, account: Account, entry: AddonWithOrders) => Promise<Result>,
    onProgress: OnProgress,
  ): Promise<Outcome<Result | undefined>[]> =>
    inBatches(
      entries,
      async (entry) => {
        const {accountSid} = entry.record
        if (accountSid === undefined) return undefined
        // One that was made a moment ago may be missing in the list.
        const account = bySid.get(accountSid) ?? (await requireSubaccount(main, entry.record))
        if (account.status === 'closed') throw subaccountClosed(entry.record)
        const reader = main.usesApiKey ? await usageReader(await readerIn(main, async () => account)) : readAsMain
        return each(reader(account.sid), account, entry)
      },
      onProgress,
    )
  return {entries, unknown, items, work}
}

/** The add-ons of several main accounts. */
export function mergedFleets(parts: PerProfile<Fleet>['parts']): Fleet {
  const entries = parts.flatMap(({of, result}) =>
    result.entries.map((entry) => ({...entry, of, report: entry.report && {...entry.report, ...of}})),
  )
  return {entries: worstFirst(entries), unknown: parts.flatMap(({result}) => result.unknown)}
}

function partsOf(outcome: Outcome<UsageReport | undefined> | undefined): Omit<FleetEntry, 'record'> {
  if (!outcome || !('failure' in outcome)) return {report: outcome?.result, failure: undefined}
  return {report: undefined, failure: outcome.failure}
}

function worstFirst(entries: readonly FleetEntry[]): FleetEntry[] {
  return entries
    .map((entry) => ({entry, rank: rankOf(entry)}))
    .sort((a, b) => b.rank - a.rank || compareText(a.entry.record.appSpace, b.entry.record.appSpace))
    .map(({entry}) => entry)
}

function rankOf({report: read, failure}: FleetEntry): number {
  if (failure) return -2
  return read ? worstPercent(read) : -1
}
