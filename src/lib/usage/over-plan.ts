import type {Means} from '../addon/means.js'
import type {PlanName} from '../addon/plans.js'
import {includedIn, meteredKinds, type MeteredKind} from './kinds.js'
import {readAppUsage} from './of-app.js'

export interface OverPlan {
  readonly kind: MeteredKind
  readonly used: number
  readonly included: number
}

/** What has been used this month already beyond what a plan includes. SIM cards are not among it: they are a limit. */
export async function usageOverPlan(means: Means, appSpace: string, plan: PlanName): Promise<OverPlan[]> {
  const {kinds} = await readAppUsage(means, appSpace, {month: 'this', daily: false})
  return meteredKinds.flatMap((kind) => {
    const used = kinds.find((each) => each.kind === kind)?.used ?? 0
    const included = includedIn(plan, kind)
    return used > included ? [{kind, used, included}] : []
  })
}
