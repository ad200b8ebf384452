import {conflict, Failure, UnknownOutcome} from '../errors.js'
import {Lease, waitUntilReleased} from '../registry/lease.js'
import {LeaseLost} from '../registry/items.js'
import {NoAnswer} from '../transport/types.js'
import type {StoredAddress} from '../twilio/regulation.js'
import type {ESimProfile} from '../sim-carrier.js'
import {followProfiles, isSettled, orderProfiles} from './esims.js'
import type {SimContext} from './context.js'
import {newOrder, type OrderKind, type OrderRecord} from './order.js'
import type {OrderEntry} from './order-book.js'
import {changeReservations, reserveRoom} from './reserve.js'
import {orderFromSeller, SellerRefused, type Seller} from './seller.js'
import {takeFromStock} from './stock.js'

export interface OrderRequest {
  readonly kind: OrderKind
  readonly quantity: number
  readonly eids: readonly string[]
  /** Of cards. */
  readonly address: StoredAddress | undefined
  readonly seller: Seller | undefined
  /** Wait until eSIM profiles are available. */
  readonly follow: boolean
}

export interface Placed {
  readonly order: OrderRecord
  readonly profiles: readonly ESimProfile[]
}

/**
 * An order for the same that was cut short, to go on with; waits for a run that is still at it.
 * @throws {Failure} `conflict` for orders that were cut short when none of them is for the same.
 */
export async function findUnfinished(
  {orders, appSpace, waiting}: SimContext,
  ask: Pick<OrderRequest, 'kind' | 'quantity' | 'eids'> & {readonly addressSid: string | undefined},
): Promise<OrderEntry | undefined> {
  const unfinished: OrderEntry[] = []
  for (const {record} of await orders.list(appSpace)) {
    if (record.state !== 'open') continue
    const entry = await waitUntilReleased(orders, orders.keyOf(record), {...waiting, precondition: () => undefined})
    if (entry?.record.state === 'open') unfinished.push(entry)
  }
  const [first] = unfinished
  const same = unfinished.find(({record}) => isSame(record, ask))
  if (same || !first) return same
  const {order, kind, quantity, eids, addressSid} = first.record
  const flags = [
    kind === 'esim' && eids.length === 0 && '--esim',
    eids.length === 0 && `--quantity ${quantity}`,
    ...eids.map((eid) => `--eid ${eid}`),
    addressSid !== undefined && `--address-sid ${addressSid}`,
  ]
  throw conflict(
    'ORDER_UNFINISHED',
    `Order ${order} of ${appSpace} (${quantity} ${kind === 'esim' ? 'eSIM profiles' : 'cards'}) was cut short.`,
    `To go on with it: aka twilio:sims:order -a ${appSpace} ${flags.filter(Boolean).join(' ')}`,
    `To give it up: aka twilio:sims:orders:update ${order} --state cancelled`,
    'To place another order beside it: add --new.',
  )
}

function isSame(
  {kind, quantity, eids, addressSid}: OrderRecord,
  ask: Pick<OrderRequest, 'kind' | 'quantity' | 'eids'> & {readonly addressSid: string | undefined},
): boolean {
  return (
    kind === ask.kind &&
    quantity === ask.quantity &&
    eids.toSorted().join() === ask.eids.toSorted().join() &&
    (ask.addressSid === undefined || ask.addressSid === addressSid)
  )
}

/**
 * Places an order, or goes on with one that was cut short: writes it down, holds it against the limit, then gets what can be got
 * and leaves the rest to who sells cards.
 * @throws {Failure} `plan` when the limit would be passed; then nothing is left of the order.
 */
export async function placeOrder(context: SimContext, ask: OrderRequest, unfinished?: OrderEntry): Promise<Placed> {
  const {orders, progress} = context
  const lease = unfinished ? await Lease.take(orders, unfinished) : await begin(context, ask)
  try {
    progress(`holding order ${lease.record.order} against the limit`)
    await reserveRoom(context, lease)
    const profiles =
      lease.record.kind === 'esim' ? await getProfiles(context, lease, ask) : await getCards(context, lease, ask)
    return {order: lease.record, profiles}
  } catch (error) {
    throw await settle(context, lease, error)
  }
}

