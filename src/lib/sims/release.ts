import {isNeverActivated, type Sim} from '../carrier/port.js'
import {carriers} from '../carrier/service.js'
import {ourCommand} from '../command-line.js'
import {notFound, refused} from '../errors.js'
import type {SimContext} from './context.js'
import {isOutstanding, type OrderRecord} from './order.js'
import {updateOrder} from './order-lease.js'
import {dropStaleReservations} from './reserve.js'
import {returnToStock, withStockLock} from './stock.js'

/**
 * Returns a card that was never activated to stock; nothing to do where it is there already.
 * @throws {Failure} `refused` for a SIM that was activated once, which no carrier moves any more, and for an eSIM profile's.
 */
export async function releaseSim(context: SimContext, name: string): Promise<Sim> {
  const {sims, service, progress} = context
  const sim = (await sims.listSims()).find((each) => each.sid === name || each.name === name)
  if (!sim) return requireReturned(context, name)
  await requireCard(context, sim)
  await progress(`moving ${sim.name ?? sim.sid} to ${carriers[service.name].stock}`, () =>
    withStockLock(context, async (lock) => {
      await removeFromOrders(context, sim)
      await returnToStock(context, lock, sim)
    }),
  )
  await dropStaleReservations(context)
  return sim
}

/** Looks only once the app-space does not have it: another run may be just returning it. @throws {Failure} `notFound` */
async function requireReturned({stock, appSpace}: SimContext, name: string): Promise<Sim> {
  const returned = (await stock.listSims({neverActivated: true})).find(({sid}) => sid === name)
  if (returned) return returned
  throw notFound(
    'SIM_NOT_FOUND',
    `${appSpace} has no SIM ${name}.`,
    `SIMs: ${ourCommand(`twilio:sims -a ${appSpace}`)}`,
  )
}

/** @throws {Failure} `refused` for what is not a card that was never activated. */
async function requireCard({sims, appSpace}: SimContext, sim: Sim): Promise<void> {
  if (!isNeverActivated(sim)) {
    throw refused(
      'SIM_ALREADY_ACTIVATED',
      `${sim.sid} is ${sim.status}: only a card that was never activated can be returned to stock.`,
      `To keep it from connecting: ${ourCommand(`twilio:sims:deactivate ${sim.sid} -a ${appSpace}`)}`,
    )
  }
  if ((await sims.listProfiles()).some((profile) => profile.sim === sim.sid)) {
    throw refused(
      'SIM_IS_ESIM',
      `${sim.sid} belongs to an eSIM profile: there is no card to return to stock.`,
      `Its activation code: ${ourCommand(`twilio:sims:orders -a ${appSpace}`)}`,
    )
  }
}

async function removeFromOrders(context: SimContext, sim: Sim): Promise<void> {
  for (const {record} of await context.orders.list(context.appSpace)) {
    if (hasCard(record, sim)) await updateOrder(context, record.order, (now) => withoutCard(now, sim, new Date()))
  }
}

function hasCard({stock, iccids}: Pick<OrderRecord, 'stock' | 'iccids'>, {sid, iccid}: Sim): boolean {
  return stock.includes(sid) || iccids.includes(iccid)
}

/** An order that waits for other cards must not wait for this one again. It is charged until now. */
export function withoutCard(record: OrderRecord, sim: Sim, at: Date): Partial<OrderRecord> {
  if (!hasCard(record, sim)) return {}
  const quantity = record.quantity - 1
  const stock = record.stock.filter((sid) => sid !== sim.sid)
  const iccids = record.iccids.filter((iccid) => iccid !== sim.iccid)
  const returnedToStock = [...(record.returnedToStock ?? []), {sim: sim.sid, at: at.toISOString()}]
  const isDone = isOutstanding(record) && record.state !== 'open' && stock.length + iccids.length === quantity
  return {quantity, stock, iccids, returnedToStock, ...(isDone && {state: quantity === 0 ? 'cancelled' : 'complete'})}
}
