import {Lease, waitUntilReleased} from '../registry/lease.js'
import {LeaseLost} from '../registry/items.js'
import type {SimContext} from './context.js'
import {requireTransition, type OrderRecord, type OrderState} from './order.js'
import {changeReservations} from './reserve.js'

export interface OrderChange {
  readonly state?: OrderState
  readonly tracking?: string
}

/**
 * Says what became of an order; a cancelled one gives its room back.
 * @throws {Failure} `conflict` for a state that may not follow, `notFound`
 */
export async function changeOrder(context: SimContext, order: string, change: OrderChange): Promise<OrderRecord> {
  const record = await withOrder(context, order, (found) => {
    if (change.state !== undefined) requireTransition(found, change.state)
    return change
  })
  await changeReservations(context, (_, standing) => standing)
  return record
}

/** Changes an order's item as `decide` says, once no run works on it; made anew where somebody was faster. */
export async function withOrder(
  context: SimContext,
  order: string,
  decide: (record: OrderRecord) => Partial<OrderRecord>,
): Promise<OrderRecord> {
  const lease = await acquireOrderLease(context, order)
  let changes: Partial<OrderRecord>
  try {
    changes = decide(lease.record)
  } catch (error) {
    await lease.release()
    throw error
  }
  await lease.release(changes)
  return lease.record
}

/** A claim of this run on an order, waiting for whoever works on it. @throws {Failure} `notFound` */
export async function acquireOrderLease(
  {orders, appSpace, waiting}: SimContext,
  order: string,
): Promise<Lease<OrderRecord>> {
  for (;;) {
    const {record} = await orders.find(order, appSpace)
    const entry = await waitUntilReleased(orders, orders.keyOf(record), {...waiting, precondition: () => undefined})
    if (!entry) continue
    try {
      return await Lease.take(orders, entry)
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
    }
  }
}
