import {changeConfigVars, type ConfigVars} from '../../akkeris/config-vars.js'
import {findSubaccounts, type Account} from '../../twilio/accounts.js'
import {listNumbers} from '../../twilio/numbers.js'
import {acquireNumber, acquireSubaccount, type Created} from './acquire.js'
import {lookForNumbers, awaitPreflight, startPreflight} from './preflight.js'
import type {Candidates} from '../../number/search.js'
import {Lease} from '../../registry/lease.js'
import {LeaseLost} from '../../registry/items.js'
import {requireFreeVars} from '../../addon/var-ownership.js'
import {closeSubaccount, release} from '../../addon/give-back.js'
import {acquireLease} from './acquire-lease.js'
import type {CreateRequest} from './request.js'
import {requireFullAccount} from '../../addon/main-account.js'
import type {AddonContext} from '../../addon/context.js'
import {subaccountName, type AddonRecord, type CreateIntent} from '../../addon/record.js'
import {reconcile} from './reconcile.js'
import {releaseDuplicates, releaseDuplicatesOf} from './release-duplicates.js'
import {concludeFailure, type Journal} from './rollback.js'
import {missingVars, type AddonVars} from '../../addon/vars.js'

export interface Provisioned {
  /** False when the add-on was there already; then `repaired` names the config vars that were written back. */
  readonly created: boolean
  readonly repaired: readonly string[]
  readonly record: AddonRecord
  readonly vars: AddonVars
}

/**
 * Gives an app-space its subaccount, its number and its config vars, in five sequential round trips:
 * claim and look, make the subaccount, buy the number, write the config vars, mark the item ready.
 * Run again after any interruption, from any machine, it goes on (docs/architecture.md).
 * @throws {Failure} after a definite refusal, with everything this run did undone unless `keepOnFailure`.
 */
export async function provision(context: AddonContext, ask: CreateRequest): Promise<Provisioned> {
  const made: Created = {accounts: [], bought: []}
  for (let attempt = 1; ; attempt++) {
    try {
      const provisioned = await once(context, ask, made)
      await releaseDuplicates(context, made, provisioned.record)
      return provisioned
    } catch (error) {
      // Taken over while this run slept: what the other run made of it is looked at like anything found at the start.
      if (error instanceof LeaseLost && attempt < 5) continue
      // Why the run failed is what the person must hear, not that tidying up failed too.
      if (attempt > 1) await releaseDuplicatesOf(context, made, ask.appSpace).catch(() => undefined)
      throw error
    }
  }
}

async function once(context: AddonContext, ask: CreateRequest, made: Created): Promise<Provisioned> {
  const {registry, akkeris, progress} = context
  const {appSpace, intent} = ask
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})

  progress(`looking at ${appSpace} and the main account`)
  const first = startPreflight(context, {appSpace, name, intent})
  const asked = performance.now()
  const {lease, atOnce} = await acquireLease(context, ask, first)
  if (!(lease instanceof Lease)) return reconcile(context, ask, lease, first)

  const journal: Journal = {made, started: false}
  try {
    const begun = createIntent(lease.record)
    // What was looked at while another run still worked here says nothing now.
    const checks =
      atOnce && performance.now() - asked < 2000 ? first : startPreflight(context, {appSpace, name, intent: begun})
    const {account, vars: seen} = await awaitPreflight(checks)
    requireFullAccount(account)
    const sameName = await checks.sameName
    const vars = await requireFreeVars(akkeris, {
      appSpace,
      vars: seen,
      ours: lease.record.accountSid ?? sameName[0]?.sid,
      begun: !lease.isNew,
      forced: intent.force ?? begun.force ?? false,
    })
    if (lease.isNew) await checks.candidates
    journal.started = true
    return await build(context, lease, {name, vars, sameName, candidates: checks.candidates, journal})
  } catch (error) {
    throw await concludeFailure(context, {lease, error, journal, keep: ask.keepOnFailure})
  }
}

interface Building {
  readonly name: string
  readonly vars: ConfigVars
  readonly sameName: readonly Account[]
  readonly candidates: Promise<Candidates>
  readonly journal: Journal
}

/** Steps 2 to 5. */
async function build(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  {name, vars, sameName, candidates, journal}: Building,
): Promise<Provisioned> {
  const {main, akkeris, progress} = context
  const {appSpace, accountSid: recorded} = lease.record
  const intent = createIntent(lease.record)

  if (recorded === undefined) progress(`making a subaccount for ${appSpace}`)
  const sub = await acquireSubaccount(lease, {name, sameName, made: journal.made, main})
  const accountSid = sub.account.sid

  const before = sub.isNew ? [] : await listNumbers(sub.twilio)
  let found: Promise<Candidates> | undefined = candidates
  const look = async () => {
    const next = found ?? lookForNumbers(main, intent)
    found = undefined
    return next
  }
  const [number] = await allOf([
    acquireNumber(context, {lease, sub, intent, before, candidates: look, made: journal.made}),
    recorded === accountSid ? undefined : lease.save({accountSid}),
  ])

  const addonVars: AddonVars = {
    TWILIO_AUTH_TOKEN: sub.account.authToken,
    TWILIO_PHONE_NUMBER: number.e164,
    TWILIO_SID: accountSid,
  }
  const missing = missingVars(vars, addonVars)
  if (Object.keys(missing).length > 0) {
    progress(`writing the config vars of ${appSpace}`)
    journal.written = {before: vars, vars: addonVars}
  }
  const [numbers, accounts] = await allOf([
    sub.whenSeen(() => listNumbers(sub.twilio)),
    findSubaccounts(main, name),
    lease.save({phoneNumber: number}),
    Object.keys(missing).length === 0
      ? undefined
      : lease.withTime(() => changeConfigVars(akkeris, appSpace, missing, {beforeEachTry: lease.requireTime})),
  ])

  // A rival, or a request of ours that was thought lost, may have bought too: what is recorded stays.
  const {tried = []} = lease.record
  const known = [number.sid, ...before.filter(({e164}) => !tried.includes(e164)).map(({sid}) => sid)]
  await Promise.all([
    ...numbers.filter(({sid}) => !known.includes(sid)).map(({sid}) => release(sub.twilio, sid)),
    ...accounts.filter(({sid}) => sid !== accountSid).map(({sid}) => closeSubaccount(main, sid)),
  ])
  await lease.release({state: 'ready', tried: []})
  return {created: true, repaired: [], record: lease.record, vars: addonVars}
}

function createIntent({intent, plan}: AddonRecord): CreateIntent {
  if (intent.operation === 'create') return intent
  throw new Error(`${plan}: a incomplete add-on without the intent to make it`)
}

/** All results, or the first failure, but not before everything has come to its end: what was bought must be known. */
async function allOf<Work extends readonly unknown[]>(
  work: readonly [...Work],
): Promise<{[At in keyof Work]: Awaited<Work[At]>}> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
