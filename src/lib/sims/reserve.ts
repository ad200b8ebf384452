import {requireSameHost} from '../addon/host.js'
import {noAddon, requireReady} from '../addon/info.js'
import type {AddonRecord, Reservation} from '../addon/record.js'
import {temporary} from '../errors.js'
import {waitUntilReleased} from '../registry/acquire-lease.js'
import {LeaseLost} from '../registry/items.js'
import type {Lease} from '../registry/lease.js'
import {requireSameCarrier, type SimContext} from './context.js'
import {allocate, type Allocation, type Holdings, neededReservations, outstanding, requireRoom} from './ledger.js'
import type {OrderRecord} from './order.js'

/** How often a decision is made again because another run changed the app-space meanwhile. */
const attempts = 100

/** What a decision about SIMs is made on. */
export interface Ledger {
  readonly record: AddonRecord
  readonly holdings: Holdings
  readonly orders: readonly OrderRecord[]
  readonly allocation: Allocation
}

/** Once no other run works on the app-space. @throws {Failure} as `waitUntilReleased`; `notFound`, `conflict` */
export async function readLedger(context: SimContext): Promise<Ledger> {
  const {ledger} = await read(context)
  return ledger
}

/**
 * Changes what is reserved for an app-space: `decide` sees the ledger and returns the reservations as they should be, or throws.
 * What it decides is written only if nobody changed the app-space since the ledger was read, else it decides again: two
 * machines can never exceed the limit together. The first reservation says whom the SIMs of the app-space are with from now on.
 */
export async function changeReservations(
  context: SimContext,
  decide: (ledger: Ledger, needed: readonly Reservation[]) => readonly Reservation[],
): Promise<Ledger> {
  const {registry, service} = context
  for (let attempt = 1; ; attempt++) {
    const {ledger, entry} = await read(context)
    const {record, holdings, orders} = ledger
    const reservations = decide(ledger, neededReservations(holdings, record.reservations, orders))
    if (JSON.stringify(reservations) === JSON.stringify(record.reservations)) return ledger
    const {lease: expired, ...rest} = record
    try {
      await registry.update(entry, {...rest, reservations, simCarrier: service.name})
      return ledger
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
      if (attempt === attempts)
        throw temporary(
          'APP_SPACE_BUSY',
          `Other runs kept changing the orders of ${context.appSpace} at the same time.`,
        )
      await context.main.transport.sleep(Math.random() * 50 * Math.min(attempt, 20))
    }
  }
}

/**
 * Reserves what an order still lacks, unless it has its reservation already. The lease on the order is valid then.
 * @throws {Failure} `plan` when the limit does not allow it.
 */
export async function reserveRoom(context: SimContext, lease: Lease<OrderRecord>): Promise<void> {
  const {order, quantity, carrier = 'twilio'} = lease.record
  requireSameCarrier(context.service, context, carrier)
  await changeReservations(context, ({record, allocation, holdings, orders}, needed) => {
    // Another run may have completed it since.
    const current = orders.find((each) => each.order === order) ?? lease.record
    const requested = outstanding(current, holdings, orders)
    if (requested === 0 || needed.some((each) => each.order === order)) return needed
    requireRoom(record, allocation, requested)
    return [...needed, {order, quantity}]
  })
  await lease.renew()
}

/** Ends an order's reservation. */
export async function cancelReservation(context: SimContext, order: string): Promise<void> {
  await changeReservations(context, (_, needed) => needed.filter((each) => each.order !== order))
}

/** Ends the reservations of orders that no longer need any. */
export async function dropStaleReservations(context: SimContext): Promise<void> {
  await changeReservations(context, (_, needed) => needed)
}

async function read(context: SimContext) {
  const {registry, appSpace, akkeris, waiting} = context
  const precondition = (record: AddonRecord) => requireSameHost(record, {registry, akkeris})
  const entry = await waitUntilReleased(registry, appSpace, {...waiting, precondition})
  if (!entry) throw await noAddon(context, appSpace)
  const {record} = entry
  requireReady(record)
  requireSameCarrier(context.service, record, record.simCarrier)
  return {entry, ledger: await ledgerOf(context, record)}
}

/** For what changes nothing: the ledger around a record that was just read, in the order that `allocate` needs. */
export async function ledgerOf(
  {sims: carrier, orders: book}: Pick<SimContext, 'sims' | 'orders'>,
  record: AddonRecord,
): Promise<Ledger> {
  const sims = await carrier.listSims()
  const [listed, entries] = await Promise.all([carrier.listProfiles(), book.list(record.appSpace)])
  const orders = entries.map(({record: order}) => order)
  const own = new Set(orders.flatMap((order) => order.profiles))
  // In a shared account the profiles are everybody's: an order that has not written its own down yet is counted as a whole.
  const profiles = carrier.isShared ? listed.filter(({sid}) => own.has(sid)) : listed
  const holdings = {sims, profiles}
  return {record, holdings, orders, allocation: allocate(holdings, record.reservations, orders)}
}
