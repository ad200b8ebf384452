import {type ESimProfile, isSettled} from '../carrier/port.js'
import {ourCommand} from '../command-line.js'
import {conflict, Failure} from '../errors.js'
import {waitUntilReleased} from '../registry/acquire-lease.js'
import {LeaseLost} from '../registry/items.js'
import {Lease} from '../registry/lease.js'
import {type Rollback, runOperation} from '../registry/operation.js'
import {numberOf} from '../text.js'
import type {SimContext} from './context.js'
import {adoptProfileSims, followProfiles, listProfilesOf, orderProfiles} from './esims.js'
import {type OrderRecord, simQuantity} from './order.js'
import type {OrderEntry} from './order-book.js'
import {createOrder} from './order-lease.js'
import {isSameOrder, type OrderRequest, type OrderTerms} from './order-request.js'
import {cancelReservation, reserveRoom} from './reserve.js'
import {orderFromSeller, type Purchase, type Seller, SellerRefused} from './seller.js'
import {takeFromStock} from './stock.js'

export interface Placed {
  readonly order: OrderRecord
  readonly profiles: readonly ESimProfile[]
  /** Leaves the order to other runs. If it could not be reported, the same request reports it in place of ordering again. */
  readonly release: (outcome: {readonly isReported: boolean}) => Promise<void>
}

/** For how long a request for the same means the order that could not be reported, instead of a new one. */
const reportableMs = 3_600_000

/** What an order has become, and what its last write says. */
interface Outcome {
  readonly changes: Partial<OrderRecord> & Pick<OrderRecord, 'state'>
  readonly profiles?: readonly ESimProfile[]
  /** Why it is for less than was ordered. */
  readonly refusal?: Failure
}

/**
 * An interrupted order for the same, to be resumed, or one that was placed lately by a run that could not tell; waits for a run that
 * still works on one.
 * @throws {Failure} `conflict` for interrupted orders when none of them is for the same.
 */
export async function findUnfinished(
  {orders, appSpace, waiting}: SimContext,
  terms: OrderTerms,
): Promise<OrderEntry | undefined> {
  const unfinished: OrderEntry[] = []
  for (const {record} of await orders.list(appSpace)) {
    if (!isOpen(record) && !(record.isUnreported && isSameOrder(record, terms))) continue
    // All that a run does with a placed order is to tell.
    const isHarmless = (now: OrderRecord) => !isOpen(now)
    const entry = await waitUntilReleased(orders, orders.keyOf(record), {...waiting, isHarmless})
    if (entry && (isOpen(entry.record) || isReportable(entry))) unfinished.push(entry)
  }
  const [first] = unfinished
  const same = unfinished.find(({record}) => isSameOrder(record, terms))
  if (same || !first) return same
  throw otherUnfinished(first.record)
}

function isOpen({state}: OrderRecord): boolean {
  return state === 'open'
}

function isReportable({record, updatedAt, readAt = new Date()}: OrderEntry): boolean {
  return record.isUnreported === true && readAt.getTime() - updatedAt.getTime() < reportableMs
}

function otherUnfinished({order, appSpace, kind, quantity, eids, addressSid}: OrderRecord): Failure {
  const flags = [
    kind === 'esim' && eids.length === 0 && '--esim',
    eids.length === 0 && `--quantity ${quantity}`,
    ...eids.map((eid) => `--eid ${eid}`),
    addressSid !== undefined && `--address-sid ${addressSid}`,
  ]
  return conflict(
    'ORDER_UNFINISHED',
    `Order ${order} of ${appSpace} (${simQuantity(kind, quantity)}) was interrupted.`,
    `To resume it: ${ourCommand(`twilio:sims:order -a ${appSpace} ${flags.filter(Boolean).join(' ')}`)}`,
    `To cancel it: ${cancelCommand(order)}`,
    'To place another order as well: add --new.',
  )
}

function cancelCommand(order: string): string {
  return ourCommand(`twilio:sims:orders:update ${order} --state cancelled`)
}

/**
 * Places an order, or resumes one that was interrupted: writes it down, reserves its SIMs under the limit, gets what can be
 * got now, and leaves the rest to the seller of cards.
 * @throws {Failure} `plan` when the limit would be exceeded; then nothing is left of the order.
 */
export async function placeOrder(context: SimContext, request: OrderRequest, unfinished?: OrderEntry): Promise<Placed> {
  const lease = unfinished ? await Lease.take(context.orders, unfinished) : await createOrderFor(context, request)
  const {order, kind} = lease.record
  const {profiles = [], refusal} = await runOperation(lease, {
    async steps() {
      if (!isOpen(lease.record)) return asPlaced(context, lease, request)
      await context.progress(`reserving SIMs for order ${order}`, () => reserveRoom(context, lease))
      return kind === 'esim' ? getProfiles(context, lease, request) : getCards(context, lease, request)
    },
    async commit({changes}) {
      // Its reservation goes first: an order that is interrupted in between is still found unfinished.
      if (changes.state === 'complete') await cancelReservation(context, order)
      // The lease stays until it was reported, so that no other run takes it for one that was not.
      await lease.save({...changes, isUnreported: true}, {evenIfInterrupted: true})
    },
    rollback: () => rollbackOf(context, lease),
    resume: () => [`Order ${order} is kept: the same command resumes it.`, `To cancel it: ${cancelCommand(order)}`],
  })
  const release: Placed['release'] = ({isReported}) => releaseOrder(context, lease, isReported)
  if (refusal) {
    await release({isReported: true})
    throw refusal
  }
  return {order: lease.record, profiles, release}
}

