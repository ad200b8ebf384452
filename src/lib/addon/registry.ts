import {randomBytes} from 'node:crypto'

import {conflict, Failure, UnknownOutcome} from '../errors.js'
import type {SenderOptions} from '../transport/transport.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {isMissing, TwilioRefusal} from '../twilio/errors.js'
import {createItem, createMap, fetchItem, listItems, removeItem, updateItem, type MapItem} from '../twilio/sync-map.js'
import {plans} from './plans.js'
import type {AddonRecord} from './record.js'

/** A record as it was read, and what is needed to change it. */
export interface Entry {
  readonly record: AddonRecord
  readonly revision: string
  /** Both by Twilio's clock. */
  readonly updatedAt: Date
  readonly readAt: Date | undefined
}

/** Somebody else changed or removed the item since it was read: what this run had in mind must be looked at afresh. */
export class ClaimLost extends Failure {
  constructor(appSpace: string) {
    super({
      code: 'HELD_BY_ANOTHER_RUN',
      outcome: 'conflict',
      message: `Another run took ${appSpace} over.`,
      suggestions: ['Run this again when that one has ended.'],
    })
  }
}

/** How often a write whose answer was lost is looked for and sent again. */
const tries = 5

/**
 * The add-ons of a main account: one Sync Map, an item per app-space. Every write carries a nonce of its own, so that
 * a lost answer is no question: reading the nonce back means that the write arrived (docs/decisions/0001).
 */
export class Registry {
  readonly #run = randomBytes(6).toString('hex')
  #writes = 0

  constructor(
    readonly account: TwilioAccount,
    readonly name: string,
  ) {}

  async read(appSpace: string): Promise<Entry | undefined> {
    try {
      return entry(await fetchItem(this.account, this.name, appSpace))
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  /** Every add-on, and the keys of items that another version wrote. */
  async list(): Promise<{records: AddonRecord[]; unknown: string[]}> {
    const items = await listItems(this.account, this.name).catch((error: unknown) => {
      if (isMissing(error)) return []
      throw error
    })
    // APP/ORDER: an order of SIM cards.
    const addons = items.filter(({key}) => !key.includes('/'))
    const known = addons.filter(isRecord)
    return {
      records: known.map(({data}) => data as AddonRecord),
      unknown: addons.filter((item) => !known.includes(item)).map(({key}) => key),
    }
  }

  /**
   * Writes a new item, which is how an app-space is claimed; undefined when there is one already. The Map is made when
   * it is missing, but not before `mayMakeMap` is settled.
   */
  async create(record: Omit<AddonRecord, 'nonce'>, mayMakeMap: Promise<unknown>): Promise<Entry | undefined> {
    const data = this.#stamped(record)
    for (let retry = 1; ; retry++) {
      try {
        return entry(await createItem(this.account, this.name, record.appSpace, data))
      } catch (error) {
        if (isMissing(error) && retry < tries) {
          await mayMakeMap
          await this.#makeMap()
        } else if (isTaken(error)) {
          const found = await this.read(record.appSpace)
          return found?.record.nonce === data.nonce ? found : undefined
        } else if (error instanceof UnknownOutcome && retry < tries) {
          await this.account.transport.pause(retry)
        } else throw error
      }
    }
  }

  /** @throws {ClaimLost} when the item is no longer as it was read. */
  async update(from: Entry, record: Omit<AddonRecord, 'nonce'>, sending?: SenderOptions): Promise<Entry> {
    const data = this.#stamped(record)
    for (let retry = 1; ; retry++) {
      try {
        const write = {revision: from.revision, ...(sending && {sending})}
        return entry(await updateItem(this.account, this.name, record.appSpace, data, write))
      } catch (error) {
        const unknown = error instanceof UnknownOutcome
        if (!unknown && !isMismatch(error)) throw isMissing(error) ? new ClaimLost(record.appSpace) : error
        if (unknown) await this.account.transport.pause(retry)
        const found = await this.read(record.appSpace)
        if (found?.record.nonce === data.nonce) return found
        if (found?.revision !== from.revision) throw new ClaimLost(record.appSpace)
        if (retry === tries) throw error
      }
    }
  }

  /** @throws {ClaimLost} when the item is no longer as it was read; removing what is gone is no error. */
  async remove(from: Entry, sending?: SenderOptions): Promise<void> {
    try {
      await removeItem(this.account, this.name, from.record.appSpace, {
        revision: from.revision,
        ...(sending && {sending}),
      })
    } catch (error) {
      if (isMissing(error)) return
      throw isMismatch(error) ? new ClaimLost(from.record.appSpace) : error
    }
  }

  #stamped(record: Omit<AddonRecord, 'nonce'>): AddonRecord {
    return {...record, nonce: `${this.#run}.${++this.#writes}`}
  }

  async #makeMap(): Promise<void> {
    try {
      await createMap(this.account, this.name)
    } catch (error) {
      // Made by somebody else, or perhaps by us: the next attempt to write the item tells.
      if (!isTaken(error) && !(error instanceof UnknownOutcome)) throw error
    }
  }
}

/** 54208 for an item, 54301 for a Map. */
function isTaken(error: unknown): boolean {
  return error instanceof TwilioRefusal && error.twilio?.status === 409
}

/** 54205 */
function isMismatch(error: unknown): boolean {
  return error instanceof TwilioRefusal && error.twilio?.status === 412
}

function isRecord({key, data}: MapItem): boolean {
  const record = data as Partial<AddonRecord> | null
  return record?.v === 1 && record.appSpace === key && record.plan !== undefined && record.plan in plans
}

function entry(item: MapItem): Entry {
  const {key, data, revision, updatedAt, readAt} = item
  if (!isRecord(item)) {
    throw conflict(
      'REGISTRY_ITEM_UNKNOWN',
      `The registry's item ${key} was not written by this version of aka-twilio.`,
      'Update aka-twilio, or choose another registry with `aka twilio:settings set registry NAME`.',
    )
  }
  return {record: data as AddonRecord, revision, updatedAt, readAt}
}
