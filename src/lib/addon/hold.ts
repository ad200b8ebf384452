import {settleChecks, type Checks} from './checks.js'
import {Claim, untilFree} from '../registry/claim.js'
import {requireCreatable, requireSameHost, requireSamePlan, type CreateAsk} from './judge.js'
import type {Means} from './means.js'
import type {AddonRecord} from './record.js'
import {ClaimLost} from '../registry/items.js'
import type {AddonEntry} from './registry.js'

export interface Held {
  /** A claim of this run on the app-space, or the item of an add-on that is ready. */
  readonly claim: Claim<AddonRecord> | AddonEntry
  /** False when there was somebody before: what was looked at meanwhile may be outdated. */
  readonly atOnce: boolean
}

/**
 * Claims the app-space, waiting for whoever works on it, or finds it ready.
 * @throws {Failure} `conflict` when the app-space is not to be had for what was asked.
 */
export async function hold({registry, akkeris, waiting}: Means, ask: CreateAsk, checks: Checks): Promise<Held> {
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
  const judge = (record: AddonRecord) => {
    requireSameHost(record, akkeris.host, registry.name)
    requireSamePlan(record, ask)
  }
  for (let atOnce = true; ; atOnce = false) {
    const claim = await orExplained(Claim.make(registry, first, checks.account), checks)
    if (claim) return {claim, atOnce}
    const entry = await untilFree(registry, appSpace, {...waiting, judge})
    if (!entry) continue
    if (entry.record.state === 'ready') return {claim: entry, atOnce: false}
    requireCreatable(entry.record)
    try {
      return {claim: await Claim.take(registry, entry), atOnce: false}
    } catch (error) {
      if (!(error instanceof ClaimLost)) throw error
    }
  }
}

/** When the claim fails, a check may know better why (wrong credentials, say). */
async function orExplained<Result>(claim: Promise<Result>, checks: Checks): Promise<Result> {
  try {
    return await claim
  } catch (error) {
    await settleChecks(checks)
    throw error
  }
}
