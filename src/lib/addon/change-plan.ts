import {replaceAlerts} from '../alerts/bring.js'
import {usage} from '../errors.js'
import type {Claim} from '../registry/claim.js'
import {requireFits, type Tally} from '../sims/ledger.js'
import {simMeansOf} from '../sims/means.js'
import {ledgerOf} from '../sims/reserve.js'
import {readerIn, subaccount} from '../twilio/connect.js'
import {simsNotServed, TwilioRefusal} from '../twilio/errors.js'
import {usageReader} from '../twilio/usage.js'
import {includedIn, meteredKinds, type MeteredKind} from '../usage/kinds.js'
import {readMetering} from '../usage/read.js'
import {fetchIfThere} from './acquire.js'
import {claimForChange} from './change.js'
import {requireActive, requireSubaccount} from './info.js'
import type {Means} from './means.js'
import {planNames, plans, type PlanName} from './plans.js'
import type {AddonRecord} from './record.js'

export interface PlanChange {
  readonly from: PlanName
  readonly to: PlanName
  readonly changed: boolean
}

/**
 * Moves an add-on to another plan: the record and the alerts, the app is not touched. The claim keeps SIMs from being ordered
 * while they are held against the new limit. Run again after an interruption, it sees to the alerts.
 * @throws {Failure} `plan` when there are more SIMs than the new plan allows.
 */
export async function changePlan(means: Means, appSpace: string, to: PlanName): Promise<PlanChange> {
  const claim = await claimForChange(means, appSpace, () => false)
  const {plan: from} = claim.record
  try {
    if (from !== to) {
      await requireRoomFor(means, claim.record, to)
      await claim.save({plan: to})
    }
    await moveAlerts(means, claim)
  } finally {
    await claim.finish()
  }
  return {from, to, changed: from !== to}
}

/** In a suspended subaccount nothing can be changed: `twilio:resume` sees to them. */
async function moveAlerts({main, progress}: Means, claim: Claim<AddonRecord>): Promise<void> {
  const {accountSid, plan} = claim.record
  const account = accountSid === undefined ? undefined : await fetchIfThere(main, accountSid)
  if (account?.status === 'active') await replaceAlerts({sub: subaccount(main, account), claim, progress}, plan)
}

export interface UsageAbove {
  readonly kind: MeteredKind
  readonly used: number
  readonly included: number
}

/** Of what the new plan includes less, what was used more of this month already. */
export async function usageAbove({main}: Means, record: AddonRecord, to: PlanName): Promise<UsageAbove[]> {
  const less = meteredKinds.filter((kind) => includedIn(to, kind) < includedIn(record.plan, kind))
  if (less.length === 0) return []
  const account = await requireSubaccount(main, record)
  const read = (await usageReader(await readerIn(main, async () => account)))(account.sid)
  const {used} = await readMetering(read, 'this')
  return less
    .map((kind) => ({kind, used: used[kind], included: includedIn(to, kind)}))
    .filter((each) => each.used > each.included)
}

/** @throws {Failure} `plan` with the numbers; `refused` where they cannot be told, which only matters for a smaller plan. */
export async function requireRoomFor(means: Means, record: AddonRecord, to: PlanName): Promise<Tally | undefined> {
  if (plans[to].simLimit >= plans[record.plan].simLimit) return undefined
  const account = await requireActive(means, record)
  try {
    const {tally} = await ledgerOf(simMeansOf(means, record.appSpace, account), record)
    requireFits(to, tally)
    return tally
  } catch (error) {
    if (error instanceof TwilioRefusal && error.code === simsNotServed) return undefined
    throw error
  }
}

/** @throws {Failure} `usage` for a plan that is not in that direction; the same plan is fine. */
export function requireDirection(record: AddonRecord, to: PlanName, direction: 'upgrade' | 'downgrade'): void {
  const step = planNames.indexOf(to) - planNames.indexOf(record.plan)
  if (step === 0 || step > 0 === (direction === 'upgrade')) return
  const other = direction === 'upgrade' ? 'downgrade' : 'upgrade'
  throw usage(
    'OTHER_DIRECTION',
    `twilio:${to} is ${step > 0 ? 'larger' : 'smaller'} than twilio:${record.plan}, which ${record.appSpace} has.`,
    `aka addons:${other} twilio twilio:${to} -a ${record.appSpace}`,
  )
}
