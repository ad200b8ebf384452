import {appendFile, open} from 'node:fs/promises'
import {dirname} from 'node:path'

import {makePrivateFolder, objectIn, readOtherProgramsFile, writePrivateFile} from '../local-files.js'
import {countSubaccounts} from '../twilio/accounts.js'
import type {TwilioAccount} from '../twilio/connect.js'

/** How many subaccounts a main account has, and may have. */
export interface SubaccountRoom {
  /** Suspended ones among them; closed ones do not count. */
  readonly used: number
  /** Twilio's API does not say it: 1,000, unless the setting `subaccount-limit` says otherwise. */
  readonly limit: number
  readonly left: number
}

/** What a crowd of new add-ons needs. */
export interface NeededRoom extends SubaccountRoom {
  /** Those that have no subaccount yet. */
  readonly needed: number
}

/** As it was when the subaccounts were last counted, and changed by this machine since. */
export interface CountedRoom extends SubaccountRoom {
  /** ISO 8601, UTC. */
  readonly countedAt: string
}

/** What is known of a main account's limit. */
export interface SubaccountLimit {
  readonly limit: () => number
  /** Where the last count is kept; undefined keeps none. */
  readonly keptIn: string | undefined
}

/** One page has a thousand accounts, and somebody who creates many one by one needs no new count for each. */
const freshMs = 3_600_000

/**
 * Counted now, which takes a request for each thousand.
 * @param isOther false for those that are not to count; called with the name of each that is not closed
 */
export async function countRoom(
  main: TwilioAccount,
  {limit, keptIn}: SubaccountLimit,
  isOther: (friendlyName: string) => boolean = () => true,
  options: {readonly once?: boolean} = {},
): Promise<CountedRoom> {
  const countedAt = new Date().toISOString()
  const used = await countSubaccounts(main, isOther, options)
  await keepCount(keptIn, {used, countedAt})
  return {...roomOf(used, limit()), countedAt}
}

/** As it was counted within the last hour, else counted now, but asked for once: undefined where Twilio does not say. */
export async function recentRoom(
  main: TwilioAccount,
  {limit, keptIn}: SubaccountLimit,
  isOther: (friendlyName: string) => boolean,
): Promise<CountedRoom | undefined> {
  try {
    const kept = readCount(keptIn)
    if (kept) return {...roomOf(kept.used, limit()), countedAt: kept.countedAt}
    return await countRoom(main, {limit, keptIn}, isOther, {once: true})
  } catch {
    // Whoever creates an add-on does not fail for that, nor wait.
    return undefined
  }
}

export function roomOf(used: number, limit: number): SubaccountRoom {
  return {used, limit, left: Math.max(0, limit - used)}
}

/** Fewer than a tenth of what there may be. */
export function isNearlyFull({left, limit}: SubaccountRoom): boolean {
  return left * 10 < limit
}

/** Counts in what this machine created (1) or closed (-1). Runs at the same time append, so that none is lost. */
export async function noteSubaccounts({keptIn}: SubaccountLimit, change: number): Promise<void> {
  if (keptIn === undefined || change === 0) return
  try {
    // Only where there is a count already.
    await (await open(keptIn, 'r')).close()
    await appendFile(keptIn, `${change}\n`)
  } catch {
    // It is counted again.
  }
}

interface Count {
  readonly used: number
  readonly countedAt: string
}

async function keepCount(path: string | undefined, count: Count): Promise<void> {
  if (path === undefined) return
  try {
    await makePrivateFolder(dirname(path))
    await writePrivateFile(path, Buffer.from(`${JSON.stringify(count)}\n`))
  } catch {
    // It is counted again.
  }
}

/** A line with the count, then one for each change since. */
function readCount(path: string | undefined): Count | undefined {
  const text = path === undefined ? undefined : readOtherProgramsFile(path)
  const [first, ...changes] = text?.trimEnd().split('\n') ?? []
  const {used, countedAt} = objectIn(first)
  if (typeof used !== 'number' || typeof countedAt !== 'string') return undefined
  // The clock may have been set back.
  if (!(Math.abs(Date.now() - Date.parse(countedAt)) < freshMs)) return undefined
  const changed = changes.reduce((sum, change) => sum + Number(change), used)
  return {used: Math.max(0, changed), countedAt}
}
