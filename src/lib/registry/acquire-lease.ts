import {conflict} from '../errors.js'
import {longestWait, until} from '../poll.js'
import {timeoutMs as requestTimeoutMs} from '../transport/types.js'
import {type Instant, instant} from './instant.js'
import {type Entry, type ItemData, type Items, LeaseLost, type LeaseMark, type Unstamped} from './items.js'
import {hasEnded, Lease, type NewItem} from './lease.js'

/** How long another run is waited for. */
const waitTimeoutMs = 300_000

export interface Waiting {
  /** False: a lease that somebody else has is a conflict at once. */
  readonly wait: boolean
  /** Called with a sentence for the person, once per holder. */
  readonly onWait: (sentence: string) => void
}

interface Acquisition<Data extends ItemData, Other = never> extends Waiting {
  /** Sees the item each time it is read, and throws when neither waiting for it nor taking it is of any use. */
  readonly precondition?: (record: Data) => unknown
  /**
   * Whether nothing of the other run can still be under way that costs, whatever became of it: then nobody waits for the lease of a
   * process of this machine that has ended.
   */
  readonly isHarmless?: (record: Data) => boolean
  /** Sees it once nobody holds it, and throws when it may not be taken as it is. */
  readonly requireUsable?: (record: Data) => void
  /** What will do in place of a lease, so that none is written; undefined where a lease is needed. */
  readonly instead?: (entry: Entry<Data>) => Other | undefined
  /** The item as it was just read: where nobody has a lease on it, it need not be read again. */
  readonly known?: Entry<Data> | undefined
  /** Written with the first write of the lease. */
  readonly changes?: (record: Data) => Partial<Data>
}

/** A lease on an item, once nobody else has one; undefined when there is no such item. @throws {Failure} as `waitUntilReleased` */
export async function acquireLease<Data extends ItemData, Other = never>(
  items: Items<Data>,
  key: string,
  {requireUsable, instead, changes, known, ...waiting}: Acquisition<Data, Other>,
): Promise<Lease<Data> | Other | undefined> {
  for (let isFirst = true; ; isFirst = false) {
    const entry = await waitUntilReleased(items, key, {...waiting, ...(isFirst && {known})})
    if (!entry) return undefined
    const other = instead?.(entry)
    if (other !== undefined) return other
    requireUsable?.(entry.record)
    try {
      return await Lease.take(items, entry, changes?.(entry.record))
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
    }
  }
}

/** The same where a missing item is written first. */
export async function createOrAcquireLease<Data extends ItemData, Other = never>(
  items: Items<Data>,
  record: NewItem<Data>,
  {mayMakeMap, ...acquisition}: Acquisition<Data, Other> & {readonly mayMakeMap?: Promise<unknown>},
): Promise<Lease<Data> | Other> {
  const key = items.keyOf(record as unknown as Unstamped<Data>)
  for (;;) {
    const {lease, there} = await Lease.createOrRead(items, record, mayMakeMap)
    const found = lease ?? (await acquireLease(items, key, {...acquisition, known: there}))
    if (found !== undefined) return found
  }
}

/**
 * Waits until nobody has a lease on the item, and gives it as it then is; undefined when it is gone.
 * @throws {Failure} `conflict` when waiting is not wanted, or takes more than five minutes (`--timeout`).
 */
export async function waitUntilReleased<Data extends ItemData>(
  items: Items<Data>,
  key: string,
  {
    wait,
    onWait,
    precondition,
    isHarmless,
    known,
  }: Waiting & Pick<Acquisition<Data>, 'precondition' | 'isHarmless' | 'known'>,
): Promise<Entry<Data> | undefined> {
  let held: LeaseMark | undefined
  let watched: {revision: string; since: Instant} | undefined
  let next = known
  const check = async (): Promise<{readonly entry: Entry<Data> | undefined} | undefined> => {
    const entry = next ?? (await items.read(key))
    next = undefined
    if (entry) await precondition?.(entry.record)
    const lease = entry?.record.lease
    if (!entry || !lease || items.isAbandoned(entry.record, key)) return {entry}
    if (isHarmless?.(entry.record) && hasEnded(lease)) return {entry}
    if (watched?.revision !== entry.revision) watched = {revision: entry.revision, since: instant()}
    if (isOver(entry, lease.seconds, watched.since)) return {entry}
    if (!wait) throw heldByAnother(key, lease, 'Run this again later, or without --no-wait to wait for it.')
    if (held?.holder !== lease.holder) onWait(waitingFor(key, lease))
    held = lease
    return undefined
  }
  const everyMs = () => 500 + Math.random() * 1000
  const {transport} = items.account
  const timeoutMs = longestWait(transport, waitTimeoutMs)
  const released = await until(transport, check, {timeoutMs, everyMs, what: `for the other run on ${key}`})
  if (released) return released.entry
  throw heldByAnother(key, held, 'Run this again later.')
}

function heldByAnother(key: string, lease: LeaseMark | undefined, fix: string) {
  return conflict('HELD_BY_ANOTHER_RUN', `Another run (${lease?.holder ?? 'unknown'}) is working on ${key}.`, fix)
}

function waitingFor(key: string, {holder, seconds}: LeaseMark): string {
  return `Another run (${holder}) is working on ${key}; waiting for it. If it has died, this run takes over within ${takeOverSeconds(seconds)} s.`
}

/** Who takes over waits one timeout longer than the lease, for what the other run may still have under way. */
export function takeOverSeconds(seconds: number): number {
  return seconds + requestTimeoutMs / 1000 + 1
}

/**
 * Measured by Twilio's clock (its dates are whole seconds: one more for the rounding). Only where an answer carries no
 * date must it do to have watched the item unchanged for as long.
 */
function isOver({updatedAt, readAt}: Entry<ItemData>, seconds: number, watchedSince: Instant): boolean {
  const byTwilio = readAt ? readAt.getTime() - updatedAt.getTime() : Number.NaN
  const age = Number.isNaN(byTwilio) ? performance.now() - watchedSince.monotonic : byTwilio
  return age > takeOverSeconds(seconds) * 1000
}
