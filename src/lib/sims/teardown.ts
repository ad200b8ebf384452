import {TwilioRefusal} from '../twilio/errors.js'
import {deactivateSim} from './activate.js'
import {isFresh, isOn, isSettling, type Sim} from '../sim-carrier.js'
import {acquireOrderLease} from './change-order.js'
import type {SimContext} from './context.js'
import {isOutstanding, type OrderRecord} from './order.js'
import {moveToStock} from './release.js'
import {withStockLock, type StockLease} from './stock.js'

/** What there is of SIMs when an add-on ends. */
export interface TeardownPlan {
  /** Cards that were never activated: they go back to the main account's stock. */
  readonly fresh: readonly Sim[]
  /** They are deactivated, and lost with the subaccount like all others. */
  readonly connected: readonly Sim[]
  readonly others: readonly Sim[]
  /** Cancelled. */
  readonly outstanding: readonly OrderRecord[]
}

export async function planTeardown({
  sims,
  orders,
  appSpace,
}: Pick<SimContext, 'sims' | 'orders' | 'appSpace'>): Promise<TeardownPlan> {
  const [held, profiles, entries] = await Promise.all([
    sims.listSims().catch(noneIfRefused),
    sims.listProfiles().catch(noneIfRefused),
    orders.list(appSpace),
  ])
  const ofProfiles = new Set(profiles.map(({sim}) => sim))
  const isCard = (sim: Sim) => isFresh(sim) && !ofProfiles.has(sim.sid)
  const isConnected = (sim: Sim) => isOn(sim) || isSettling(sim)
  return {
    fresh: held.filter(isCard),
    connected: held.filter(isConnected),
    others: held.filter((sim) => !isCard(sim) && !isConnected(sim)),
    outstanding: entries.map(({record}) => record).filter(isOutstanding),
  }
}

/** In sentences, for who is about to end it; none where there are no SIMs. */
export function teardownInWords({fresh, connected, others, outstanding}: TeardownPlan): string[] {
  const cards = (sims: readonly Sim[]) => `${sims.length} SIM${sims.length === 1 ? '' : 's'}`
  return [
    fresh.length > 0 &&
      `${cards(fresh)} that ${fresh.length === 1 ? 'was' : 'were'} never activated go back to the main account's stock.`,
    connected.length > 0 &&
      `${cards(connected)} in use ${connected.length === 1 ? 'is' : 'are'} deactivated and closed with the subaccount.`,
    others.length > 0 &&
      `${cards(others)} that ${others.length === 1 ? 'is' : 'are'} not in use ${others.length === 1 ? 'is' : 'are'} closed with the subaccount.`,
    outstanding.length > 0 && `Orders that wait are cancelled: ${outstanding.map(({order}) => order).join(', ')}.`,
  ].filter((sentence) => sentence !== false)
}

export interface SimTeardown {
  readonly toStock: readonly string[]
  readonly deactivated: readonly string[]
  readonly cancelledOrders: readonly string[]
}

/** Empties a subaccount of its SIMs, as far as Twilio lets them go. Every step looks first, so that it can be repeated. */
export async function tearDownSims(context: SimContext, keepClaim: () => Promise<void>): Promise<SimTeardown> {
  const {fresh, connected, outstanding} = await planTeardown(context)
  const toStock: string[] = []
  if (fresh.length > 0) {
    await withStockLock(context, async (lock) => {
      for (const sim of fresh) {
        await keepClaim()
        context.progress(`moving ${sim.name ?? sim.sid} to the main account's stock`)
        if (await wentToStock(context, lock, sim)) toStock.push(sim.sid)
      }
    })
  }
  for (const sim of connected) {
    await keepClaim()
    await deactivateSim(context, sim, {wait: true})
  }
  for (const {order} of outstanding) {
    const lease = await acquireOrderLease(context, order)
    await lease.release({state: 'cancelled'})
  }
  for (const {record} of await context.orders.list(context.appSpace)) {
    if (record.state !== 'complete') continue
    await (await acquireOrderLease(context, record.order)).remove()
  }
  return {
    toStock,
    deactivated: connected.map(({sid}) => sid),
    cancelledOrders: outstanding.map(({order}) => order),
  }
}

/** Twilio says in one place that such SIMs go back and in another that they do not: a refusal must not keep an add-on for ever. */
async function wentToStock(context: SimContext, lock: StockLease, sim: Sim): Promise<boolean> {
  try {
    await moveToStock(context, lock, sim)
    return true
  } catch (error) {
    if (!(error instanceof TwilioRefusal) || error.outcome !== 'refused') throw error
    context.warn(
      `${sim.sid} (ICCID ${sim.iccid}) could not go back to stock and is closed with the subaccount: ${error.message}`,
    )
    return false
  }
}

/** Where Twilio serves no SIMs to the account, there are none. */
function noneIfRefused(error: unknown): never[] {
  if (error instanceof TwilioRefusal && error.outcome === 'refused') return []
  throw error
}
