import {usage} from '../errors.js'
import {requireFits, type Tally} from '../sims/ledger.js'
import {simMeansOf} from '../sims/means.js'
import {ledgerOf} from '../sims/reserve.js'
import {simsNotServed, TwilioRefusal} from '../twilio/errors.js'
import {replaceAlerts} from '../alerts/bring.js'
import type {Claim} from '../registry/claim.js'
import {subaccount} from '../twilio/connect.js'
import {requireActive, requireSubaccount} from './info.js'
import {claimForChange} from './change.js'
import type {Means} from './means.js'
import {planNames, plans, type PlanName} from './plans.js'
import type {AddonRecord} from './record.js'

export interface PlanChange {
  readonly from: PlanName
  readonly to: PlanName
  readonly changed: boolean
}

/**
 * Moves an add-on to another plan: the record and the alerts; the app is not touched. The claim keeps SIMs from being ordered
 * while they are held against the new limit. Cut short in between, the same change again replaces the alerts.
 * @throws {Failure} `plan` when there are more SIMs than the new plan allows.
 */
export async function changePlan(means: Means, appSpace: string, to: PlanName): Promise<PlanChange> {
  const claim = await claimForChange(means, appSpace, () => false)
  const {plan: from} = claim.record
  try {
    if (from !== to) {
      await requireRoomFor(means, claim.record, to)
      means.progress(`moving ${appSpace} to twilio:${to}`)
      await claim.save({plan: to})
    }
    await bringAlerts(means, claim, to)
  } finally {
    await claim.finish()
  }
  return {from, to, changed: from !== to}
}

async function bringAlerts(means: Means, claim: Claim<AddonRecord>, to: PlanName): Promise<void> {
  const {main, progress, warn} = means
  const {appSpace} = claim.record
  const account = await requireSubaccount(main, claim.record)
  if (account.status === 'active') await replaceAlerts({sub: subaccount(main, account), claim, progress}, to)
  else
    warn(
      `${account.sid} is ${account.status}, so its alerts stay as they are: run this again after aka twilio:resume -a ${appSpace}`,
    )
}

/** @throws {Failure} `plan` with the numbers; `refused` where they cannot be told, which only matters for a smaller plan. */
export async function requireRoomFor(means: Means, record: AddonRecord, to: PlanName): Promise<Tally | undefined> {
  if (plans[to].simLimit >= plans[record.plan].simLimit) return undefined
  // The SIMs of a suspended one cannot be counted.
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
