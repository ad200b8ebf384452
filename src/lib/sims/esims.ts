import {acquireAddonLease} from '../addon/lease.js'
import type {AddonRecord} from '../addon/record.js'
import {ensureMoved, ensureOwner, ensureProfileOrdered} from '../carrier/ensure.js'
import {type ESimProfile, isSettled} from '../carrier/port.js'
import {Failure} from '../errors.js'
import {longestWait, watch} from '../poll.js'
import {guardOf, type Lease} from '../registry/lease.js'
import {restartIfLeaseLost, withLease} from '../registry/operation.js'
import {numberOf} from '../text.js'
import type {SimContext} from './context.js'
import type {OrderRecord} from './order.js'
import {type StockLease, withStockLock} from './stock.js'

/** How long eSIM profiles are waited for; carriers say minutes at most. */
const timeoutMs = 600_000

/**
 * Orders the eSIM profiles that the order still lacks, one by one. An order leaves no mark on a profile, so nobody else may
 * order for the app-space meanwhile (in a shared account nobody for any app-space): a profile that no order knows then was ordered
 * by a request of ours whose answer was lost.
 */
export async function orderProfiles(context: SimContext, order: Lease<OrderRecord>): Promise<void> {
  const {appSpace, warn} = context
  if (lacking(order.record) === 0) return
  const attempt = async () => {
    const addon = await acquireAddonLease(context, appSpace)
    const work = async (lock?: StockLease) => orderUnderLease(context, {order, addon, lock})
    await withLease(addon, async () => (context.sims.isShared ? withStockLock(context, work) : work()), warn)
  }
  await restartIfLeaseLost(attempt, {key: appSpace})
}

async function orderUnderLease(
  context: SimContext,
  {
    order,
    addon,
    lock,
  }: {
    readonly order: Lease<OrderRecord>
    readonly addon: Lease<AddonRecord>
    readonly lock: StockLease | undefined
  },
): Promise<void> {
  await order.renew()
  const recorded = await recordedProfiles(context)
  const listed = await context.sims.listProfiles()
  if (order.record.foreignProfiles === undefined)
    await order.save({foreignProfiles: sidsOf(listed).filter((sid) => !recorded.has(sid))})
  const isOurs = (profile: ESimProfile) => !recorded.has(profile.sid) && mayBeOf(order.record, profile)
  for (const {sid} of listed.filter(isOurs).slice(0, lacking(order.record))) await addProfile(order, sid)
  const eids = eidsLeft(order.record, listed)
  while (lacking(order.record) > 0) {
    const {quantity, profiles} = order.record
    const guard = guardOf(addon, order, ...(lock ? [lock] : []))
    const {sid} = await context.progress(`ordering eSIM profile ${profiles.length + 1} of ${quantity}`, () =>
      ensureProfileOrdered(context.sims, eids.shift(), {isOurs, guard}),
    )
    await addProfile(order, sid)
  }
}

/** SIDs that any order of the app-space (in a shared account: of any) has written down, this one included. */
async function recordedProfiles({orders, appSpace, sims}: SimContext): Promise<ReadonlySet<string>> {
  return new Set((await orders.list(sims.isShared ? undefined : appSpace)).flatMap(({record}) => record.profiles))
}

/** Whether a profile that no other order knows can be this order's: it is for one of its devices, and was not there before. */
export function mayBeOf(
  {eids, profiles, foreignProfiles = []}: Pick<OrderRecord, 'eids' | 'profiles' | 'foreignProfiles'>,
  {sid, eid}: Pick<ESimProfile, 'sid' | 'eid'>,
): boolean {
  if (profiles.includes(sid) || foreignProfiles.includes(sid)) return false
  return eid === undefined ? eids.length === 0 : eids.includes(eid)
}

async function addProfile(order: Lease<OrderRecord>, sid: string): Promise<void> {
  await order.saveAcquired({profiles: [...order.record.profiles, sid]})
}

function lacking({quantity, profiles}: OrderRecord): number {
  return quantity - profiles.length
}

/** The devices for which no profile was ordered yet. */
export function eidsLeft(
  {eids, profiles}: Pick<OrderRecord, 'eids' | 'profiles'>,
  listed: readonly Pick<ESimProfile, 'sid' | 'eid'>[],
): string[] {
  const done = listed.filter(({sid}) => profiles.includes(sid)).map(({eid}) => eid)
  return eids.filter((eid) => !done.includes(eid))
}

/** The order's eSIM profiles as they are now. */
export async function listProfilesOf({sims}: SimContext, {profiles}: OrderRecord): Promise<ESimProfile[]> {
  return (await sims.listProfiles()).filter(({sid}) => profiles.includes(sid))
}

/** The order's eSIM profiles once each is there or has failed, or as they are after ten minutes. */
export async function followProfiles(context: SimContext, order: Lease<OrderRecord>): Promise<ESimProfile[]> {
  const list = () => listProfilesOf(context, order.record)
  const missing = (profiles: readonly ESimProfile[]) => order.record.profiles.length - profiles.filter(isSettled).length
  const first = await list()
  const number = missing(first)
  const {transport} = context.main
  return watch(transport, first, {
    refresh: list,
    isFinal: (profiles) => missing(profiles) === 0,
    timeoutMs: longestWait(transport, timeoutMs),
    onWait: () => order.renew(),
    what: `for ${numberOf(number, 'eSIM profile')} to become available`,
  })
}

/** In a shared account the SIM of a profile has no owner until it is moved to the app-space's fleet. */
export async function adoptProfileSims(context: SimContext, profiles: readonly ESimProfile[]): Promise<void> {
  const {sims, stock, service, appSpace, progress, warn} = context
  const arrived = profiles.flatMap(({sim}) => sim ?? [])
  if (!sims.isShared || arrived.length === 0) return
  const held = new Set((await sims.listSims()).map(({sid}) => sid))
  const missing = arrived.filter((sid) => !held.has(sid))
  if (missing.length > 0) await ensureOwner(sims, service.country)
  for (const sid of missing) {
    try {
      await progress(`moving the SIM ${sid} to ${appSpace}`, async () =>
        ensureMoved(await stock.fetchSim(sid), {stock, to: sims}),
      )
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'SIM_NOT_FOUND') throw error
      warn(`${sid}, which came with an eSIM profile of ${appSpace}, is in another fleet and is left there.`)
    }
  }
}

function sidsOf(profiles: readonly ESimProfile[]): string[] {
  return profiles.map(({sid}) => sid)
}
