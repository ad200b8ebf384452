import {randomInt} from 'node:crypto'

import {conflict} from '../errors.js'
import type {ItemData} from '../registry/items.js'
import type {SimContext} from './context.js'

/**
 * - `open`: a run is getting it, or was cut short while it did.
 * - `waiting`: for the administrator, who orders the cards.
 * - `ordered`: placed with who sells it, and on its way.
 * - `complete`: everything has arrived.
 */
export const orderStates = ['open', 'waiting', 'ordered', 'shipped', 'delivered', 'complete', 'cancelled'] as const
export type OrderState = (typeof orderStates)[number]

export type OrderKind = 'card' | 'esim'

/**
 * One order of SIMs: an item of its own, written before anything is got for it. What is to become the account's is written
 * down by its identity before it does, so that whoever counts finds each SIM once, either here or among the account's SIMs.
 */
export interface OrderRecord extends ItemData {
  /** e.g. `ord-7k2m9x`. */
  readonly order: string
  readonly appSpace: string
  readonly host: string
  readonly accountSid: string
  readonly kind: OrderKind
  readonly quantity: number
  /** Of the devices that are to have the eSIM profiles; none where any may. */
  readonly eids: readonly string[]
  /** Of the main account; where cards go. */
  readonly addressSid?: string
  readonly state: OrderState
  /** SIDs of cards that are taken from the main account's stock. */
  readonly stock: readonly string[]
  /** SIDs of eSIM profiles that were ordered. */
  readonly profiles: readonly string[]
  /** ICCIDs of cards that are registered for it. */
  readonly iccids: readonly string[]
  /** eSIM profiles that were there before the first was ordered, and that no order knows: somebody's own. */
  readonly foreignProfiles?: readonly string[]
  /** Cards of it that went back to the main account's stock, and when: until then they were paid for (src/lib/invoice). */
  readonly givenBack?: readonly {readonly sim: string; readonly at: string}[]
  /** Who the rest is ordered from, where not everything came from stock. */
  readonly seller?: 'endpoint' | 'administrator'
  /** The seller's word for it. */
  readonly reference?: string
  readonly tracking?: string
  readonly createdAt: string
}

/** Which states may follow which, by hand (`twilio:sims:orders:update`). */
const transitions: Readonly<Record<OrderState, readonly OrderState[]>> = {
  open: ['cancelled'],
  waiting: ['ordered', 'shipped', 'delivered', 'cancelled'],
  ordered: ['shipped', 'delivered', 'cancelled'],
  shipped: ['delivered', 'cancelled'],
  delivered: ['cancelled'],
  complete: [],
  cancelled: [],
}

/** @throws {Failure} `conflict` with what is possible. */
export function requireTransition({order, state, kind}: OrderRecord, to: OrderState): void {
  const possible = transitions[state].filter((next) => kind === 'card' || next === 'cancelled')
  if (possible.includes(to) || state === to) return
  throw conflict(
    'ORDER_STATE',
    `${order} is ${state} and cannot become ${to}.`,
    possible.length > 0 ? `It can become ${possible.join(', ')}.` : whatNow(state, kind),
  )
}

function whatNow(state: OrderState, kind: OrderKind): string {
  if (kind === 'esim') return 'eSIM profiles come from Twilio by themselves; nobody ships them.'
  return `Nothing follows after ${state}.`
}

/** Counts against the limit until everything has arrived. */
export function isOutstanding({state}: OrderRecord): boolean {
  return state !== 'complete' && state !== 'cancelled'
}

/** An order that is about to be written down for the first time. */
export function newOrder(
  {appSpace, accountSid, akkeris}: Pick<SimContext, 'appSpace' | 'accountSid' | 'akkeris'>,
  about: Pick<OrderRecord, 'kind' | 'quantity' | 'state'> & Partial<OrderRecord>,
): Omit<OrderRecord, 'nonce' | 'lease'> {
  return {
    v: 1,
    order: newOrderId(),
    appSpace,
    host: akkeris.host,
    accountSid,
    eids: [],
    stock: [],
    profiles: [],
    iccids: [],
    createdAt: new Date().toISOString(),
    ...about,
  }
}

/** Letters and digits that cannot be taken for one another. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'

function newOrderId(): string {
  return `ord-${Array.from({length: 8}, () => alphabet[randomInt(alphabet.length)] ?? '').join('')}`
}