/** What another run placed, and could not tell. */
async function asPlaced(context: SimContext, lease: Lease<OrderRecord>, {follow}: OrderRequest): Promise<Outcome> {
  const {kind, state} = lease.record
  if (kind === 'card') return {changes: {state}}
  const profiles = await profilesOf(context, lease, follow)
  return {changes: {state: state === 'ordered' && profiles.every(isSettled) ? 'complete' : state}, profiles}
}

async function releaseOrder(
  {warn, appSpace}: SimContext,
  lease: Lease<OrderRecord>,
  isReported: boolean,
): Promise<void> {
  try {
    await lease.release({isUnreported: !isReported})
  } catch (error) {
    if (error instanceof LeaseLost) return
    if (!(error instanceof Failure)) throw error
    lease.abandon()
    if (!isReported) return
    const {order} = lease.record
    warn(
      `${order} was placed, but could not be marked as reported (${error.message}): to order the same for ${appSpace} within the hour, add --new.`,
    )
  }
}

async function createOrderFor(
  context: SimContext,
  {kind, quantity, eids, address}: OrderRequest,
): Promise<Lease<OrderRecord>> {
  return createOrder(context, {kind, quantity, eids, state: 'open', ...(address && {addressSid: address.sid})})
}

/** Nothing is left of an order that got nothing; any other one is kept. */
function rollbackOf(context: SimContext, lease: Lease<OrderRecord>): Rollback | undefined {
  const {order, stock, profiles, seller} = lease.record
  if (stock.length + profiles.length > 0 || seller !== undefined) return undefined
  return {
    async undo() {
      await lease.renew()
      await cancelReservation(context, order)
      await lease.remove()
      return false
    },
    otherwise: `cancel the order: ${cancelCommand(order)}`,
  }
}

async function getProfiles(context: SimContext, lease: Lease<OrderRecord>, {follow}: OrderRequest): Promise<Outcome> {
  try {
    await orderProfiles(context, lease)
  } catch (error) {
    return withoutTheRest(lease.record, error)
  }
  const profiles = await profilesOf(context, lease, follow)
  return {changes: {state: profiles.every(isSettled) ? 'complete' : 'ordered'}, profiles}
}

/** As they are now, or once they are there; their SIMs are the app-space's then. */
async function profilesOf(context: SimContext, lease: Lease<OrderRecord>, follow: boolean): Promise<ESimProfile[]> {
  const profiles = follow ? await followProfiles(context, lease) : await listProfilesOf(context, lease.record)
  await adoptProfileSims(context, profiles)
  return profiles
}

/** After a definite refusal the order is for what was ordered until then: a profile cannot be returned. */
function withoutTheRest({order, quantity, profiles}: OrderRecord, error: unknown): Outcome {
  const isRefusal = error instanceof Failure && (error.outcome === 'refused' || error.outcome === 'credentials')
  if (!isRefusal || profiles.length === 0) throw error
  const {length} = profiles
  const sentence = `${length} of ${quantity} eSIM profiles were ordered before that: order ${order} is for those.`
  return {changes: {quantity: length, requested: quantity, state: 'ordered'}, refusal: error.withSuggestions(sentence)}
}

async function getCards(
  context: SimContext,
  lease: Lease<OrderRecord>,
  {seller, address}: OrderRequest,
): Promise<Outcome> {
  // Once the rest is with a seller, its number may not change any more.
  if (lease.record.seller === undefined) await takeFromStock(context, lease)
  const rest = lease.record.quantity - lease.record.stock.length
  if (rest === 0) return {changes: {state: 'complete'}}
  if (lease.record.seller === 'endpoint' && !seller) throw sellerMissing(lease.record)
  if (seller && address) return buyCards(context, lease, seller, {quantity: rest, address})
  return leftToAdministrator
}

const leftToAdministrator: Outcome = {changes: {state: 'waiting', seller: 'administrator'}}

/** It may have got the order already: the administrator must not order the same cards again. */
function sellerMissing({order}: OrderRecord): Failure {
  return conflict(
    'ORDER_ENDPOINT_MISSING',
    `Order ${order} may be at the ordering endpoint already, and no endpoint is set on this machine.`,
    `Set it: ${ourCommand('twilio:settings set sim-order-url URL')}, then run this again.`,
    `Or cancel the order, if the endpoint does not know it: ${cancelCommand(order)}`,
  )
}

async function buyCards(
  {main, progress, warn}: SimContext,
  lease: Lease<OrderRecord>,
  seller: Seller,
  {quantity, address}: Omit<Purchase, 'order'>,
): Promise<Outcome> {
  await lease.save({seller: 'endpoint'})
  const doing = `ordering ${numberOf(quantity, 'card')} from ${new URL(seller.url).host}`
  try {
    const reference = await progress(doing, () =>
      orderFromSeller(main.transport, seller, {order: lease.record, quantity, address}),
    )
    return {changes: {state: 'ordered', ...(reference !== undefined && {reference})}}
  } catch (error) {
    if (!(error instanceof SellerRefused)) throw error
    warn(`The ordering endpoint refused (${error.message}): the order waits for the administrator.`)
    return leftToAdministrator
  }
}
