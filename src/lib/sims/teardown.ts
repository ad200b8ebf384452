import {isActive, isChanging, isNeverActivated, type Sim, type SimCarrier} from '../carrier/port.js'
import {type CarrierName, carriers} from '../carrier/service.js'
import {deactivateSim} from './activate.js'
import type {SimContext} from './context.js'
import {isOutstanding, type OrderRecord} from './order.js'
import {acquireOrder} from './order-lease.js'
import {returnToStock, type StockLease, withStockLock} from './stock.js'

/** The SIMs and orders of an add-on that is to be destroyed. */
export interface TeardownPlan {
  /** Cards: they are returned to the main account's stock. */
  readonly neverActivated: readonly Sim[]
  /** They are deactivated, and closed with the subaccount (or left at the carrier) like all others. */
  readonly connected: readonly Sim[]
  readonly others: readonly Sim[]
  /** They are cancelled. */
  readonly outstanding: readonly OrderRecord[]
  readonly carrier: CarrierName
}

/** What becomes of a SIM that does not go to stock. */
function remainderOf({name}: {readonly name: CarrierName}): string {
  const {isInSubaccount, title} = carriers[name]
  return isInSubaccount ? 'is closed with the subaccount' : `stays in the account at ${title}`
}

export async function planTeardown({
  sims,
  orders,
  appSpace,
  service,
}: Pick<SimContext, 'sims' | 'orders' | 'appSpace' | 'service'>): Promise<TeardownPlan> {
  const [held, profiles, entries] = await Promise.all([
    sims.listSims().catch(noneIfRefused(sims)),
    sims.listProfiles().catch(noneIfRefused(sims)),
    orders.list(appSpace),
  ])
  const ofProfiles = new Set(profiles.map(({sim}) => sim))
  const isCard = (sim: Sim) => isNeverActivated(sim) && !ofProfiles.has(sim.sid)
  const isConnected = (sim: Sim) => isActive(sim) || isChanging(sim)
  return {
    neverActivated: held.filter(isCard),
    connected: held.filter(isConnected),
    others: held.filter((sim) => !isCard(sim) && !isConnected(sim)),
    outstanding: entries.map(({record}) => record).filter(isOutstanding),
    carrier: service.name,
  }
}

/** Where the carrier serves no SIMs to the account, there are none. */
function noneIfRefused(carrier: SimCarrier): (error: unknown) => never[] {
  return (error) => {
    if (carrier.refusalOf(error) !== undefined) return []
    throw error
  }
}

/** What became of the SIMs of an add-on that was destroyed. */
export interface SimTeardown {
  /** SIDs of cards that were returned to the main account's stock. */
  readonly toStock: readonly string[]
  /** SIDs. */
  readonly deactivated: readonly string[]
  readonly cancelledOrders: readonly string[]
}

/** Frees an add-on of its SIMs, as far as the carrier allows, and removes their orders. Every step can be repeated. */
export async function tearDownSims(context: SimContext, renewLease: () => Promise<void>): Promise<SimTeardown> {
  const {neverActivated, connected, outstanding} = await planTeardown(context)
  const toStock = await returnAllToStock(context, neverActivated, renewLease)
  for (const sim of connected) {
    await renewLease()
    await deactivateSim(context, sim, {wait: true})
  }
  await removeOrders(context, renewLease)
  return {
    toStock,
    deactivated: connected.map(({sid}) => sid),
    cancelledOrders: outstanding.map(({order}) => order),
  }
}

/** @returns the SIDs of those that went. */
async function returnAllToStock(
  context: SimContext,
  cards: readonly Sim[],
  renewLease: () => Promise<void>,
): Promise<string[]> {
  const returned: string[] = []
  if (cards.length === 0) return returned
  await withStockLock(context, async (lock) => {
    for (const card of cards) {
      await renewLease()
      if (await returnIfAllowed(context, lock, card)) returned.push(card.sid)
    }
  })
  return returned
}

/** The documents contradict each other about whether SIMs can be moved back: a refusal must not keep an add-on for ever. */
async function returnIfAllowed(context: SimContext, lock: StockLease, card: Sim): Promise<boolean> {
  try {
    await context.progress(`moving ${card.name ?? card.sid} to ${carriers[context.service.name].stock}`, () =>
      returnToStock(context, lock, card),
    )
    return true
  } catch (error) {
    if (!(error instanceof Error) || context.stock.refusalOf(error) === undefined) throw error
    context.warn(
      `${card.sid} (ICCID ${card.iccid}) could not be returned to stock and ${remainderOf(context.service)}: ${error.message}`,
    )
    return false
  }
}

/** A later add-on of the same app-space has nothing to do with them, and is not charged for them. */
async function removeOrders(context: SimContext, renewLease: () => Promise<void>): Promise<void> {
  for (const {record} of await context.orders.list(context.appSpace)) {
    await renewLease()
    const lease = await acquireOrder(context, record.order)
    await lease.remove()
  }
}
