import {plans, simPrices} from '../addon/plans.js'
import type {AddonRecord} from '../addon/record.js'
import {addDays, type Period, startOf} from '../days.js'
import type {OrderRecord} from '../sims/order.js'

/** What an add-on costs in a month, in US dollars. */
export interface Charges {
  readonly planPrice: number
  /** For all physical SIM cards together, while there are any. */
  readonly simCardsPerMonth: number
  /** Ordered in this month. */
  readonly cardsOrdered: number
  readonly cardsOrderedPrice: number
  readonly total: number
}

/**
 * Calculated from the registry alone: the plan that the add-on has now, for whole months from the one in which it was made; SIM
 * cards from the month of the order that they came with, until they were given back. Months are Twilio's, in UTC.
 */
export function chargesFor(record: AddonRecord, orders: readonly OrderRecord[], month: Period): Charges {
  const next = startOf(addDays(month.to, 1))
  const isThere = record.state !== 'provisioning' && Date.parse(record.createdAt) < next
  const planPrice = isThere ? plans[record.plan].pricePerMonth : 0
  const cardOrders = orders.filter(({kind, createdAt}) => kind === 'card' && Date.parse(createdAt) < next)
  const held = sum(cardOrders.map((order) => cardsOf(order) - returnedBefore(order, startOf(month.from))))
  const simCardsPerMonth = held > 0 ? simPrices.perMonthFromFirstCard : 0
  const cardsOrdered = sum(
    cardOrders.filter(({createdAt}) => Date.parse(createdAt) >= startOf(month.from)).map(cardsOf),
  )
  const cardsOrderedPrice = cardsOrdered * simPrices.perCardOnce
  return {
    planPrice,
    simCardsPerMonth,
    cardsOrdered,
    cardsOrderedPrice,
    total: planPrice + simCardsPerMonth + cardsOrderedPrice,
  }
}

/** Those that went back to stock among them; of an order that was cancelled those that had come by then. */
function cardsOf({state, quantity, stock, iccids, returnedToStock = []}: OrderRecord): number {
  return (state === 'cancelled' ? stock.length + iccids.length : quantity) + returnedToStock.length
}

function returnedBefore({returnedToStock = []}: OrderRecord, time: number): number {
  return returnedToStock.filter(({at}) => Date.parse(at) < time).length
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
