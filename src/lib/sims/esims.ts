import {sendOnce} from '../transport/idempotent.js'
import {requireSameHost} from '../lifecycle/create/request.js'
import type {AddonRecord} from '../addon/record.js'
import {requireReady} from '../addon/info.js'
import {Failure, notFound} from '../errors.js'
import {guardOf, Lease, waitUntilReleased} from '../registry/lease.js'
import {LeaseLost} from '../registry/items.js'
import type {ESimProfile} from '../sim-carrier.js'
import type {SimContext} from './context.js'
import type {OrderRecord} from './order.js'

/** How long eSIM profiles are waited for; Twilio says minutes at most. */
const timeoutMs = 600_000

/**
 * Orders the eSIM profiles that the order still lacks, one by one. A profile cannot be marked as ours when it is ordered, so
 * nobody else may order for the app-space meanwhile: what then is there that no order knows was ordered by a request of ours
 * whose answer was lost.
 */
export async function orderProfiles(context: SimContext, order: Lease<OrderRecord>): Promise<void> {
  if (order.record.profiles.length === order.record.quantity) return
  const addon = await holdAppSpace(context)
  try {
    await order.renew()
    const others = (await context.orders.list(context.appSpace)).flatMap(({record}) => record.profiles)
    const listed = await context.sims.listProfiles()
    if (order.record.foreignProfiles === undefined) {
      const foreign = listed.map(({sid}) => sid).filter((sid) => !others.includes(sid))
      await order.save({foreignProfiles: foreign})
    }
    const isOurs = ({sid, eid}: ESimProfile): boolean =>
      ![...others, ...order.record.profiles, ...(order.record.foreignProfiles ?? [])].includes(sid) &&
      (eid === undefined ? order.record.eids.length === 0 : order.record.eids.includes(eid))
    for (const {sid} of listed.filter(isOurs).slice(0, lacking(order.record))) await note(order, sid)

    const remaining = eidsLeft(order.record, listed)
    while (lacking(order.record) > 0) {
      const {quantity, profiles} = order.record
      context.progress(`ordering eSIM profile ${profiles.length + 1} of ${quantity}`)
      const eid = remaining.shift()
      const profile = await sendOnce(context.main.transport, {
        send: (sending) => context.sims.orderProfile(eid, sending),
        find: async () => (await context.sims.listProfiles()).find(isOurs),
        guard: guardOf(addon, order),
      })
      await note(order, profile.sid)
    }
  } catch (error) {
    throw await withoutTheRest(order, error)
  } finally {
    await addon.release().catch(() => undefined)
  }
}

async function note(order: Lease<OrderRecord>, sid: string): Promise<void> {
  await order.save({profiles: [...order.record.profiles, sid]})
}

function lacking({quantity, profiles}: OrderRecord): number {
  return quantity - profiles.length
}

function eidsLeft({eids, profiles}: OrderRecord, listed: readonly ESimProfile[]): string[] {
  const done = listed.filter(({sid}) => profiles.includes(sid)).map(({eid}) => eid)
  return eids.filter((eid) => !done.includes(eid))
}

/** After a definite refusal the order is for what was ordered until then: a profile cannot be given back. */
async function withoutTheRest(order: Lease<OrderRecord>, error: unknown): Promise<unknown> {
  const definite = error instanceof Failure && (error.outcome === 'refused' || error.outcome === 'credentials')
  const {quantity, profiles} = order.record
  if (!definite || profiles.length === 0) return error
  await order.release({quantity: profiles.length, state: 'ordered'})
  return error.withSuggestions(
    `${profiles.length} of ${quantity} eSIM profiles were ordered before that: order ${order.record.order} is for those.`,
  )
}

async function holdAppSpace({registry, appSpace, akkeris, waiting}: SimContext): Promise<Lease<AddonRecord>> {
  const precondition = (record: AddonRecord) => requireSameHost(record, akkeris.host, registry.name)
  for (;;) {
    const entry = await waitUntilReleased(registry, appSpace, {...waiting, precondition})
    if (!entry) throw notFound('ADDON_NOT_FOUND', `${appSpace} has no Twilio add-on any more.`)
    requireReady(entry.record)
    try {
      return await Lease.take(registry, entry)
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
    }
  }
}

/** The order's eSIM profiles, waited for until each is there or has failed; after ten minutes as they are then. */
export async function followProfiles(context: SimContext, order: Lease<OrderRecord>): Promise<ESimProfile[]> {
  const started = performance.now()
  for (let time = 1; ; time++) {
    const profiles = (await context.sims.listProfiles()).filter(({sid}) => order.record.profiles.includes(sid))
    const missing = order.record.profiles.length - profiles.filter(isSettled).length
    if (missing === 0 || performance.now() - started > timeoutMs) return profiles
    if (time === 1)
      context.progress(`waiting for ${missing} eSIM profile${missing === 1 ? '' : 's'} to become available`)
    await order.renew()
    await context.main.transport.pause(Math.min(time, 4))
  }
}

/** There is a SIM, or there will never be one. */
export function isSettled({status, sim}: ESimProfile): boolean {
  return status === 'failed' || sim !== undefined
}
