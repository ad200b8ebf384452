import {hostname} from 'node:os'

import {temporary} from '../errors.js'
import type {SendGuard} from '../transport/idempotent.js'
import type {SenderOptions} from '../transport/transport.js'
import {timeoutMs} from '../transport/types.js'
import {elapsedMs, type Instant, instant} from './instant.js'
import {type Entry, type ItemData, type Items, LeaseLost, type LeaseMark, type Unstamped} from './items.js'

/** How long a lease lasts after each write; renewed by the next one. */
const leaseSeconds = 60

/** Too little of the lease is left to start something that must not happen twice. */
export class LeaseTooShort extends Error {}

/** An item that is about to be written for the first time. */
export type NewItem<Data extends ItemData> = Omit<Unstamped<Data>, 'lease'>

/** This run's lease on an item (an app-space, an order): only who holds it changes anything there. */
export class Lease<Data extends ItemData> implements SendGuard {
  #entry: Entry<Data>
  #securedAt: Instant
  #lastWrite: Promise<unknown> = Promise.resolve()
  /** What was acquired and could not be written down yet. */
  #acquired: Partial<Data> = {}

  private constructor(
    private readonly items: Items<Data>,
    entry: Entry<Data>,
    securedAt: Instant,
    /** Whether this run wrote the item first, so that rolling back may remove it. */
    readonly isNew: boolean,
  ) {
    this.#entry = entry
    this.#securedAt = securedAt
    items.reclaim(this.key)
  }

  /** Writes the item, leased to this run; undefined when there is one already. The Map is made no sooner than `mayMakeMap` resolves. */
  static async create<Data extends ItemData>(
    items: Items<Data>,
    record: NewItem<Data>,
    mayMakeMap: Promise<unknown> = Promise.resolve(),
  ): Promise<Lease<Data> | undefined> {
    const {lease} = await Lease.createOrRead(items, record, mayMakeMap)
    return lease
  }

  /** The same, with the item that there is already. */
  static async createOrRead<Data extends ItemData>(
    items: Items<Data>,
    record: NewItem<Data>,
    mayMakeMap: Promise<unknown> = Promise.resolve(),
  ): Promise<{readonly lease?: Lease<Data>; readonly there?: Entry<Data> | undefined}> {
    const before = instant()
    const {created, there} = await items.createOrRead(leased<Data>(record), mayMakeMap)
    return created ? {lease: new Lease(items, created, before, true)} : {there}
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

  get key(): string {
    return this.items.keyOf(this.record)
  }

  /**
   * Writes changes and renews the lease. Writes follow one another in the order of the calls.
   * @throws {LeaseLost}
   */
  async save(changes: Partial<Data> = {}, sending?: SenderOptions): Promise<void> {
    await this.#write(changes, sending)
  }

  /**
   * The same for what was bought or made: after Ctrl-C, too, and where it fails, the next write says it. Lists may not show it
   * yet to a run that resumes at once. @throws {LeaseLost}
   */
  async saveAcquired(acquired: Partial<Data>): Promise<void> {
    this.#acquired = {...this.#acquired, ...acquired}
    await this.#write({}, {evenIfInterrupted: true})
  }

  /** The last write of a run, which leaves the item to others, with what it has become. @throws {LeaseLost} */
  async release(changes: Partial<Data> = {}): Promise<void> {
    await this.#lastWrite.catch(() => undefined)
    await this.#verify()
    const {lease: released, ...rest}: Partial<Data> = {...this.record, ...this.#acquired, ...changes}
    this.#entry = await this.items.update(this.#entry, rest as unknown as Unstamped<Data>, {evenIfInterrupted: true})
  }

  /** Where it cannot be released: nothing more is done under it, so that this process does not wait for itself. */
  abandon(): void {
    this.items.abandon(this.key)
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

  async #write(changes: Partial<Data>, sending?: SenderOptions): Promise<void> {
    const write = this.#lastWrite
      .catch(() => undefined)
      .then(async () => {
        await this.#verify()
        const before = instant()
        const record = leased<Data>({...this.record, ...this.#acquired, ...changes})
        this.#entry = await this.items.update(this.#entry, record, sending)
        this.#acquired = {}
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
    const now = await this.items.read(this.key)
    if (now?.record.nonce !== this.record.nonce) throw new LeaseLost(this.key)
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
      if (renewals === 5) throw temporary('LEASE_EXPIRED', 'Twilio or Akkeris kept delaying a request for too long.')
      for (const lease of leases) await lease.save()
    }
  }
}

/** Whether the holder was a process of this machine, and there is no such process any more. */
export function hasEnded({holder}: LeaseMark): boolean {
  const prefix = `${hostname()}, process `
  const pid = holder.startsWith(prefix) ? Number(holder.slice(prefix.length)) : Number.NaN
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    // Asks whether it is there, and signals nothing.
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

function leased<Data extends ItemData>(record: NewItem<Data>): Unstamped<Data> {
  const lease: LeaseMark = {holder: `${hostname()}, process ${process.pid}`, seconds: leaseSeconds}
  return {...record, lease} as unknown as Unstamped<Data>
}
