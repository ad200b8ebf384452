import {randomBytes} from 'node:crypto'

import {ourCommand} from '../command-line.js'
import {conflict, Failure, temporary, UnknownOutcome} from '../errors.js'
import {isObject, problemOf, type Shape} from '../shape.js'
import type {SenderOptions} from '../transport/transport.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {isMissing, TwilioRefusal} from '../twilio/errors.js'
import {createItem, createMap, fetchItem, listItems, type MapItem, removeItem, updateItem} from '../twilio/sync-map.js'

/** What every item of the registry has. */
export interface ItemData {
  readonly v: 1
  /** Of the write: after a lost answer, reading our own back means that it arrived. */
  readonly nonce: string
  /** Of the run that works on what the item is about; none when nobody does. */
  readonly lease?: LeaseMark
}

export interface LeaseMark {
  readonly holder: string
  readonly seconds: number
}

/** An item as it was read, and what is needed to change it. */
export interface Entry<Data extends ItemData> {
  readonly record: Data
  readonly revision: string
  /** Both by Twilio's clock. */
  readonly updatedAt: Date
  readonly readAt: Date | undefined
}

export type Unstamped<Data extends ItemData> = Omit<Data, 'nonce'>

/** Somebody else changed or removed the item since it was read: this run must read everything again. */
export class LeaseLost extends Failure {
  constructor(readonly key: string) {
    super({
      code: 'HELD_BY_ANOTHER_RUN',
      message: `Another run took ${key} over.`,
      suggestions: ['Run this again when that one has ended.'],
    })
  }
}

/**
 * Leases of this process under which nothing is done any more, though they could not be released: whoever waits for one here would
 * wait for itself. By the items' run and their key.
 */
const abandoned = new Set<string>()

/** How often a write whose answer was lost is looked for and sent again. */
const tries = 5

/**
 * Items of one kind in the registry, a Sync Map of the main account. Every write carries a nonce of its own, so that a lost
 * answer is no question: reading the nonce back means that the write arrived (docs/decisions/0001).
 */
export abstract class Items<Data extends ItemData> {
  #run: string | undefined
  #writes = 0

  constructor(
    readonly account: TwilioAccount,
    /** Of the Map. */
    readonly name: string,
  ) {}

  abstract keyOf(record: Unstamped<Data>): string
  /** What keeps this version from reading the item, in a few words: another one wrote it, or a person edited it. */
  protected abstract problemOf(item: MapItem): string | undefined

  protected canRead(item: MapItem): boolean {
    return this.problemOf(item) === undefined
  }

  /** Fields that have another name now than in items of 0.1: what is unfinished in those must not be lost. */
  protected readonly formerNames: Readonly<Record<string, string>> = {}

  protected recordOf({data}: MapItem): Data {
    const written = JSON.stringify(data)
    const renamed = Object.entries(this.formerNames).reduce(
      (text, [former, name]) => text.replaceAll(`"${former}":`, `"${name}":`),
      written,
    )
    return (renamed === written ? data : JSON.parse(renamed)) as Data
  }

  protected entryOf(item: MapItem): Entry<Data> {
    const {revision, updatedAt, readAt} = item
    return {record: this.recordOf(item), revision, updatedAt, readAt}
  }

  /** Nothing more is done under this run's lease on the item. */
  abandon(key: string): void {
    abandoned.add(`${this.#nameOfRun()} ${key}`)
  }

  /** The opposite: this run has a lease on it again. */
  reclaim(key: string): void {
    abandoned.delete(`${this.#nameOfRun()} ${key}`)
  }

  isAbandoned({nonce}: Data, key: string): boolean {
    const [run = ''] = nonce.split('.')
    return abandoned.has(`${run} ${key}`)
  }

