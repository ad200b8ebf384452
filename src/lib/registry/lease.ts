import {hostname} from 'node:os'

import {conflict, temporary} from '../errors.js'
import {until} from '../poll.js'
import type {SendGuard} from '../transport/idempotent.js'
import {timeoutMs} from '../transport/types.js'
import {LeaseLost, type Entry, type ItemData, type Items, type LeaseMark, type Unstamped} from './items.js'

/** How long a lease lasts after each write; renewed by the next one. */
const leaseSeconds = 60

/** How long another run is waited for. */
const waitTimeoutMs = 300_000

/** Too little of the lease is left to start something that must not happen twice. */
export class LeaseTooShort extends Error {}

export interface Waiting {
  /** False: a lease that somebody else has is a conflict at once. */
  readonly wait: boolean
  /** Called with a sentence for the person, once per holder. */
  readonly onWait: (sentence: string) => void
}

/** An item that is about to be written for the first time. */
export type NewItem<Data extends ItemData> = Omit<Unstamped<Data>, 'lease'>

/** This run's lease on an item (an app-space, an order): only who holds it changes anything there. */
export class Lease<Data extends ItemData> implements SendGuard {
  #entry: Entry<Data>
  #securedAt: Instant
  #lastWrite: Promise<unknown> = Promise.resolve()

  private constructor(
    private readonly items: Items<Data>,
    entry: Entry<Data>,
    securedAt: Instant,
    /** Whether this run wrote the item first, so that rolling back may remove it. */
    readonly isNew: boolean,
  ) {
    this.#entry = entry
    this.#securedAt = securedAt
  }

  /** Writes the item, leased to this run; undefined when there is one already. The Map is made no sooner than `mayMakeMap` resolves. */
  static async create<Data extends ItemData>(
    items: Items<Data>,
    record: NewItem<Data>,
    mayMakeMap: Promise<unknown> = Promise.resolve(),
  ): Promise<Lease<Data> | undefined> {
    const before = instant()
    const entry = await items.create(leased<Data>(record), mayMakeMap)
    return entry && new Lease(items, entry, before, true)
  }

  /** @throws {LeaseLost} when somebody was faster. */
  static async take<Data extends ItemData>(
    items: Items<Data>,
    entry: Entry<Data>,
    changes: Partial<Data> = {},
  ): Promise<Lease<Data>> {
    const before = instant()
    return new Lease(items, await items.update(entry, leased<Data>({...entry.record, ...changes})), before, false)
  }

  get record(): Data {
    return this.#entry.record
  }

  /**
   * Writes changes and renews the lease. Writes follow one another in the order of the calls.
   * @throws {LeaseLost}
   */
  async save(changes: Partial<Data> = {}): Promise<void> {
    await this.#write(changes)
  }

  /** The last write of a run, which leaves the item to others, with what it has become. @throws {LeaseLost} */
  async release(changes: Partial<Data> = {}): Promise<void> {
    await this.#lastWrite.catch(() => undefined)
    await this.#verify()
    const {lease: released, ...rest}: Partial<Data> = {...this.record, ...changes}
    this.#entry = await this.items.update(this.#entry, rest as unknown as Unstamped<Data>, {evenIfInterrupted: true})
  }

  /** Removes the item. @throws {LeaseLost} */
  async remove(): Promise<void> {
    await this.#lastWrite.catch(() => undefined)
    await this.#verify()
    await this.items.remove(this.#entry, {evenIfInterrupted: true})
  }

  /** Makes sure that the item is still this run's, writing again when little of the lease is left. @throws {LeaseLost} */
  async renew(): Promise<void> {
    await this.withTime(async () => this.requireTime())
  }

  /**
   * Called before each single try of a request that must not happen twice: twice its timeout must be left, so that
   * it has ended one way or another before anybody may take over.
   * @throws {LeaseTooShort}
   */
  readonly requireTime = (): void => {
    if (leaseSeconds * 1000 - elapsedMs(this.#securedAt) < 2 * timeoutMs) throw new LeaseTooShort()
  }

  /** @throws {LeaseLost} */
  async withTime<Result>(work: () => Promise<Result>): Promise<Result> {
    return withTime([this], work)
  }

  async #write(changes: Partial<Data>): Promise<void> {
    const write = this.#lastWrite
      .catch(() => undefined)
      .then(async () => {
        await this.#verify()
        const before = instant()
        this.#entry = await this.items.update(this.#entry, leased<Data>({...this.record, ...changes}))
        this.#securedAt = before
      })
    this.#lastWrite = write
    await write
  }

  /**
   * Once the lease has run out, the item may have been removed and made again by others, and Twilio promises nowhere that
   * a revision never comes back: then our own nonce must still be there.
   */
  async #verify(): Promise<void> {
    if (elapsedMs(this.#securedAt) < leaseSeconds * 1000) return
    const key = this.items.keyOf(this.record)
    const now = await this.items.read(key)
    if (now?.record.nonce !== this.record.nonce) throw new LeaseLost(key)
  }
}

/** Several leases as one: each must have enough time left. */
export function guardOf(...leases: readonly Pick<Lease<ItemData>, 'save' | 'requireTime'>[]): SendGuard {
  return {
    requireTime: () => leases.forEach((lease) => lease.requireTime()),
    withTime: (work) => withTime(leases, work),
  }
}

/** Does the work with enough of each lease left, renewing them when it is not. @throws {LeaseLost} */
async function withTime<Result>(
  leases: readonly {save(): Promise<void>}[],
  work: () => Promise<Result>,
): Promise<Result> {
  for (let renewals = 0; ; renewals++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof LeaseTooShort)) throw error
      if (renewals === 5)
        throw temporary('LEASE_TOO_SHORT', 'Twilio or Akkeris kept putting a request off for too long.')
      for (const lease of leases) await lease.save()
    }
  }
}

