import {awaitPreflight, type Preflight} from './preflight.js'
import {Lease, waitUntilReleased} from '../../registry/lease.js'
import {requireCreatable, requireSameHost, requireSamePlan, type CreateRequest} from './request.js'
import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'
import {LeaseLost} from '../../registry/items.js'
import type {AddonEntry} from '../../addon/addon-registry.js'

export interface Held {
  /** A claim of this run on the app-space, or the item of an add-on that is ready. */
  readonly lease: Lease<AddonRecord> | AddonEntry
  /** False when there was somebody before: what was looked at meanwhile may be outdated. */
  readonly atOnce: boolean
}

/**
 * Claims the app-space, waiting for whoever works on it, or finds it ready.
 * @throws {Failure} `conflict` when the app-space is not to be had for what was asked.
 */
export async function acquireLease(
  {registry, akkeris, waiting}: AddonContext,
  ask: CreateRequest,
  checks: Preflight,
): Promise<Held> {
  const {appSpace, intent} = ask
  const first = {
    v: 1,
    appSpace,
    host: akkeris.host,
    plan: intent.plan,
    state: 'provisioning',
    intent,
    reservations: [],
    createdAt: new Date().toISOString(),
  } as const
  const precondition = (record: AddonRecord) => {
    requireSameHost(record, akkeris.host, registry.name)
    requireSamePlan(record, ask)
  }
  for (let atOnce = true; ; atOnce = false) {
    const lease = await orExplained(Lease.create(registry, first, checks.account), checks)
    if (lease) return {lease, atOnce}
    const entry = await waitUntilReleased(registry, appSpace, {...waiting, precondition})
    if (!entry) continue
    if (entry.record.state === 'ready') return {lease: entry, atOnce: false}
    requireCreatable(entry.record)
    try {
      return {lease: await Lease.take(registry, entry), atOnce: false}
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
    }
  }
}

/** When the claim fails, a check may know better why (wrong credentials, say). */
async function orExplained<Result>(lease: Promise<Result>, checks: Preflight): Promise<Result> {
  try {
    return await lease
  } catch (error) {
    await awaitPreflight(checks)
    throw error
  }
}
