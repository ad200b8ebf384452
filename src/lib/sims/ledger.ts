import {plans, planNames, type PlanName} from '../addon/plans.js'
import type {Reservation} from '../addon/record.js'
import {Failure} from '../errors.js'
import type {ESimProfile, Sim} from './carrier.js'
import {isOutstanding, type OrderRecord} from './order.js'

/** What an account has, as its carrier says. */
export interface Holdings {
  readonly sims: readonly Sim[]
  readonly profiles: readonly ESimProfile[]
}

/** SIMs against a plan's limit. */
export interface Tally {
  readonly held: number
  readonly onOrder: number
}

/**
 * Counts each SIM once. A SIM that an order is for counts as on order until the account holds it; for that, its identity is
 * in the order before it can arrive. Read in this order, nothing slips through and nothing counts twice: the reservations, the
 * account's SIMs, then its profiles and the orders; and act on it only while the reservations are still the same.
 */
export function tally(
  {sims, profiles}: Holdings,
  reservations: readonly Reservation[],
  orders: readonly OrderRecord[],
): Tally {
  const byId = new Map(orders.map((record) => [record.order, record]))
  const reserved = reservations.map(({order, quantity}) => {
    const record = byId.get(order)
    return record ? outstanding(record, {sims, profiles}) : quantity
  })
  return {held: sims.length, onOrder: sum(reserved) + strays(profiles, orders)}
}

/** eSIM profiles on the way that nobody ordered through here, as far as they are not what an order is just about to write down. */
function strays(profiles: readonly ESimProfile[], orders: readonly OrderRecord[]): number {
  const known = new Set(orders.flatMap((record) => record.profiles))
  const foreign = new Set(orders.flatMap((record) => record.foreignProfiles ?? []))
  const pending = profiles.filter(({sid, status, sim}) => status !== 'failed' && sim === undefined && !known.has(sid))
  const open = orders.filter(({kind, state}) => kind === 'esim' && state === 'open')
  const toCome = sum(open.map(({quantity, profiles: ordered}) => quantity - ordered.length))
  const ours = Math.min(toCome, pending.filter(({sid}) => !foreign.has(sid)).length)
  return pending.length - ours
}

/** How many of an order's SIMs the account does not hold yet. */
export function outstanding(record: OrderRecord, {sims, profiles}: Holdings): number {
  if (!isOutstanding(record)) return 0
  const failed = profiles.filter(({sid, status}) => status === 'failed' && record.profiles.includes(sid))
  return Math.max(0, record.quantity - failed.length - arrived(record, {sims, profiles}).length)
}

/** SIMs on order as far as the registry alone tells: those that were written down as got are taken for held. */
export function onOrderAsRecorded(reservations: readonly Reservation[], orders: readonly OrderRecord[]): number {
  const byId = new Map(orders.map((record) => [record.order, record]))
  return sum(
    reservations.map(({order, quantity}) => {
      const record = byId.get(order)
      if (!record) return quantity
      return isOutstanding(record) ? Math.max(0, record.quantity - record.stock.length - record.iccids.length) : 0
    }),
  )
}

/** The order's SIMs that the account holds. */
export function arrived({stock, iccids, profiles: ordered}: OrderRecord, {sims, profiles}: Holdings): Sim[] {
  const simsOfProfiles = profiles.filter(({sid}) => ordered.includes(sid)).map(({sim}) => sim)
  return sims.filter(({sid, iccid}) => stock.includes(sid) || iccids.includes(iccid) || simsOfProfiles.includes(sid))
}

/** Reservations that still stand for something; one without its order's item belongs to a run that is just writing it. */
export function standing(
  holdings: Holdings,
  reservations: readonly Reservation[],
  orders: readonly OrderRecord[],
): Reservation[] {
  return reservations.filter(({order}) => {
    const record = orders.find((each) => each.order === order)
    return record === undefined || record.state === 'open' || outstanding(record, holdings) > 0
  })
}

/** @throws {Failure} `plan`, with the numbers and the plan that would do. */
export function requireRoom(plan: PlanName, {held, onOrder}: Tally, asked: number): void {
  const limit = plans[plan].simLimit
  if (held + onOrder + asked <= limit) return
  const left = Math.max(0, limit - held - onOrder)
  const larger = planNames.find((name) => plans[name].simLimit >= held + onOrder + asked)
  throw new Failure({
    code: 'SIM_LIMIT_EXCEEDED',
    outcome: 'plan',
    message: `twilio:${plan} allows ${limit} SIMs: ${held} held and ${onOrder} on order leave ${left}, and ${asked} were asked for.`,
    suggestions: [
      ...(left > 0 ? [`Order ${left} or fewer.`] : []),
      larger === undefined
        ? 'No plan allows as many; a second app-space has a limit of its own.'
        : `twilio:${larger} would do (${plans[larger].simLimit} SIMs): aka addons:upgrade twilio twilio:${larger}`,
      'Orders that nobody needs any more: aka twilio:sims:orders:update ORDER --state cancelled',
    ],
  })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
