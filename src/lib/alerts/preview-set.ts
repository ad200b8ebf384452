import type {AddonContext} from '../addon/context.js'
import {requireActive, requireReady, requireRecord} from '../addon/info.js'
import {shownRequest} from '../addon/planned-request.js'
import type {AlertRequest} from './alert.js'
import type {AlertsPreviewDocument} from './document.js'
import {previewAlerts} from './set.js'

/**
 * What `setAlerts` would do for an add-on that there is, found out without changing anything.
 * @throws {Failure} what `setAlerts` would be refused with, as far as reading tells
 */
export async function previewSetAlerts(
  context: AddonContext,
  appSpace: string,
  ask: AlertRequest,
): Promise<AlertsPreviewDocument> {
  const record = await requireRecord(context, appSpace)
  requireReady(record)
  await requireActive(context, record)
  const calls = await previewAlerts(context, {appSpace, plan: record.plan, ask})
  return {dryRun: true, appSpace, calls: calls.map(shownRequest)}
}
