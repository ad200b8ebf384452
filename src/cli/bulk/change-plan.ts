import {changePlan, type PlanChangeRequest, requireChangeable} from '../../lib/lifecycle/change-plan.js'
import {
  type PlanChangedDocument,
  planChangedDocument,
  type PlanChangePreviewDocument,
  planChangePreviewDocument,
} from '../../lib/lifecycle/document.js'
import {planQuestion} from '../output/addons/change-plan.js'
import {costOfPlans, planInBrief} from '../output/brief.js'
import {confirm} from '../prompts.js'
import type {BulkOperation} from './operation.js'

/** What `addons:upgrade` and `addons:downgrade` do for each of many. What they are moved from, and so what that costs, the registry says. */
export const manyPlansChanged: Omit<
  BulkOperation<unknown, PlanChangeRequest, PlanChangedDocument, PlanChangePreviewDocument>,
  'request'
> = {
  doing: 'changing the plans of',
  async consent(requests, parts) {
    const lists = await Promise.all(parts.map(async ({open}) => (await open()).registry.list()))
    const plans = new Map(lists.flatMap(({records}) => records).map(({appSpace, plan}) => [appSpace, plan]))
    const moves = requests.map(({appSpace, to}) => ({from: plans.get(appSpace) ?? to, plan: to}))
    await confirm(planQuestion(moves), {otherwise: 'No plan was changed.'})
  },
  async carryOut(context, request) {
    const {entry, above} = await requireChangeable(context, request)
    const {appSpace, to} = request
    return planChangedDocument(appSpace, await changePlan(context, entry, to), above)
  },
  async preview(context, request) {
    const {entry, above} = await requireChangeable(context, request)
    return planChangePreviewDocument(entry.record, request.to, above)
  },
  brief: planInBrief,
  total: costOfPlans,
}
