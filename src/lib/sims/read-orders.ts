import {type ESimProfile, isSettled} from '../carrier/port.js'
import type {SimContext} from './context.js'
import {adoptProfileSims} from './esims.js'
import type {OrderRecord} from './order.js'
import {updateOrder} from './order-lease.js'
import {dropStaleReservations} from './reserve.js'

/**
 * The app-space's orders with their eSIM profiles. An order that was left while its profiles were on their way is completed once
 * they are there.
 */
export async function readOrders(
  context: SimContext,
): Promise<{orders: readonly OrderRecord[]; profiles: readonly ESimProfile[]}> {
  const {orders: book, sims, appSpace} = context
  const orders = (await book.list(appSpace)).map(({record}) => record)
  if (!orders.some(({kind}) => kind === 'esim')) return {orders, profiles: []}
  const profiles = await sims.listProfiles()
  const open = orders.filter(({kind, state}) => kind === 'esim' && state === 'ordered')
  const ofOpen = new Set(open.flatMap((order) => order.profiles))
  await adoptProfileSims(
    context,
    profiles.filter(({sid}) => ofOpen.has(sid)),
  )
  const arrived = orders.filter((order) => hasArrived(order, profiles))
  if (arrived.length === 0) return {orders, profiles}
  const completed = new Map<string, OrderRecord>()
  for (const {order} of arrived) {
    const record = await updateOrder(context, order, ({state}) => (state === 'ordered' ? {state: 'complete'} : {}))
    completed.set(order, record)
  }
  await dropStaleReservations(context)
  return {orders: orders.map((each) => completed.get(each.order) ?? each), profiles}
}

/** In a shared account: the SIMs of eSIM profiles that have come since they were ordered. */
export async function adoptArrivedSims(context: SimContext): Promise<void> {
  if (context.sims.isShared) await readOrders(context)
}

/** Each of the profiles that were ordered is there, or has failed. */
export function hasArrived(
  {kind, state, profiles: ordered}: Pick<OrderRecord, 'kind' | 'state' | 'profiles'>,
  profiles: readonly ESimProfile[],
): boolean {
  if (kind !== 'esim' || state !== 'ordered') return false
  return ordered.every((sid) => profiles.some((profile) => profile.sid === sid && isSettled(profile)))
}
