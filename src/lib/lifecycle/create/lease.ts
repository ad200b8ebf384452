import type {AddonEntry} from '../../addon/addon-registry.js'
import type {AddonContext} from '../../addon/context.js'
import {requireSameHost} from '../../addon/host.js'
import type {AddonRecord} from '../../addon/record.js'
import {createOrAcquireLease} from '../../registry/acquire-lease.js'
import {Lease} from '../../registry/lease.js'
import {awaitPreflight, type Preflight} from './preflight.js'
import {type CreateRequest, requireCreatable, requireSameRequest} from './request.js'

export type Acquired =
  | {
      readonly lease: Lease<AddonRecord>
      /** False when there was another run before: what was looked at meanwhile may be outdated. */
      readonly isFirst: boolean
    }
  | {
      readonly ready: AddonEntry
      /** Whether another run was waited for: then what was looked at before is outdated. */
      readonly hasWaited: boolean
    }

/**
 * A lease on the app-space, once nobody else works on it; or its item, where the add-on is ready.
 * @throws {Failure} `conflict` when the app-space is not to be had for what was asked.
 */
export async function acquireCreateLease(
  context: AddonContext,
  request: CreateRequest,
  preflight: Preflight,
): Promise<Acquired> {
  const {registry, akkeris, waiting, createdBy} = context
  const {appSpace, intent, labels} = request
  let isFirst = true
  let hasWaited = false
  const found = await createOrAcquireLease(
    registry,
    {
      v: 1,
      appSpace,
      host: akkeris.host,
      plan: intent.plan,
      state: 'provisioning',
      intent,
      reservations: [],
      createdAt: new Date().toISOString(),
      ...(createdBy !== undefined && {createdBy}),
      ...(Object.keys(labels).length > 0 && {labels}),
    },
    {
      ...waiting,
      onWait(sentence) {
        hasWaited = true
        waiting.onWait(sentence)
      },
      mayMakeMap: preflight.account,
      precondition(record) {
        isFirst = false
        requireSameHost(record, context)
        requireSameRequest(record, request)
      },
      instead: (entry) => (entry.record.state === 'ready' ? entry : undefined),
      requireUsable: requireCreatable,
    },
  ).catch(async (error: unknown) => {
    // A check may know better why it failed (wrong credentials, say).
    await awaitPreflight(preflight)
    throw error
  })
  return found instanceof Lease ? {lease: found, isFirst} : {ready: found, hasWaited}
}