async function begin(context: SimContext, {kind, quantity, eids, address}: OrderRequest): Promise<Lease<OrderRecord>> {
  for (;;) {
    const order = newOrder(context, {kind, quantity, eids, state: 'open', ...(address && {addressSid: address.sid})})
    const lease = await Lease.create(context.orders, order, Promise.resolve())
    if (lease) return lease
  }
}

/** Ends an order whose SIMs are all there. Its room goes first: cut short in between, it is still found unfinished. */
async function complete(context: SimContext, lease: Lease<OrderRecord>): Promise<void> {
  await changeReservations(context, (_, standing) => standing.filter(({order}) => order !== lease.record.order))
  await lease.release({state: 'complete'})
}

async function getProfiles(
  context: SimContext,
  lease: Lease<OrderRecord>,
  {follow}: OrderRequest,
): Promise<ESimProfile[]> {
  await orderProfiles(context, lease)
  const profiles = follow
    ? await followProfiles(context, lease)
    : (await context.sims.listProfiles()).filter(({sid}) => lease.record.profiles.includes(sid))
  if (profiles.every(isSettled)) await complete(context, lease)
  else await lease.release({state: 'ordered'})
  return profiles
}

async function getCards(context: SimContext, lease: Lease<OrderRecord>, ask: OrderRequest): Promise<[]> {
  // Once the rest is with a seller, its number may not change any more.
  if (lease.record.seller === undefined) await takeFromStock(context, lease)
  const rest = lease.record.quantity - lease.record.stock.length
  if (rest === 0) await complete(context, lease)
  else if (lease.record.seller === 'endpoint' && !ask.seller) throw sellerMissing(lease.record)
  else if (ask.seller && ask.address) await buy(context, lease, {rest, seller: ask.seller, address: ask.address})
  else await lease.release({state: 'waiting', seller: 'administrator'})
  return []
}

/** It may have got the order already: the administrator must not order the same cards again. */
function sellerMissing({order}: OrderRecord): Failure {
  return conflict(
    'SELLER_MISSING',
    `Order ${order} may be with the ordering endpoint already, and none is set on this machine.`,
    'Set it: aka twilio:settings set sim-order-url URL, then run this again.',
    `Or give the order up, if the endpoint does not know it: aka twilio:sims:orders:update ${order} --state cancelled`,
  )
}

async function buy(
  {main, progress, warn}: SimContext,
  lease: Lease<OrderRecord>,
  {rest, seller, address}: {rest: number; seller: Seller; address: StoredAddress},
): Promise<void> {
  progress(`ordering ${rest} card${rest === 1 ? '' : 's'} from ${new URL(seller.url).host}`)
  await lease.save({seller: 'endpoint'})
  try {
    const reference = await orderFromSeller(main.transport, seller, {order: lease.record, quantity: rest, address})
    await lease.release({state: 'ordered', ...(reference !== undefined && {reference})})
  } catch (error) {
    if (!(error instanceof SellerRefused)) throw error
    warn(`The ordering endpoint refused (${error.message}): the order waits for the administrator.`)
    await lease.release({state: 'waiting', seller: 'administrator'})
  }
}

/**
 * A definite refusal of an order that got nothing leaves nothing of it. Otherwise it stays, to be gone on with; while a request
 * may still be under way, it keeps its lease.
 */
async function settle(context: SimContext, lease: Lease<OrderRecord>, error: unknown): Promise<unknown> {
  const {order, state, stock, profiles, seller} = lease.record
  if (error instanceof LeaseLost || !(error instanceof Failure) || state !== 'open') return error
  const isDefinite = error.outcome !== 'temporary' && error.outcome !== 'interrupted'
  if (isDefinite && stock.length + profiles.length === 0 && seller === undefined) {
    await lease.renew()
    await changeReservations(context, (_, standing) => standing.filter((each) => each.order !== order))
    await lease.remove()
    return error
  }
  const underWay = error instanceof UnknownOutcome && error.cause instanceof NoAnswer
  if (!underWay) await lease.release().catch(() => undefined)
  return error.withSuggestions(
    `Order ${order} is kept: run the same command again to go on with it.`,
    `To give it up: aka twilio:sims:orders:update ${order} --state cancelled`,
  )
}
