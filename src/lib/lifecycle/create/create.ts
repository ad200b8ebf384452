import type {AddonContext} from '../../addon/context.js'
import type {AlertRequest} from '../../alerts/alert.js'
import {previewAlerts, setFirstAlerts} from '../../alerts/set.js'
import {missingAlerts} from '../../alerts/watched.js'
import {type CreatedDocument, createdDocument, type CreatePreviewDocument, createPreviewDocument} from './document.js'
import {planCreate} from './plan.js'
import {provision} from './provision.js'
import type {CreateRequest} from './request.js'

/** An add-on with its alerts, as they were asked for. */
export interface AddonRequest {
  readonly request: CreateRequest
  readonly alerts: AlertRequest | undefined
}

/** Creates the add-on and sets its alerts. @throws {Failure} as `provision` and `setFirstAlerts` */
export async function createAddon(
  context: AddonContext,
  {request, alerts}: AddonRequest,
  {showSecrets}: {readonly showSecrets: boolean},
): Promise<CreatedDocument> {
  const provisioned = await provision(context, request)
  const set = alerts && (await setFirstAlerts(context, request.appSpace, alerts))
  const missing = missingAlerts(request.appSpace, set?.missing)
  if (missing !== undefined) context.warn(missing)
  return createdDocument(provisioned, {showSecrets, alerts: set?.alerts})
}

/** What `createAddon` would do, found out by reading alone. */
export async function previewAddon(
  context: AddonContext,
  {request, alerts}: AddonRequest,
): Promise<CreatePreviewDocument> {
  const {appSpace, intent} = request
  const found = await planCreate(context, request)
  const more = alerts ? await previewAlerts(context, {appSpace, plan: intent.plan, ask: alerts}) : []
  return createPreviewDocument(request, {...found, calls: [...found.calls, ...more]})
}
