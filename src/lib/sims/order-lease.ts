import {acquireLease} from '../registry/acquire-lease.js'
import {Lease} from '../registry/lease.js'
import type {SimContext} from './context.js'
import {type NewOrder, newOrder, type OrderRecord} from './order.js'
import {orderNotFound} from './order-book.js'

/** Writes a new order down, leased to this run. */
export async function createOrder(
  {orders, appSpace, accountSid, akkeris, service}: SimContext,
  order: NewOrder,
): Promise<Lease<OrderRecord>> {
  for (;;) {
    // None when another order happens to have the same number.
    const lease = await Lease.create(
      orders,
      newOrder({appSpace, accountSid, host: akkeris.host}, {carrier: service.name, ...order}),
    )
    if (lease) return lease
  }
}

/**
 * A lease on an order, once no other run works on it.
 * @throws {Failure} `notFound`, and what `requireUsable` throws for an order as it is by then.
 */
export async function acquireOrder(
  {orders, appSpace, waiting}: SimContext,
  order: string,
  requireUsable: (record: OrderRecord) => void = () => undefined,
): Promise<Lease<OrderRecord>> {
  const lease = await acquireLease(orders, orders.keyOf({appSpace, order}), {...waiting, requireUsable})
  if (!lease) throw orderNotFound(order, appSpace)
  return lease
}

/** Changes an order by what it is once no other run works on it. */
export async function updateOrder(
  context: SimContext,
  order: string,
  changesTo: (record: OrderRecord) => Partial<OrderRecord>,
): Promise<OrderRecord> {
  const lease = await acquireOrder(context, order)
  await lease.release(changesTo(lease.record))
  return lease.record
}
