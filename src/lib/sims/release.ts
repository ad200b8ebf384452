import {makeOnce} from '../addon/once.js'
import {refused, temporary} from '../errors.js'
import {isMissing} from '../twilio/errors.js'
import {isFresh, type Sim} from './carrier.js'
import {withOrder} from './change-order.js'
import {isOutstanding, type OrderRecord} from './order.js'
import type {SimMeans} from './means.js'

/**
 * Gives a card that was never activated back to the main account's stock.
 * @throws {Failure} `refused` for a SIM that was activated once: Twilio moves those no more.
 */
export async function releaseSim(means: SimMeans, sim: Sim): Promise<void> {
  if (!isFresh(sim)) {
    throw refused(
      'SIM_WAS_ACTIVATED',
      `${sim.sid} is ${sim.status}: only a card that was never activated can go back to stock.`,
      `To keep it from connecting: aka twilio:sims:deactivate ${sim.sid} -a ${means.appSpace}`,
    )
  }
  await forget(means, sim)
  means.progress(`moving ${sim.name ?? sim.sid} to the main account's stock`)
  await moveToStock(means, sim)
}

/** Moves it and sees it there. */
export async function moveToStock({stock, main}: SimMeans, {sid}: Sim): Promise<void> {
  const look = async () =>
    (await stock.listSims({neverActivated: true})).some((each) => each.sid === sid) ? true : undefined
  if (await look()) return
  const make = async () => {
    await stock.move(sid, main.sid)
    return true
  }
  try {
    await makeOnce({make, look}, main.transport)
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

/** An order that still waits for other cards must not wait for this one again; in one that does not, it is noted down. */
async function forget(means: SimMeans, {sid, iccid}: Sim): Promise<void> {
  const orders = await means.orders.list(means.appSpace)
  const hasIt = ({stock, iccids, givenBack = []}: OrderRecord) =>
    (stock.includes(sid) || iccids.includes(iccid)) && !givenBack.some(({sim}) => sim === sid)
  for (const {record} of orders.filter(({record: each}) => hasIt(each))) {
    await withOrder(means, record.order, (now) => {
      if (!hasIt(now)) return {}
      if (!isOutstanding(now)) return {givenBack: [...(now.givenBack ?? []), {sim: sid, at: new Date().toISOString()}]}
      return {
        quantity: now.quantity - 1,
        stock: now.stock.filter((each) => each !== sid),
        iccids: now.iccids.filter((each) => each !== iccid),
      }
    })
  }
}
