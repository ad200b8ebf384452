import type {AddonEntry} from '../addon/addon-registry.js'
import type {AddonContext} from '../addon/context.js'
import {requireActive, requireEntry, requireReady} from '../addon/info.js'
import {acquireAddonLease} from '../addon/lease.js'
import {type PlanName, planNames, plans} from '../addon/plans.js'
import type {AddonRecord} from '../addon/record.js'
import {alertsAmong} from '../alerts/alert.js'
import {replaceAlerts} from '../alerts/reconcile.js'
import {watchedKinds} from '../alerts/watched.js'
import {ourCommand} from '../command-line.js'
import {usage} from '../errors.js'
import type {Lease} from '../registry/lease.js'
import {runOperation} from '../registry/operation.js'
import {simContextIfAny} from '../sims/context.js'
import {type Allocation, requireFits} from '../sims/ledger.js'
import {ledgerOf} from '../sims/reserve.js'
import {fetchAccountIfExists} from '../twilio/accounts.js'
import {subaccount} from '../twilio/connect.js'
import {listUsageTriggers} from '../twilio/usage-triggers.js'
import {includedIn, type MeteredKind, meteredKinds} from '../usage/kinds.js'
import {readAppMetering} from '../usage/read-one.js'

export interface PlanChange {
  readonly from: PlanName
  readonly to: PlanName
  readonly changed: boolean
}

/**
 * Moves an add-on to another plan: the record and the alerts, the app is not touched. The lease keeps SIMs from being ordered
 * while they are checked against the new limit. Run again after an interruption, it realigns the alerts.
 * @throws {Failure} `plan` when there are more SIMs than the new plan allows.
 */
export async function changePlan(context: AddonContext, known: AddonEntry, to: PlanName): Promise<PlanChange> {
  let from = known.record.plan
  const changes = (record: AddonRecord) => {
    from = record.plan
    return isRoomier(from, to) ? moved(record, to) : {}
  }
  const lease = await acquireAddonLease(context, known.record.appSpace, {known, changes})
  await runOperation(lease, {
    async steps() {
      if (lease.record.plan !== to) {
        await requireRoomFor(context, lease.record, to)
        await lease.save(moved(lease.record, to))
      }
      await moveAlerts(context, lease)
    },
    warn: context.warn,
  })
  return {from, to, changed: from !== to}
}

/** As long as invoices go back. */
const historyMs = 400 * 86_400_000

/** With the plan of before in the history: invoices count plans by the day. */
function moved({plan, earlierPlans = []}: AddonRecord, to: PlanName): Partial<AddonRecord> {
  if (plan === to) return {}
  const now = Date.now()
  const recent = earlierPlans.filter(({until}) => now - Date.parse(until) < historyMs)
  return {plan: to, earlierPlans: [...recent, {plan, until: new Date(now).toISOString()}]}
}

export interface PlanChangeRequest {
  readonly appSpace: string
  readonly to: PlanName
  readonly direction: 'upgrade' | 'downgrade'
}

/** An add-on that may be moved to the plan, and what was used more of than that includes. */
export interface ChangeablePlan {
  readonly entry: AddonEntry
  readonly above: readonly UsageAbove[]
}

/** @throws {Failure} `notFound`, `conflict`, `usage` for the wrong direction, `plan` where SIMs do not fit */
export async function requireChangeable(
  context: AddonContext,
  {appSpace, to, direction}: PlanChangeRequest,
): Promise<ChangeablePlan> {
  const entry = await requireEntry(context, appSpace)
  const {record} = entry
  requireReady(record)
  requireDirection(record, to, direction)
  await requireRoomFor(context, record, to)
  return {entry, above: await usageAbove(context, record, to)}
}

/** Whatever fits into the one plan fits into the other. */
function isRoomier(from: PlanName, to: PlanName): boolean {
  return plans[to].simLimit >= plans[from].simLimit
}

/** To the plan of the record. In a suspended subaccount nothing can be changed: `twilio:resume` sees to them. */
async function moveAlerts(context: AddonContext, lease: Lease<AddonRecord>): Promise<void> {
  const {main, progress} = context
  const {accountSid, plan} = lease.record
  if (accountSid === undefined) return
  const account = await fetchAccountIfExists(main, accountSid)
  if (account?.status !== 'active') return
  const sub = subaccount(main, account)
  const [triggers, kinds] = await Promise.all([listUsageTriggers(sub), watchedKinds(context, lease.record)])
  await replaceAlerts({sub, lease, kinds, progress}, alertsAmong(triggers), plan)
}

export interface UsageAbove {
  readonly kind: MeteredKind
  /** Null where Twilio did not say. */
  readonly used: number | null
  readonly included: number
}

/** Of what the new plan includes less, what was used more of this month already, or may have been. */
export async function usageAbove(context: AddonContext, record: AddonRecord, to: PlanName): Promise<UsageAbove[]> {
  const less = meteredKinds.filter((kind) => includedIn(to, kind) < includedIn(record.plan, kind))
  if (less.length === 0) return []
  const {used} = await readAppMetering(context, record, 'this')
  return less
    .map((kind) => ({kind, used: used[kind], included: includedIn(to, kind)}))
    .filter((each) => each.used === null || each.used > each.included)
}

/** @throws {Failure} `plan` with the numbers; `refused` where they are unknown, which only matters for a smaller plan. */
export async function requireRoomFor(
  context: AddonContext,
  record: AddonRecord,
  to: PlanName,
): Promise<Allocation | undefined> {
  if (isRoomier(record.plan, to)) return undefined
  const account = await requireActive(context, record)
  const sims = await simContextIfAny(context, record, account)
  if (!sims) return undefined
  try {
    const {allocation} = await ledgerOf(sims, record)
    requireFits(to, allocation)
    return allocation
  } catch (error) {
    if (sims.sims.refusalOf(error) === 'not served') return undefined
    throw error
  }
}

/** @throws {Failure} `usage` for a plan that is not in that direction; the same plan is fine. */
export function requireDirection(record: AddonRecord, to: PlanName, direction: 'upgrade' | 'downgrade'): void {
  const step = planNames.indexOf(to) - planNames.indexOf(record.plan)
  if (step === 0 || step > 0 === (direction === 'upgrade')) return
  const other = direction === 'upgrade' ? 'downgrade' : 'upgrade'
  throw usage(
    'PLAN_DIRECTION_MISMATCH',
    `twilio:${to} is ${step > 0 ? 'larger' : 'smaller'} than twilio:${record.plan}, which ${record.appSpace} has.`,
    ourCommand(`addons:${other} twilio:${to} -a ${record.appSpace}`),
  )
}
