import {requireReady} from '../addon/info.js'
import {requireSameHost} from '../lifecycle/create/request.js'
import type {AddonRecord, Reservation} from '../addon/record.js'
import {notFound, temporary} from '../errors.js'
import {waitUntilReleased, type Lease} from '../registry/lease.js'
import {LeaseLost} from '../registry/items.js'
import {outstanding, requireRoom, standing, allocate, type Holdings, type Allocation} from './ledger.js'
import type {SimContext} from './context.js'
import type {OrderRecord} from './order.js'

/** How often a decision is made anew because somebody else changed the app-space meanwhile. */
const attempts = 100

/** What a decision about SIMs is made on. */
export interface Ledger {
  readonly record: AddonRecord
  readonly holdings: Holdings
  readonly orders: readonly OrderRecord[]
  readonly allocation: Allocation
}

/** Reads in the order that `tally` asks for. @throws {Failure} as `untilFree` */
export async function readLedger(context: SimContext): Promise<Ledger> {
  const {ledger} = await read(context)
  return ledger
}

/**
 * Changes what is reserved for an app-space: `decide` sees the ledger and gives the reservations as they are to be, or throws.
 * It counts only if nobody changed the app-space since the ledger was read, else it is asked again: so two machines can never
 * pass the limit together.
 */
export async function changeReservations(
  context: SimContext,
  decide: (ledger: Ledger, standing: readonly Reservation[]) => readonly Reservation[],
): Promise<Ledger> {
  const {registry} = context
  for (let attempt = 1; ; attempt++) {
    const {ledger, entry} = await read(context)
    const {record, holdings, orders} = ledger
    const reservations = decide(ledger, standing(holdings, record.reservations, orders))
    if (JSON.stringify(reservations) === JSON.stringify(record.reservations)) return ledger
    const {lease: ended, ...rest} = record
    try {
      await registry.update(entry, {...rest, reservations})
      return ledger
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
      if (attempt === attempts)
        throw temporary('APP_SPACE_BUSY', `Others kept changing the orders of ${context.appSpace} at the same time.`)
      await context.main.transport.sleep(Math.random() * 50 * Math.min(attempt, 20))
    }
  }
}

/**
 * Makes room for what an order still lacks, unless it has its room already; and the claim on it still holds then.
 * @throws {Failure} `plan` when there is none.
 */
export async function reserveRoom(context: SimContext, lease: Lease<OrderRecord>): Promise<void> {
  const {order, quantity} = lease.record
  await changeReservations(context, ({record, allocation: now, holdings, orders}, standing) => {
    const asked = outstanding(lease.record, holdings, orders)
    if (asked === 0 || standing.some((each) => each.order === order)) return standing
    requireRoom(record, now, asked)
    return [...standing, {order, quantity}]
  })
  await lease.renew()
}

async function read(context: SimContext) {
  const {registry, appSpace, akkeris, waiting} = context
  const precondition = (record: AddonRecord) => requireSameHost(record, akkeris.host, registry.name)
  const entry = await waitUntilReleased(registry, appSpace, {...waiting, precondition})
  if (!entry) throw notFound('ADDON_NOT_FOUND', `${appSpace} has no Twilio add-on any more.`)
  const {record} = entry
  requireReady(record)
  return {entry, ledger: await ledgerOf(context, record)}
}

/** For who changes nothing: what there is beside a record that was just read, in the order that `tally` asks for. */
export async function ledgerOf(
  {sims: carrier, orders: book}: Pick<SimContext, 'sims' | 'orders'>,
  record: AddonRecord,
): Promise<Ledger> {
  const sims = await carrier.listSims()
  const [profiles, entries] = await Promise.all([carrier.listProfiles(), book.list(record.appSpace)])
  const holdings = {sims, profiles}
  const orders = entries.map(({record: order}) => order)
  return {record, holdings, orders, allocation: allocate(holdings, record.reservations, orders)}
}
