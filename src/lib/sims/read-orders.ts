import type {ESimProfile} from '../sim-carrier.js'
import {withOrder} from './change-order.js'
import {isSettled} from './esims.js'
import type {SimContext} from './context.js'
import type {OrderRecord} from './order.js'
import {changeReservations} from './reserve.js'

/**
 * The app-space's orders with the eSIM profiles they are for. An order that was left while its profiles were on their way is
 * completed when they are there.
 */
export async function readOrders(
  context: SimContext,
): Promise<{orders: readonly OrderRecord[]; profiles: readonly ESimProfile[]}> {
  const {orders: book, sims, appSpace} = context
  const orders = (await book.list(appSpace)).map(({record}) => record)
  if (!orders.some(({kind}) => kind === 'esim')) return {orders, profiles: []}
  const profiles = await sims.listProfiles()
  const isThere = ({kind, state, profiles: ordered}: OrderRecord) =>
    kind === 'esim' &&
    state === 'ordered' &&
    ordered.every((sid) => profiles.some((profile) => profile.sid === sid && isSettled(profile)))
  const done = orders.filter(isThere)
  if (done.length === 0) return {orders, profiles}
  const completed = new Map<string, OrderRecord>()
  for (const {order} of done) {
    completed.set(order, await withOrder(context, order, ({state}) => (state === 'ordered' ? {state: 'complete'} : {})))
  }
  await changeReservations(context, (_, standing) => standing)
  return {orders: orders.map((each) => completed.get(each.order) ?? each), profiles}
}