  async read(key: string, sending?: SenderOptions): Promise<Entry<Data> | undefined> {
    try {
      return this.requireReadable(await fetchItem(this.account, this.name, key, sending))
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  /**
   * Writes a new item, which is how a lease begins; undefined when there is one already. The Map is made when it is
   * missing, but not before `mayMakeMap` resolves.
   */
  async create(record: Unstamped<Data>, mayMakeMap: Promise<unknown>): Promise<Entry<Data> | undefined> {
    const {created} = await this.createOrRead(record, mayMakeMap)
    return created
  }

  /** The same, with the item that there is already: to know whose it is, it was read. */
  async createOrRead(
    record: Unstamped<Data>,
    mayMakeMap: Promise<unknown>,
  ): Promise<{readonly created?: Entry<Data>; readonly there?: Entry<Data> | undefined}> {
    const data = this.#stamped(record)
    const key = this.keyOf(record)
    for (let retry = 1; ; retry++) {
      try {
        return {created: this.#written(data, await createItem(this.account, this.name, key, data))}
      } catch (error) {
        if (isMissing(error) && retry < tries) {
          await mayMakeMap
          // One that was just made may take a moment to show.
          if (retry > 1) await this.account.transport.pause(retry)
          await this.#makeMap()
        } else if (isMissing(error)) {
          throw temporary(
            'REGISTRY_NOT_CREATED',
            `Twilio does not show the registry "${this.name}" that was just created.`,
          )
        } else if (isTaken(error)) {
          const found = await this.read(key)
          return found?.record.nonce === data.nonce ? {created: found} : {there: found}
        } else if (error instanceof UnknownOutcome && retry < tries) {
          await this.account.transport.pause(retry)
        } else throw error
      }
    }
  }

  /** @throws {LeaseLost} when the item is no longer as it was read. */
  async update(from: Entry<Data>, record: Unstamped<Data>, sending?: SenderOptions): Promise<Entry<Data>> {
    const data = this.#stamped(record)
    const key = this.keyOf(record)
    for (let retry = 1; ; retry++) {
      try {
        const write = {revision: from.revision, ...(sending && {sending})}
        return this.#written(data, await updateItem(this.account, this.name, key, data, write))
      } catch (error) {
        const unknown = error instanceof UnknownOutcome
        if (!unknown && !isMismatch(error)) throw isMissing(error) ? new LeaseLost(key) : error
        if (unknown) await this.#pause(retry, sending)
        const found = await this.read(key, sending)
        if (found?.record.nonce === data.nonce) return found
        if (found?.revision !== from.revision) throw new LeaseLost(key)
        if (retry === tries) throw error
      }
    }
  }

  /** @throws {LeaseLost} when the item is no longer as it was read; removing what is gone is no error. */
  async remove(from: Entry<Data>, sending?: SenderOptions): Promise<void> {
    const key = this.keyOf(from.record)
    try {
      await removeItem(this.account, this.name, key, {revision: from.revision, ...(sending && {sending})})
    } catch (error) {
      if (isMissing(error)) return
      throw isMismatch(error) ? new LeaseLost(key) : error
    }
  }

  /** The items of the Map; with `prefix` only those whose key begins so. None while there is no Map. */
  async items(prefix?: string): Promise<MapItem[]> {
    return listItems(this.account, this.name, prefix).catch((error: unknown) => {
      if (isMissing(error)) return []
      throw error
    })
  }

  /** What tidies up after Ctrl-C does not pause. */
  async #pause(retry: number, sending: SenderOptions = {}): Promise<void> {
    await this.account.transport.pause(retry).catch((error: unknown) => {
      if (!sending.evenIfInterrupted) throw error
    })
  }

  /** Only an answer that repeats the write says that it arrived; with any other one that is unknown. @throws {UnknownOutcome} */
  #written(data: Data, item: MapItem): Entry<Data> {
    const {nonce: answered} = (item.data ?? {}) as Partial<ItemData>
    if (answered === data.nonce && typeof item.revision === 'string') return this.requireReadable({...item, data})
    throw new UnknownOutcome('Twilio answered a write of the registry with something unexpected')
  }

  /** @throws {Failure} `conflict` with what is wrong with the item */
  protected requireReadable(item: MapItem): Entry<Data> {
    const problem = this.problemOf(item)
    if (problem !== undefined) {
      throw conflict(
        'REGISTRY_VERSION_MISMATCH',
        `The registry's item ${item.key} cannot be read: ${problem}.`,
        `If a newer version wrote it: update aka-twilio, or choose another registry with \`${ourCommand('twilio:settings set registry NAME')}\`.`,
        `If somebody edited it: correct it in Twilio's console, under Sync, in the Map "${this.name}".`,
      )
    }
    return this.entryOf(item)
  }

  /** Made when it is first needed: who only reads needs none, and loading node:crypto takes milliseconds. */
  #nameOfRun(): string {
    return (this.#run ??= randomBytes(6).toString('hex'))
  }

  #stamped(record: Unstamped<Data>): Data {
    return {...record, nonce: `${this.#nameOfRun()}.${++this.#writes}`} as Data
  }

  async #makeMap(): Promise<void> {
    try {
      await createMap(this.account, this.name)
    } catch (error) {
      // Made by somebody else, or perhaps by us, or not now: the next attempt to write the item tells.
      if (!isTaken(error) && !isMissing(error) && !(error instanceof UnknownOutcome)) throw error
    }
  }
}

/** The shape of an item: what every one has, and the fields of this kind. */
export const itemShape = (fields: Shape): Shape => ({
  nonce: 'text',
  lease: {holder: 'text', seconds: 'amount'},
  ...fields,
})

/** What is wrong with an item, in a few words. @param shape of `itemShape` */
export function itemProblem(data: unknown, shape: Shape): string | undefined {
  return isObject(data) && data.v === 1 ? problemOf(data, shape) : 'its version is another'
}

/** 54208 for an item, 54301 for a Map. */
function isTaken(error: unknown): boolean {
  return error instanceof TwilioRefusal && error.twilio?.status === 409
}

/** 54205 */
function isMismatch(error: unknown): boolean {
  return error instanceof TwilioRefusal && error.twilio?.status === 412
}
