import {hostname} from 'node:os'

import {conflict, temporary} from '../errors.js'
import {timeoutMs} from '../transport/types.js'
import {LeaseLost, type Entry, type ItemData, type Items, type LeaseMark, type Unstamped} from './items.js'

/** How long a claim holds after each write; renewed by the next one. */
const leaseSeconds = 60

/** Too little of the lease is left to start something that must not happen twice. */
export class LeaseTooShort extends Error {}

export interface Waiting {
  /** False: somebody else's claim is a conflict at once. */
  readonly wait: boolean
  /** Called with a sentence for the person, once per holder. */
  readonly onWait: (sentence: string) => void
}

/** This run's hold on an item (an app-space, an order): only who has it changes anything there. */
export class Lease<Data extends ItemData> {
  #entry: Entry<Data>
  #securedAt: Instant
  #lastWrite: Promise<unknown> = Promise.resolve()

  private constructor(
    private readonly items: Items<Data>,
    entry: Entry<Data>,
    securedAt: Instant,
    /** Whether this run wrote the item first, so that undoing may remove it. */
    readonly isNew: boolean,
  ) {
    this.#entry = entry
    this.#securedAt = securedAt
  }

  /** The first claim, which writes the item; undefined when there is one already. */
  static async create<Data extends ItemData>(
    items: Items<Data>,
    record: Omit<Unstamped<Data>, 'lease'>,
    mayMakeMap: Promise<unknown>,
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

  /** The last write of a run that leaves the app-space to others, with what it has become. @throws {LeaseLost} */
  async release(changes: Partial<Data> = {}): Promise<void> {
    await this.#verify()
    const {lease: dropped, ...rest}: Partial<Data> = {...this.record, ...changes}
    this.#entry = await this.items.update(this.#entry, rest as unknown as Unstamped<Data>, {evenIfInterrupted: true})
  }

  /** Removes the item. @throws {LeaseLost} */
  async remove(): Promise<void> {
    await this.#lastWrite.catch(() => undefined)
    await this.#verify()
    await this.items.remove(this.#entry, {evenIfInterrupted: true})
  }

  /** Makes sure that the app-space is still this run's, claiming again when little of the lease is left. @throws {LeaseLost} */
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

  /** As the function of that name. @throws {LeaseLost} */
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
   * Once the lease has run out, the item may have been removed and made anew by others, and Twilio promises nowhere that
   * a revision never comes back: then our own nonce must still be there.
   */
  async #verify(): Promise<void> {
    if (elapsedMs(this.#securedAt) < leaseSeconds * 1000) return
    const key = this.items.keyOf(this.record)
    const now = await this.items.read(key)
    if (now?.record.nonce !== this.record.nonce) throw new LeaseLost(key)
  }
}

/** Does the work with enough of each lease left, claiming again when it is not. @throws {LeaseLost} */
export async function withTime<Result>(
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

/**
 * Waits until nobody holds the item, and gives it as it then is; undefined when it is gone. `judge` sees it each time
 * and throws when waiting for it is of no use.
 * @throws {Failure} `conflict` when waiting is not wanted, or takes more than five minutes.
 */
export async function waitUntilReleased<Data extends ItemData>(
  items: Items<Data>,
  key: string,
  {wait, onWait, judge}: Waiting & {judge: (record: Data) => void},
): Promise<Entry<Data> | undefined> {
  const {transport} = items.account
  const started = instant()
  let told: string | undefined
  let watched: {revision: string; since: Instant} | undefined
  for (;;) {
    const entry = await items.read(key)
    if (entry) judge(entry.record)
    const held = entry?.record.lease
    if (!entry || !held) return entry
    if (watched?.revision !== entry.revision) watched = {revision: entry.revision, since: instant()}
    if (isOver(entry, held.seconds, watched.since)) return entry

    if (!wait || elapsedMs(started) > 300_000) {
      throw conflict(
        'HELD_BY_ANOTHER_RUN',
        `Another run (${held.holder}) is working on ${key}.`,
        wait ? 'Run this again later.' : 'Run this again later, or without --no-wait to wait for it.',
      )
    }
    if (told !== held.holder) {
      told = held.holder
      onWait(
        `Another run (${held.holder}) is working on ${key}; waiting for it. Should it have died, it is taken over within ${takeOverSeconds(held.seconds)} s.`,
      )
    }
    await transport.sleep(500 + Math.random() * 1000)
  }
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

function leased<Data extends ItemData>(record: Omit<Unstamped<Data>, 'lease'>): Unstamped<Data> {
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
