import {randomInt} from 'node:crypto'

import type {CarrierName} from '../carrier/service.js'
import {conflict} from '../errors.js'
import type {ItemData} from '../registry/items.js'
import type {NewItem} from '../registry/lease.js'
import {numberOf} from '../text.js'

/**
 * - `open`: a run is working on it, or was interrupted.
 * - `waiting`: for the administrator, who orders the cards.
 * - `ordered`: placed with the seller, and on its way.
 * - `complete`: everything has arrived.
 */
export const orderStates = ['open', 'waiting', 'ordered', 'shipped', 'delivered', 'complete', 'cancelled'] as const
export type OrderState = (typeof orderStates)[number]

export type OrderKind = 'card' | 'esim'

/** `1 SIM card`, `3 eSIM profiles` */
export function simQuantity(kind: OrderKind, quantity: number): string {
  return numberOf(quantity, kind === 'esim' ? 'eSIM profile' : 'SIM card')
}

export type OrderSeller = 'endpoint' | 'administrator'

/**
 * One order of SIMs: an item of its own, written before anything is bought or moved for it. The identity of each SIM is
 * written down before the SIM becomes the account's, so that it is counted once: either here or among the account's SIMs.
 */
export interface OrderRecord extends ItemData {
  /** e.g. `ord-7k2m9xab`. */
  readonly order: string
  readonly appSpace: string
  readonly host: string
  readonly accountSid: string
  /** Missing in orders of versions that knew Twilio alone. */
  readonly carrier?: CarrierName
  readonly kind: OrderKind
  readonly quantity: number
  /** How many were asked for, where it is for fewer: the rest was refused. */
  readonly requested?: number
  /** Of the devices that the eSIM profiles are for; none where any device may have them. */
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
  /** eSIM profiles that no order knew when the first of this one was ordered: somebody else's. */
  readonly foreignProfiles?: readonly string[]
  /** Cards of it that were returned to the main account's stock, and when: they are charged until then (src/lib/invoice). */
  readonly returnedToStock?: readonly {readonly sim: string; readonly at: string}[]
  /** Who sells what did not come from stock. */
  readonly seller?: OrderSeller
  /** The seller's own number for the order. */
  readonly reference?: string
  readonly tracking?: string
  /** From the write that completes it until its result was printed: whoever did not see it must not order a second time. */
  readonly isUnreported?: boolean
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

/** @throws {Failure} `conflict` with the states that are possible. */
export function requireTransition({order, state, kind}: OrderRecord, to: OrderState): void {
  const possible = transitions[state].filter((next) => kind === 'card' || next === 'cancelled')
  if (possible.includes(to) || state === to) return
  throw conflict(
    'ORDER_STATE_CONFLICT',
    `${order} is ${state} and cannot become ${to}.`,
    possible.length > 0 ? `It can become ${possible.join(', ')}.` : whyNoneIsPossible(state, kind),
  )
}

function whyNoneIsPossible(state: OrderState, kind: OrderKind): string {
  if (kind === 'esim') return 'eSIM profiles become available by themselves; nobody ships them.'
  return `Nothing follows after ${state}.`
}

/** Counts against the limit until everything has arrived. */
export function isOutstanding({state}: Pick<OrderRecord, 'state'>): boolean {
  return state !== 'complete' && state !== 'cancelled'
}

/** What an order is written down with. */
export type NewOrder = Pick<OrderRecord, 'kind' | 'quantity' | 'state'> & Partial<OrderRecord>

export function newOrder(
  owner: Pick<OrderRecord, 'appSpace' | 'accountSid' | 'host'>,
  order: NewOrder,
): NewItem<OrderRecord> {
  return {
    v: 1,
    order: newOrderId(),
    ...owner,
    eids: [],
    stock: [],
    profiles: [],
    iccids: [],
    createdAt: new Date().toISOString(),
    ...order,
  }
}

/** Letters and digits that cannot be mistaken for one another. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'

function newOrderId(): string {
  return `ord-${Array.from({length: 8}, () => alphabet[randomInt(alphabet.length)] ?? '').join('')}`
}
