import type {AddonContext} from '../addon/context.js'
import {requireRecord} from '../addon/info.js'
import {shownRequest} from '../addon/planned-request.js'
import type {AlertRequest} from './alert.js'
import type {AlertsPreviewDocument} from './document.js'
import {previewAlerts} from './set.js'

/** What `setAlerts` would do for an add-on that there is, found out without changing anything. */
export async function previewSetAlerts(
  context: AddonContext,
  appSpace: string,
  ask: AlertRequest,
): Promise<AlertsPreviewDocument> {
  const {plan} = await requireRecord(context, appSpace)
  const calls = await previewAlerts(context, {appSpace, plan, ask})
  return {dryRun: true, appSpace, calls: calls.map(shownRequest)}
}
