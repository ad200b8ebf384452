import type {AddonEntry} from '../../addon/addon-registry.js'
import type {AddonContext} from '../../addon/context.js'
import {requireFullAccount} from '../../addon/main-account.js'
import {type AddonRecord, type CreateIntent, subaccountName} from '../../addon/record.js'
import {requireFreeVars} from '../../addon/var-ownership.js'
import type {ConfigVars} from '../../akkeris/config-vars.js'
import {ourCommand} from '../../command-line.js'
import type {Candidates} from '../../number/search.js'
import type {Lease} from '../../registry/lease.js'
import {isDefinite, restartIfLeaseLost, runOperation} from '../../registry/operation.js'
import type {Account} from '../../twilio/accounts.js'
import {build} from './build.js'
import {type Created, releaseDuplicates, releaseDuplicatesOf} from './created.js'
import {acquireCreateLease} from './lease.js'
import {awaitPreflight, type Preflight, startPreflight} from './preflight.js'
import {reconcile} from './reconcile.js'
import type {CreateRequest} from './request.js'
import type {Provisioned} from './result.js'
import {type Journal, rollBack} from './rollback.js'

/** What was looked at longer ago says nothing about now. */
const preflightLastsMs = 2000

/**
 * Gives an app-space its subaccount, its number and its config vars, in five sequential round trips:
 * acquire the lease and look, create the subaccount, buy the number, write the config vars, mark the item ready.
 * Run again after any interruption, from any machine, it resumes (docs/architecture.md).
 * @throws {Failure} after a definite refusal, with everything this run did rolled back unless `keepOnFailure`.
 */
export async function provision(context: AddonContext, request: CreateRequest): Promise<Provisioned> {
  const created: Created = {accounts: [], bought: []}
  const provisioned = await restartIfLeaseLost(() => attempt(context, request, created), {
    onFailure: () => releaseDuplicatesOf(context, created, request.appSpace),
  })
  await releaseDuplicates(context, created, provisioned.record)
  return provisioned
}

async function attempt(context: AddonContext, request: CreateRequest, created: Created): Promise<Provisioned> {
  const {registry, akkeris, progress} = context
  const {appSpace, intent} = request
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})

  const first = startPreflight(context, {appSpace, name, intent})
  const started = performance.now()
  let acquired: Acquired | undefined
  const acquire = async () => {
    const found = await acquireCreateLease(context, request, first)
    const isRecent = performance.now() - started < preflightLastsMs
    if ('ready' in found) return (acquired = {ready: found.ready, isCurrent: isRecent && !found.hasWaited})
    const {lease, isFirst} = found
    const again = () => startPreflight(context, {appSpace, name, intent: createIntent(lease.record)})
    acquired = {lease, preflight: isFirst && isRecent ? first : again()}
    return lookedAt(acquired)
  }
  await progress(`checking ${appSpace} and the main account`, acquire).catch((error: unknown) => {
    // What was looked at under the lease is judged below, where the lease is given up, too.
    if (!acquired) throw error
  })
  if (!acquired) throw new Error('neither a lease nor a failure')
  if ('ready' in acquired) return reconcile(context, request, acquired.ready, {...first, isCurrent: acquired.isCurrent})

  const {lease, preflight} = acquired
  const journal: Journal = {created}
  let found: Found | undefined
  return runOperation(lease, {
    async preconditions() {
      found = await requireProvisionable(context, request, lease, preflight)
    },
    async steps() {
      if (!found) throw new Error('the preconditions were not looked at')
      return build(context, lease, {...found, name, intent: createIntent(lease.record), journal})
    },
    commit: () => lease.release({state: 'ready', tried: []}),
    rollback: () =>
      request.keepOnFailure
        ? undefined
        : {undo: () => rollBack(context, lease, journal), otherwise: destroyCommand(lease.record)},
    resume: (failure) => [
      ...(isDefinite(failure)
        ? [
            `What was created so far was kept; to resume: ${ourCommand(`addons:create twilio:${lease.record.plan} -a ${appSpace}`)}`,
          ]
        : []),
      `To roll it back instead: ${destroyCommand(lease.record)}`,
    ],
  })
}

type Acquired =
  | {readonly ready: AddonEntry; readonly isCurrent: boolean}
  | {readonly lease: Lease<AddonRecord>; readonly preflight: Preflight}

/** Waits for what the preconditions are about, while a person sees that it is waited for. */
async function lookedAt({lease, preflight}: {lease: Lease<AddonRecord>; preflight: Preflight}): Promise<void> {
  const {account, vars, sameName, candidates} = preflight
  await Promise.all([account, vars, sameName, lease.isNew && candidates])
}

interface Found {
  readonly vars: ConfigVars
  readonly sameName: readonly Account[]
  readonly candidates: Promise<Candidates>
}

/** @throws {Failure} what stands in the way of the add-on. */
async function requireProvisionable(
  context: AddonContext,
  request: CreateRequest,
  {record, isNew}: Lease<AddonRecord>,
  preflight: Preflight,
): Promise<Found> {
  const {account, vars} = await awaitPreflight(preflight)
  requireFullAccount(account)
  const sameName = await preflight.sameName
  const free = await requireFreeVars(context, {
    appSpace: request.appSpace,
    vars,
    ours: record.accountSid ?? sameName[0]?.sid,
    begun: !isNew,
    forced: request.intent.force ?? createIntent(record).force ?? false,
  })
  if (isNew) await preflight.candidates
  return {vars: free, sameName, candidates: preflight.candidates}
}

function createIntent({intent, plan}: AddonRecord): CreateIntent {
  if (intent.operation === 'create') return intent
  throw new Error(`${plan}: an incomplete add-on without the intent to create it`)
}

function destroyCommand({appSpace}: AddonRecord): string {
  return ourCommand(`addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`)
}
