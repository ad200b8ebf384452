import {type PlanName, plans, simPrices} from '../addon/plans.js'
import type {AddonRecord} from '../addon/record.js'
import {addDays, type Day, type Period, startOf} from '../days.js'
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

/** What of an add-on is charged for. */
export type Charged = Pick<AddonRecord, 'plan' | 'earlierPlans' | 'createdAt'> & {
  readonly state?: AddonRecord['state']
  readonly destroyedAt?: string
}

/** An order of SIM cards, as far as it is charged for. */
export interface CardOrder {
  readonly createdAt: string
  readonly cards: number
  /** When cards went back to stock, one by one. */
  readonly returnedAt: readonly string[]
}

/** Days of a month with one plan, and what they cost, in US dollars. */
export interface PlanDays {
  readonly plan: PlanName
  readonly from: Day
  readonly to: Day
  readonly days: number
  readonly price: number
}

/**
 * Calculated from the registry alone: plans by the day, from the month in which the add-on was made to the one in which it was destroyed,
 * both of them whole; SIM cards from the month of the order that they came with, until they were given back. Months are Twilio's, in UTC.
 */
export function chargesFor(record: Charged, orders: readonly CardOrder[], month: Period): Charges {
  const next = startOf(addDays(month.to, 1))
  const planPrice = inCents(sum(planDays(record, month).map(({price}) => Math.round(price * 100))))
  const isOver = isDestroyedBefore(record, month)
  const known = isOver ? [] : orders.filter(({createdAt}) => Date.parse(createdAt) < next)
  const held = sum(known.map(({cards, returnedAt}) => cards - before(returnedAt, startOf(month.from))))
  const simCardsPerMonth = held > 0 ? simPrices.perMonthFromFirstCard : 0
  const cardsOrdered = sum(
    known.filter(({createdAt}) => Date.parse(createdAt) >= startOf(month.from)).map(({cards}) => cards),
  )
  const cardsOrderedPrice = cardsOrdered * simPrices.perCardOnce
  return {
    planPrice,
    simCardsPerMonth,
    cardsOrdered,
    cardsOrderedPrice,
    total: inCents(Math.round((planPrice + simCardsPerMonth + cardsOrderedPrice) * 100)),
  }
}

/**
 * A day has the plan with which it ends. Prices are rounded to cents so that together they are what the month costs, rounded once.
 */
export function planDays(record: Charged, month: Period): PlanDays[] {
  const isThere =
    record.state !== 'provisioning' &&
    Date.parse(record.createdAt) < startOf(addDays(month.to, 1)) &&
    !isDestroyedBefore(record, month)
  if (!isThere) return []
  const parts: {plan: PlanName; from: Day; to: Day; days: number}[] = []
  for (let day = month.from; day <= month.to; day = addDays(day, 1)) {
    const plan = planAtEndOf(record, day)
    const last = parts.at(-1)
    if (last?.plan === plan) Object.assign(last, {to: day, days: last.days + 1})
    else parts.push({plan, from: day, to: day, days: 1})
  }
  const daysInMonth = sum(parts.map(({days}) => days))
  let [exact, charged] = [0, 0]
  return parts.map((part) => {
    exact += (plans[part.plan].pricePerMonth * 100 * part.days) / daysInMonth
    const cents = Math.round(exact) - charged
    charged += cents
    return {...part, price: inCents(cents)}
  })
}

function planAtEndOf({plan, earlierPlans = []}: Charged, day: Day): PlanName {
  const end = startOf(addDays(day, 1))
  return earlierPlans.find(({until}) => Date.parse(until) >= end)?.plan ?? plan
}

function isDestroyedBefore({destroyedAt}: Charged, month: Period): boolean {
  return destroyedAt !== undefined && Date.parse(destroyedAt) < startOf(month.from)
}

/** eSIM profiles are no cards. */
export function cardOrders(orders: readonly OrderRecord[]): CardOrder[] {
  return orders
    .filter(({kind}) => kind === 'card')
    .map((order) => ({
      createdAt: order.createdAt,
      cards: cardsOf(order),
      returnedAt: (order.returnedToStock ?? []).map(({at}) => at),
    }))
}

/** Those that went back to stock among them; of an order that was cancelled those that had come by then. */
function cardsOf({state, quantity, stock, iccids, returnedToStock = []}: OrderRecord): number {
  return (state === 'cancelled' ? stock.length + iccids.length : quantity) + returnedToStock.length
}

function before(times: readonly string[], time: number): number {
  return times.filter((at) => Date.parse(at) < time).length
}

function inCents(cents: number): number {
  return cents / 100
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
