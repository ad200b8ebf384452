import {conflict, Failure, UnknownOutcome} from '../errors.js'
import {Claim, untilFree} from '../registry/claim.js'
import {ClaimLost} from '../registry/items.js'
import {NoAnswer} from '../transport/types.js'
import type {StoredAddress} from '../twilio/regulation.js'
import type {ESimProfile} from './carrier.js'
import {followProfiles, isSettled, orderProfiles} from './esims.js'
import type {SimMeans} from './means.js'
import {newOrder, type OrderKind, type OrderRecord} from './order.js'
import type {OrderEntry} from './order-book.js'
import {changeReservations, reserveRoom} from './reserve.js'
import {orderFromSeller, SellerRefused, type Seller} from './seller.js'
import {takeFromStock} from './stock.js'

export interface OrderAsk {
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
  {orders, appSpace, waiting}: SimMeans,
  ask: Pick<OrderAsk, 'kind' | 'quantity' | 'eids'> & {readonly addressSid: string | undefined},
): Promise<OrderEntry | undefined> {
  const unfinished: OrderEntry[] = []
  for (const {record} of await orders.list(appSpace)) {
    if (record.state !== 'open') continue
    const entry = await untilFree(orders, orders.keyOf(record), {...waiting, judge: () => undefined})
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
  ask: Pick<OrderAsk, 'kind' | 'quantity' | 'eids'> & {readonly addressSid: string | undefined},
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
export async function placeOrder(means: SimMeans, ask: OrderAsk, unfinished?: OrderEntry): Promise<Placed> {
  const {orders, progress} = means
  const claim = unfinished ? await Claim.take(orders, unfinished) : await begin(means, ask)
  try {
    progress(`holding order ${claim.record.order} against the limit`)
    await reserveRoom(means, claim)
    const profiles =
      claim.record.kind === 'esim' ? await getProfiles(means, claim, ask) : await getCards(means, claim, ask)
    return {order: claim.record, profiles}
  } catch (error) {
    throw await settle(means, claim, error)
  }
}

async function begin(means: SimMeans, {kind, quantity, eids, address}: OrderAsk): Promise<Claim<OrderRecord>> {
  for (;;) {
    const order = newOrder(means, {kind, quantity, eids, state: 'open', ...(address && {addressSid: address.sid})})
    const claim = await Claim.make(means.orders, order, Promise.resolve())
    if (claim) return claim
  }
}

/** Ends an order whose SIMs are all there. Its room goes first: cut short in between, it is still found unfinished. */
async function complete(means: SimMeans, claim: Claim<OrderRecord>): Promise<void> {
  await changeReservations(means, (_, standing) => standing.filter(({order}) => order !== claim.record.order))
  await claim.finish({state: 'complete'})
}

async function getProfiles(means: SimMeans, claim: Claim<OrderRecord>, {follow}: OrderAsk): Promise<ESimProfile[]> {
  await orderProfiles(means, claim)
  const profiles = follow
    ? await followProfiles(means, claim)
    : (await means.sims.listProfiles()).filter(({sid}) => claim.record.profiles.includes(sid))
  if (profiles.every(isSettled)) await complete(means, claim)
  else await claim.finish({state: 'ordered'})
  return profiles
}

async function getCards(means: SimMeans, claim: Claim<OrderRecord>, ask: OrderAsk): Promise<[]> {
  // Once the rest is with a seller, its number may not change any more.
  if (claim.record.seller === undefined) await takeFromStock(means, claim)
  const rest = claim.record.quantity - claim.record.stock.length
  if (rest === 0) await complete(means, claim)
  else if (claim.record.seller === 'endpoint' && !ask.seller) throw sellerMissing(claim.record)
  else if (ask.seller && ask.address) await buy(means, claim, {rest, seller: ask.seller, address: ask.address})
  else await claim.finish({state: 'waiting', seller: 'administrator'})
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
  {main, progress, warn}: SimMeans,
  claim: Claim<OrderRecord>,
  {rest, seller, address}: {rest: number; seller: Seller; address: StoredAddress},
): Promise<void> {
  progress(`ordering ${rest} card${rest === 1 ? '' : 's'} from ${new URL(seller.url).host}`)
  await claim.save({seller: 'endpoint'})
  try {
    const reference = await orderFromSeller(main.transport, seller, {order: claim.record, quantity: rest, address})
    await claim.finish({state: 'ordered', ...(reference !== undefined && {reference})})
  } catch (error) {
    if (!(error instanceof SellerRefused)) throw error
    warn(`The ordering endpoint refused (${error.message}): the order waits for the administrator.`)
    await claim.finish({state: 'waiting', seller: 'administrator'})
  }
}

/**
 * A definite refusal of an order that got nothing leaves nothing of it. Otherwise it stays, to be gone on with; while a request
 * may still be under way, it keeps its lease.
 */
async function settle(means: SimMeans, claim: Claim<OrderRecord>, error: unknown): Promise<unknown> {
  const {order, state, stock, profiles, seller} = claim.record
  if (error instanceof ClaimLost || !(error instanceof Failure) || state !== 'open') return error
  const isDefinite = error.outcome !== 'temporary' && error.outcome !== 'interrupted'
  if (isDefinite && stock.length + profiles.length === 0 && seller === undefined) {
    await claim.keep()
    await changeReservations(means, (_, standing) => standing.filter((each) => each.order !== order))
    await claim.remove()
    return error
  }
  const underWay = error instanceof UnknownOutcome && error.cause instanceof NoAnswer
  if (!underWay) await claim.finish().catch(() => undefined)
  return error.withSuggestions(
    `Order ${order} is kept: run the same command again to go on with it.`,
    `To give it up: aka twilio:sims:orders:update ${order} --state cancelled`,
  )
}
