import {type PlanName, plans, simPrices} from '../addon/plans.js'
import {type Allocation, requireRoom} from './ledger.js'
import {isOutstanding, type OrderKind} from './order.js'
import type {Ledger} from './reserve.js'

export interface Quote {
  readonly plan: PlanName
  readonly limit: number
  readonly allocation: Allocation
  /** How many more could be ordered after this order. */
  readonly leftAfter: number
  readonly price: Price
}

/** US dollars. */
export interface Price {
  readonly once: number
  /** For all cards together, while the app-space has any. */
  readonly perMonth: number
  /** Whether the monthly charge begins with this order. */
  readonly startsPerMonth: boolean
}

/** What an order would cost, and what it would leave of the limit. @throws {Failure} `plan` when the limit does not allow it. */
export function quote({record, allocation, holdings, orders}: Ledger, kind: OrderKind, quantity: number): Quote {
  requireRoom(record, allocation, quantity)
  const {simLimit: limit} = plans[record.plan]
  const ofProfiles = new Set(holdings.profiles.map(({sim}) => sim))
  const hasCards =
    holdings.sims.some(({sid}) => !ofProfiles.has(sid)) ||
    orders.some((order) => order.kind === 'card' && isOutstanding(order))
  const price =
    kind === 'card'
      ? {once: simPrices.perCardOnce * quantity, perMonth: simPrices.perMonthFromFirstCard, startsPerMonth: !hasCards}
      : {once: 0, perMonth: 0, startsPerMonth: false}
  return {
    plan: record.plan,
    limit,
    allocation,
    leftAfter: limit - allocation.held - allocation.onOrder - quantity,
    price,
  }
}
