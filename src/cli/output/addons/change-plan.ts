import type {PlanName} from '../../../lib/addon/plans.js'
import type {AddonRecord} from '../../../lib/addon/record.js'
import type {UsageAbove} from '../../../lib/lifecycle/change-plan.js'
import type {PlanChangedDocument, PlanChangePreviewDocument} from '../../../lib/lifecycle/document.js'
import {count, numberOf} from '../../../lib/text.js'
import {titleOf} from '../../../lib/usage/kinds.js'
import {priceChange} from '../brief.js'
import {planTitle} from '../plans.js'

/** The words of `addons:upgrade` and `addons:downgrade`. */
export function renderPlanChanged({appSpace, changed, from, plan}: PlanChangedDocument): string {
  return changed
    ? `${appSpace} now has ${planTitle(plan)} instead of ${planTitle(from)}. The app was not restarted.`
    : `${appSpace} already has ${planTitle(plan)}.`
}

export function renderPlanChangePreview({appSpace, from, plan}: PlanChangePreviewDocument): string {
  return from === plan
    ? `${appSpace} already has ${planTitle(plan)}; nothing would be changed.`
    : `${appSpace} would have ${planTitle(plan)} instead of ${planTitle(from)}. Nothing was changed.`
}

export function upgradeQuestion({appSpace, plan}: AddonRecord, to: PlanName): string {
  return `Move ${appSpace} from ${planTitle(plan)} to ${planTitle(to)}?`
}

/** Before many. */
export function planQuestion(moves: readonly {readonly from: PlanName; readonly plan: PlanName}[]): string {
  const moved = moves.filter(({from, plan}) => from !== plan)
  return `Move ${numberOf(moved.length, 'add-on')} to another plan, for ${priceChange(moved)}?`
}

export function usageAboveSentence({kind, used, included}: UsageAbove, to: PlanName): string {
  const amount = used === null ? 'Twilio does not say how much was' : count(used)
  return `${titleOf(kind)}: ${amount} used this month; twilio:${to} includes ${count(included)}.`
}
