import type {SimContext} from './context.js'
import {type OrderRecord, type OrderState, requireTransition} from './order.js'
import {acquireOrder} from './order-lease.js'
import {dropStaleReservations} from './reserve.js'

export interface OrderChange {
  readonly state?: OrderState
  readonly tracking?: string
}

/**
 * Records what became of an order; a cancelled one no longer counts against the limit.
 * @throws {Failure} `conflict` for a state that may not follow, `notFound`
 */
export async function changeOrder(context: SimContext, order: string, change: OrderChange): Promise<OrderRecord> {
  const lease = await acquireOrder(context, order, (record) => {
    if (change.state !== undefined) requireTransition(record, change.state)
  })
  await lease.release(change)
  await dropStaleReservations(context)
  return lease.record
}
