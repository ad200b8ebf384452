import type {AddonContext} from '../../addon/context.js'
import {subaccountName} from '../../addon/record.js'
import {
  type CountedRoom,
  countRoom,
  type NeededRoom,
  noteSubaccounts,
  recentRoom,
  roomOf,
} from '../../addon/subaccount-room.js'
import type {AlertRequest} from '../../alerts/alert.js'
import {previewAlerts, setFirstAlerts} from '../../alerts/set.js'
import {missingAlerts} from '../../alerts/watched.js'
import {underWay} from '../../all-of.js'
import {type CreatedDocument, createdDocument, type CreatePreviewDocument, createPreviewDocument} from './document.js'
import {planCreate} from './plan.js'
import {isNewSubaccount} from './planned-requests.js'
import {provision} from './provision.js'
import type {CreateRequest} from './request.js'

/** An add-on with its alerts, as they were asked for. */
export interface AddonRequest {
  readonly request: CreateRequest
  readonly alerts: AlertRequest | undefined
}

/**
 * Creates the add-on and sets its alerts.
 * @throws {Failure} as `provision` and `setFirstAlerts`
 */
export async function createAddon(
  context: AddonContext,
  {request, alerts}: AddonRequest,
  {showSecrets, withRoom = false}: {readonly showSecrets: boolean; readonly withRoom?: boolean},
): Promise<CreatedDocument> {
  const {main, subaccounts} = context
  let before: Promise<CountedRoom | undefined> | undefined
  // Beside everything that follows.
  const onNewSubaccount = (name: string) =>
    void (before ??= withRoom
      ? underWay(recentRoom(main, subaccounts, (other) => other !== name))
      : Promise.resolve(undefined))
  const provisioned = await provision({...context, onNewSubaccount}, request)
  const room = await before
  if (before) await noteSubaccounts(subaccounts, 1)
  const set = alerts && (await setFirstAlerts(context, request.appSpace, alerts))
  const missing = missingAlerts(request.appSpace, set?.missing)
  if (missing !== undefined) context.warn(missing)
  return createdDocument(provisioned, {
    showSecrets,
    alerts: set?.alerts,
    subaccounts: room && {...room, ...roomOf(room.used + 1, room.limit)},
  })
}

/** What `createAddon` would do, found out without changing anything. */
export async function previewAddon(
  context: AddonContext,
  {request, alerts}: AddonRequest,
): Promise<CreatePreviewDocument> {
  const {appSpace, intent} = request
  const found = await planCreate(context, request)
  const more = alerts ? await previewAlerts(context, {appSpace, plan: intent.plan, ask: alerts}) : []
  return createPreviewDocument(request, {...found, calls: [...found.calls, ...more]})
}

/** The same, and how many subaccounts the main account may have. */
export async function previewAddonAndRoom(context: AddonContext, asked: AddonRequest): Promise<CreatePreviewDocument> {
  const room = underWay(countRoom(context.main, context.subaccounts))
  // What it would be refused for explains more.
  const preview = await previewAddon(context, asked)
  return preview.calls.some(isNewSubaccount) ? {...preview, subaccounts: await room} : preview
}

/** What a crowd of new add-ons needs. */
export async function roomForAll(
  {main, registry, akkeris, subaccounts}: AddonContext,
  requests: readonly AddonRequest[],
): Promise<NeededRoom> {
  const missing = new Set(
    requests.map(({request: {appSpace}}) => subaccountName({registry: registry.name, host: akkeris.host, appSpace})),
  )
  const room = await countRoom(main, subaccounts, (name) => {
    missing.delete(name)
    return true
  })
  return {...room, needed: missing.size}
}
