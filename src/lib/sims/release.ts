import {sendOnce} from '../transport/idempotent.js'
import {notFound, refused, temporary} from '../errors.js'
import {isMissing} from '../twilio/errors.js'
import {isFresh, type Sim} from '../sim-carrier.js'
import {withOrder} from './change-order.js'
import type {SimContext} from './context.js'
import {isOutstanding} from './order.js'
import {changeReservations} from './reserve.js'
import {withStockLock, type StockLease} from './stock.js'

/**
 * Gives a card that was never activated back to the main account's stock; nothing to do where it is there already.
 * @throws {Failure} `refused` for a SIM that was activated once, which Twilio moves no more, and for an eSIM profile's.
 */
export async function releaseSim(context: SimContext, name: string): Promise<Sim> {
  const {sims, stock, appSpace, progress} = context
  const [inStock, held] = await Promise.all([stock.listSims({neverActivated: true}), sims.listSims()])
  const sim = held.find(({sid, name: called}) => sid === name || called === name)
  const there = inStock.find(({sid}) => sid === name)
  if (!sim && there) return there
  if (!sim) throw notFound('SIM_NOT_FOUND', `${appSpace} has no SIM ${name}.`, `SIMs: aka twilio:sims -a ${appSpace}`)
  if (!isFresh(sim)) {
    throw refused(
      'SIM_WAS_ACTIVATED',
      `${sim.sid} is ${sim.status}: only a card that was never activated can go back to stock.`,
      `To keep it from connecting: aka twilio:sims:deactivate ${sim.sid} -a ${appSpace}`,
    )
  }
  if ((await sims.listProfiles()).some((profile) => profile.sim === sim.sid)) {
    throw refused(
      'SIM_IS_ESIM',
      `${sim.sid} belongs to an eSIM profile: there is no card to give back.`,
      `Its activation code: aka twilio:sims:orders -a ${appSpace}`,
    )
  }
  progress(`moving ${sim.name ?? sim.sid} to the main account's stock`)
  await withStockLock(context, async (lock) => {
    await forget(context, sim)
    await moveToStock(context, lock, sim)
  })
  await changeReservations(context, (_, standing) => standing)
  return sim
}

/** Moves it, if it is still the subaccount's, and sees it in stock. */
export async function moveToStock({stock, sims, main}: SimContext, lock: StockLease, {sid}: Sim): Promise<void> {
  const look = async () =>
    (await stock.listSims({neverActivated: true})).some((each) => each.sid === sid) ? true : undefined
  // The main account could move it out of another subaccount, too.
  if ((await look()) || !(await sims.listSims()).some((each) => each.sid === sid)) return
  const make = async () => {
    await lock.withTime(() => stock.move(sid, main.sid, {beforeEachTry: lock.requireTime}))
    return true
  }
  try {
    await sendOnce(main.transport, {send: make, find: look})
  } catch (error) {
    if (isMissing(error) && (await look())) return
    throw error
  }
  for (let time = 1; !(await look()); time++) {
    if (time > 4)
      throw temporary('SIM_NOT_MOVED', `${sid} is not in the main account's stock yet, so nothing more was done.`)
    await main.transport.pause(time)
  }
}

/** No order has it any more: one that waits for other cards must not wait for this one again. It was paid for until now. */
async function forget(context: SimContext, {sid, iccid}: Sim): Promise<void> {
  const hasIt = ({stock, iccids}: {stock: readonly string[]; iccids: readonly string[]}) =>
    stock.includes(sid) || iccids.includes(iccid)
  for (const {record} of await context.orders.list(context.appSpace)) {
    if (!hasIt(record)) continue
    await withOrder(context, record.order, (now) => {
      if (!hasIt(now)) return {}
      const quantity = now.quantity - 1
      const stock = now.stock.filter((each) => each !== sid)
      const iccids = now.iccids.filter((each) => each !== iccid)
      const givenBack = [...(now.givenBack ?? []), {sim: sid, at: new Date().toISOString()}]
      const isDone = isOutstanding(now) && now.state !== 'open' && stock.length + iccids.length === quantity
      return {quantity, stock, iccids, givenBack, ...(isDone && {state: quantity === 0 ? 'cancelled' : 'complete'})}
    })
  }
}
