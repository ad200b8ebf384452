import {Claim, untilFree} from '../registry/claim.js'
import {ClaimLost} from '../registry/items.js'
import type {SimMeans} from './means.js'
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
export async function changeOrder(means: SimMeans, order: string, change: OrderChange): Promise<OrderRecord> {
  const record = await withOrder(means, order, (found) => {
    if (change.state !== undefined) requireTransition(found, change.state)
    return change
  })
  await changeReservations(means, (_, standing) => standing)
  return record
}

/** Changes an order's item as `decide` says, once no run works on it; made anew where somebody was faster. */
export async function withOrder(
  means: SimMeans,
  order: string,
  decide: (record: OrderRecord) => Partial<OrderRecord>,
): Promise<OrderRecord> {
  const claim = await claimOrder(means, order)
  let changes: Partial<OrderRecord>
  try {
    changes = decide(claim.record)
  } catch (error) {
    await claim.finish()
    throw error
  }
  await claim.finish(changes)
  return claim.record
}

/** A claim of this run on an order, waiting for whoever works on it. @throws {Failure} `notFound` */
export async function claimOrder({orders, appSpace, waiting}: SimMeans, order: string): Promise<Claim<OrderRecord>> {
  for (;;) {
    const {record} = await orders.find(order, appSpace)
    const entry = await untilFree(orders, orders.keyOf(record), {...waiting, judge: () => undefined})
    if (!entry) continue
    try {
      return await Claim.take(orders, entry)
    } catch (error) {
      if (!(error instanceof ClaimLost)) throw error
    }
  }
}
