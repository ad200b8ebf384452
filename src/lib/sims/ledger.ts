import {type PlanName, planNames, plans} from '../addon/plans.js'
import type {AddonRecord, Reservation} from '../addon/record.js'
import type {ESimProfile, Sim} from '../carrier/port.js'
import {ourCommand} from '../command-line.js'
import {Failure} from '../errors.js'
import {compareText} from '../text.js'
import {isOutstanding, type OrderRecord} from './order.js'

/** What an account has, as its carrier says. */
export interface Holdings {
  readonly sims: readonly Sim[]
  readonly profiles: readonly ESimProfile[]
}

/** SIMs against a plan's limit. */
export interface Allocation {
  readonly held: number
  readonly onOrder: number
}

/**
 * Counts each SIM once. A SIM that an order is for counts as on order until the account holds it; for that, its identity is
 * in the order before it can arrive. Nothing is missed and nothing is counted twice if the reservations are read first, then the
 * account's SIMs, then its profiles and the orders, and if the result is used only while the reservations are unchanged.
 */
export function allocate(
  {sims, profiles}: Holdings,
  reservations: readonly Reservation[],
  orders: readonly OrderRecord[],
): Allocation {
  const holdings = {sims, profiles}
  const byId = new Map(orders.map((record) => [record.order, record]))
  const reserved = reservations.map(({order, quantity}) => {
    const record = byId.get(order)
    return record ? outstanding(record, holdings, orders) : quantity
  })
  return {held: sims.length, onOrder: sum(reserved) + unassignedProfiles(holdings, orders)}
}

/**
 * eSIM profiles on the way that belong to no order (ordered by hand, or for an order that was cancelled since), without those
 * that an open order is just about to write down.
 */
function unassignedProfiles({sims, profiles}: Holdings, orders: readonly OrderRecord[]): number {
  const notCancelled = orders.filter(({state}) => state !== 'cancelled')
  const known = new Set(notCancelled.flatMap((record) => record.profiles))
  const foreign = new Set(orders.flatMap((record) => record.foreignProfiles ?? []))
  // Its SIM may have come since the SIMs were read.
  const held = new Set(sims.map(({sid}) => sid))
  const isPending = ({status, sim}: ESimProfile) => status !== 'failed' && (sim === undefined || !held.has(sim))
  const pending = profiles.filter((profile) => isPending(profile) && !known.has(profile.sid))
  const open = notCancelled.filter(({kind, state}) => kind === 'esim' && state === 'open')
  const unwritten = sum(open.map(({quantity, profiles: ordered}) => quantity - ordered.length))
  const ours = Math.min(unwritten, pending.filter(({sid}) => !foreign.has(sid)).length)
  return pending.length - ours
}

/** How many of an order's SIMs the account does not hold yet. */
export function outstanding(record: OrderRecord, holdings: Holdings, orders: readonly OrderRecord[]): number {
  if (!isOutstanding(record)) return 0
  const failed = holdings.profiles.filter(({sid, status}) => status === 'failed' && record.profiles.includes(sid))
  const others = orders.filter(({order}) => order !== record.order)
  const arrived = [...orderOfEach(holdings, [...others, record])].filter(([, order]) => order === record.order)
  return Math.max(0, record.quantity - failed.length - arrived.length)
}

/** SIMs on order by the registry alone: those that an order has written down count as held. */
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

/**
 * The order that each SIM came with, by the SIM's SID. A SIM that several orders name (a card that an interrupted order had
 * chosen, and another one then got) belongs to the one that is complete, else to the latest.
 */
export function orderOfEach({sims, profiles}: Holdings, orders: readonly OrderRecord[]): Map<string, string> {
  const rank = ({state}: OrderRecord) => (state === 'complete' ? 0 : state === 'cancelled' ? 2 : 1)
  const byPriority = orders.toSorted((a, b) => rank(a) - rank(b) || compareText(b.createdAt, a.createdAt))
  const profileOf = new Map(profiles.map(({sid, sim}) => [sim, sid]))
  const found = sims.flatMap(({sid, iccid}): [string, string][] => {
    const profile = profileOf.get(sid) ?? ''
    const order = byPriority.find(
      (each) => each.stock.includes(sid) || each.iccids.includes(iccid) || each.profiles.includes(profile),
    )
    return order ? [[sid, order.order]] : []
  })
  return new Map(found)
}

/** Reservations that something still needs; one without its order's item belongs to a run that is just writing it. */
export function neededReservations(
  holdings: Holdings,
  reservations: readonly Reservation[],
  orders: readonly OrderRecord[],
): Reservation[] {
  return reservations.filter(({order}) => {
    const record = orders.find((each) => each.order === order)
    return record === undefined || record.state === 'open' || outstanding(record, holdings, orders) > 0
  })
}

/** @throws {Failure} `plan`, with the numbers and the plan that allows as many. */
export function requireRoom(
  {plan, appSpace}: Pick<AddonRecord, 'plan' | 'appSpace'>,
  {held, onOrder}: Allocation,
  requested: number,
): void {
  const limit = plans[plan].simLimit
  if (held + onOrder + requested <= limit) return
  const left = Math.max(0, limit - held - onOrder)
  const larger = planNames.find((name) => plans[name].simLimit >= held + onOrder + requested)
  throw new Failure({
    code: 'SIM_LIMIT_EXCEEDED',
    message: `twilio:${plan} allows ${limit} SIMs: ${held} held and ${onOrder} on order leave ${left}, but ${requested} were requested.`,
    suggestions: [
      ...(left > 0 ? [`Order ${left} or fewer.`] : []),
      larger === undefined
        ? 'No plan allows that many; a second app-space has a limit of its own.'
        : `twilio:${larger} allows ${plans[larger].simLimit}: ${ourCommand(`addons:upgrade twilio:${larger} -a ${appSpace}`)}`,
      ...(onOrder > 0
        ? [`To find an order that is no longer needed: ${ourCommand(`twilio:sims:orders -a ${appSpace}`)}`]
        : []),
    ],
  })
}

/** @throws {Failure} `plan` when there are more SIMs than a plan allows. */
export function requireFits(plan: PlanName, {held, onOrder}: Allocation): void {
  const {simLimit} = plans[plan]
  if (held + onOrder <= simLimit) return
  throw new Failure({
    code: 'SIM_LIMIT_EXCEEDED',
    message: `twilio:${plan} allows ${simLimit} SIMs, but there are ${held} held and ${onOrder} on order: ${held + onOrder - simLimit} too many.`,
    suggestions: [
      `Return cards that were never activated to stock (${ourCommand('twilio:sims:release SIM -a APP-SPACE')}), or cancel orders (${ourCommand('twilio:sims:orders:update ORDER --state cancelled')}).`,
    ],
  })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