interface Acquisition<Data extends ItemData> extends Waiting {
  /** Sees the item each time it is read, and throws when neither waiting for it nor taking it is of any use. */
  readonly precondition?: (record: Data) => unknown
  /** Sees it once nobody holds it, and throws when it may not be taken as it is. */
  readonly requireUsable?: (record: Data) => void
  /** Written with the first write of the lease. */
  readonly changes?: (record: Data) => Partial<Data>
}

/** A lease on an item, once nobody else has one; undefined when there is no such item. @throws {Failure} as `waitUntilReleased` */
export async function acquireLease<Data extends ItemData>(
  items: Items<Data>,
  key: string,
  {requireUsable, changes, ...waiting}: Acquisition<Data>,
): Promise<Lease<Data> | undefined> {
  for (;;) {
    const entry = await waitUntilReleased(items, key, waiting)
    if (!entry) return undefined
    requireUsable?.(entry.record)
    try {
      return await Lease.take(items, entry, changes?.(entry.record))
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
    }
  }
}

/** The same where a missing item is written first. */
export async function createOrAcquireLease<Data extends ItemData>(
  items: Items<Data>,
  record: NewItem<Data>,
  {mayMakeMap, ...acquisition}: Acquisition<Data> & {readonly mayMakeMap?: Promise<unknown>},
): Promise<Lease<Data>> {
  for (;;) {
    const lease =
      (await Lease.create(items, record, mayMakeMap)) ??
      (await acquireLease(items, items.keyOf(record as unknown as Unstamped<Data>), acquisition))
    if (lease) return lease
  }
}

/**
 * Waits until nobody has a lease on the item, and gives it as it then is; undefined when it is gone.
 * @throws {Failure} `conflict` when waiting is not wanted, or takes more than five minutes.
 */
export async function waitUntilReleased<Data extends ItemData>(
  items: Items<Data>,
  key: string,
  {wait, onWait, precondition}: Waiting & Pick<Acquisition<Data>, 'precondition'>,
): Promise<Entry<Data> | undefined> {
  let held: LeaseMark | undefined
  let watched: {revision: string; since: Instant} | undefined
  const check = async (): Promise<{readonly entry: Entry<Data> | undefined} | undefined> => {
    const entry = await items.read(key)
    if (entry) await precondition?.(entry.record)
    const lease = entry?.record.lease
    if (!entry || !lease) return {entry}
    if (watched?.revision !== entry.revision) watched = {revision: entry.revision, since: instant()}
    if (isOver(entry, lease.seconds, watched.since)) return {entry}
    if (!wait) throw heldByAnother(key, lease, 'Run this again later, or without --no-wait to wait for it.')
    if (held?.holder !== lease.holder) onWait(waitingFor(key, lease))
    held = lease
    return undefined
  }
  const everyMs = () => 500 + Math.random() * 1000
  const released = await until(items.account.transport, check, {timeoutMs: waitTimeoutMs, everyMs})
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
function takeOverSeconds(seconds: number): number {
  return seconds + timeoutMs / 1000 + 1
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

function leased<Data extends ItemData>(record: NewItem<Data>): Unstamped<Data> {
  const lease: LeaseMark = {holder: `${hostname()}, process ${process.pid}`, seconds: leaseSeconds}
  return {...record, lease} as unknown as Unstamped<Data>
}

/** The monotonic clock stops while a laptop sleeps, the other may be set: whichever says that more time has passed is believed. */
interface Instant {
  readonly monotonic: number
  readonly wall: number
}

function instant(): Instant {
  return {monotonic: performance.now(), wall: Date.now()}
}

function elapsedMs(since: Instant): number {
  return Math.max(performance.now() - since.monotonic, Date.now() - since.wall)
}
