import {changeConfigVars, readConfigVars, type ConfigVars} from '../akkeris/config-vars.js'
import {Failure, refused, UnknownOutcome} from '../errors.js'
import {NoAnswer} from '../transport/types.js'
import {findSubaccounts, type Account} from '../twilio/accounts.js'
import {listNumbers} from '../twilio/numbers.js'
import {acquireNumber, acquireSubaccount, fetchIfThere, type Made} from './acquire.js'
import {lookForNumbers, settleChecks, startChecks, type Checks} from './checks.js'
import type {Candidates} from './choose-number.js'
import {Claim, ClaimLost, untilFree} from './claim.js'
import {closeSubaccount, release} from './give-back.js'
import {
  foreignVars,
  requireCreatable,
  requireOwnVars,
  requireSameHost,
  requireSamePlan,
  type CreateAsk,
} from './judge.js'
import {requireFullAccount} from './main-account.js'
import type {Means} from './means.js'
import {subaccountName, type AddonRecord, type CreateIntent} from './record.js'
import type {Entry} from './registry.js'
import {undo, type Written} from './undo.js'
import {missingVars, type AddonVars} from './vars.js'

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
export async function provision(means: Means, ask: CreateAsk): Promise<Provisioned> {
  const made: Made = {accounts: [], bought: []}
  for (let attempt = 1; ; attempt++) {
    try {
      const provisioned = await once(means, ask, made)
      await giveBack(means, made, provisioned)
      return provisioned
    } catch (error) {
      // Taken over while this run slept: what the other run made of it is looked at like anything found at the start.
      if (!(error instanceof ClaimLost) || attempt === 5) throw error
    }
  }
}

async function once(means: Means, ask: CreateAsk, made: Made): Promise<Provisioned> {
  const {registry, akkeris, progress} = means
  const {appSpace, intent} = ask
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})

  progress(`looking at ${appSpace} and the main account`)
  const first = startChecks(means, {appSpace, name, intent})
  const asked = performance.now()
  const {claim, atOnce} = await hold(means, ask, first)
  if (!(claim instanceof Claim)) return alreadyThere(means, ask, claim, first)

  const so: Progress = {started: false}
  try {
    const begun = createIntent(claim.record)
    // What was looked at while another run still worked here says nothing now.
    const checks =
      atOnce && performance.now() - asked < 2000 ? first : startChecks(means, {appSpace, name, intent: begun})
    const {account, vars: seen} = await settleChecks(checks)
    let vars = seen
    requireFullAccount(account)
    const namesakes = await checks.namesakes
    const ours = claim.record.accountSid ?? namesakes[0]?.sid
    const forced = intent.force ?? begun.force ?? false
    if (!forced && foreignVars(vars, {ours, begun: !claim.isNew}).length > 0) {
      // Read a moment before the claim, they may be of an add-on that was just destroyed.
      vars = await readConfigVars(akkeris, appSpace)
      requireOwnVars(vars, {appSpace, ours, begun: !claim.isNew})
    }
    if (claim.isNew) await checks.candidates
    so.started = true
    return await build(means, claim, {name, vars, namesakes, candidates: checks.candidates, made, so})
  } catch (error) {
    throw await settleFailure(means, {claim, error, keep: ask.keepOnFailure, made, so})
  }
}

/** How far a run came, for undoing it. */
interface Progress {
  /** False while nothing but the claim was written. */
  started: boolean
  written?: Written
}

interface Held {
  /** A claim of this run on the app-space, or the item of an add-on that is ready. */
  readonly claim: Claim | Entry
  /** False when there was somebody before: what was looked at meanwhile may be outdated. */
  readonly atOnce: boolean
}

/** @throws {Failure} `conflict` when the app-space is not to be had for what was asked. */
async function hold({registry, akkeris, waiting}: Means, ask: CreateAsk, checks: Checks): Promise<Held> {
  const {appSpace, intent} = ask
  const first = {
    v: 1,
    appSpace,
    host: akkeris.host,
    plan: intent.plan,
    state: 'provisioning',
    intent,
    reservations: [],
    createdAt: new Date().toISOString(),
  } as const
  const judge = (record: AddonRecord) => {
    requireSameHost(record, akkeris.host, registry.name)
    requireSamePlan(record, ask)
  }
  for (let atOnce = true; ; atOnce = false) {
    const claim = await orExplained(Claim.make(registry, first, checks.account), checks)
    if (claim) return {claim, atOnce}
    const entry = await untilFree(registry, appSpace, {...waiting, judge})
    if (!entry) continue
    if (entry.record.state === 'ready') return {claim: entry, atOnce: false}
    requireCreatable(entry.record)
    try {
      return {claim: await Claim.take(registry, entry), atOnce: false}
    } catch (error) {
      if (!(error instanceof ClaimLost)) throw error
    }
  }
}

/** When the claim fails, a check may know better why (wrong credentials, say). */
async function orExplained<Result>(claim: Promise<Result>, checks: Checks): Promise<Result> {
  try {
    return await claim
  } catch (error) {
    await settleChecks(checks)
    throw error
  }
}

interface Building {
  readonly name: string
  readonly vars: ConfigVars
  readonly namesakes: readonly Account[]
  readonly candidates: Promise<Candidates>
  readonly made: Made
  readonly so: Progress
}

/** Steps 2 to 5. */
async function build(
  means: Means,
  claim: Claim,
  {name, vars, namesakes, candidates, made, so}: Building,
): Promise<Provisioned> {
  const {main, akkeris, progress} = means
  const {appSpace, accountSid: recorded} = claim.record
  const intent = createIntent(claim.record)

  if (recorded === undefined) progress(`making a subaccount for ${appSpace}`)
  const sub = await acquireSubaccount(claim, {name, namesakes, made, main})
  const accountSid = sub.account.sid

  const before = sub.isNew ? [] : await listNumbers(sub.twilio)
  let found: Promise<Candidates> | undefined = candidates
  const look = async () => {
    const next = found ?? lookForNumbers(main, intent)
    found = undefined
    return next
  }
  const [number] = await allOf([
    acquireNumber(means, {claim, sub, intent, before, candidates: look, made}),
    recorded === accountSid ? undefined : claim.save({accountSid}),
  ])

  const addonVars: AddonVars = {
    TWILIO_AUTH_TOKEN: sub.account.authToken,
    TWILIO_PHONE_NUMBER: number.e164,
    TWILIO_SID: accountSid,
  }
  const missing = missingVars(vars, addonVars)
  if (Object.keys(missing).length > 0) {
    progress(`writing the config vars of ${appSpace}`)
    so.written = {before: vars, vars: addonVars}
  }
  const [numbers, accounts] = await allOf([
    sub.whenSeen(() => listNumbers(sub.twilio)),
    findSubaccounts(main, name),
    claim.save({phoneNumber: number}),
    Object.keys(missing).length === 0
      ? undefined
      : claim.withTime(() => changeConfigVars(akkeris, appSpace, missing, {beforeEachTry: claim.requireTime})),
  ])

  // A rival, or a request of ours that was thought lost, may have bought too: what is recorded stays.
  const known = [number.sid, ...before.map(({sid}) => sid)]
  await Promise.all([
    ...numbers.filter(({sid}) => !known.includes(sid)).map(({sid}) => release(sub.twilio, sid)),
    ...accounts.filter(({sid}) => sid !== accountSid).map(({sid}) => closeSubaccount(main, sid)),
  ])
  await claim.finish({state: 'ready'})
  return {created: true, repaired: [], record: claim.record, vars: addonVars}
}

/** An add-on that is ready: nothing is bought or restarted, but config vars that are missing or wrong are written back. */
async function alreadyThere(
  means: Means,
  {appSpace, intent}: CreateAsk,
  entry: Entry,
  checks: Checks,
): Promise<Provisioned> {
  const {main, akkeris, registry, progress} = means
  const {record} = entry
  await settleChecks(checks)
  const {accountSid, phoneNumber} = record
  // Read again: while this run waited for another one, that one wrote them.
  const [vars, account] = await Promise.all([
    readConfigVars(akkeris, appSpace),
    accountSid === undefined ? undefined : fetchIfThere(main, accountSid),
  ])
  const foreign = !intent.force && foreignVars(vars, {ours: accountSid, begun: true}).length > 0
  const closed = !account || account.status === 'closed' || !phoneNumber
  // Destroyed, and perhaps made anew, since it was read?
  if ((foreign || closed) && (await registry.read(appSpace))?.revision !== entry.revision) throw new ClaimLost(appSpace)
  if (foreign) requireOwnVars(vars, {appSpace, ours: accountSid, begun: true})
  if (closed) {
    throw refused(
      'SUBACCOUNT_CLOSED',
      `The subaccount of ${appSpace} (${accountSid ?? 'unknown'}) was closed outside of this tool.`,
      `To begin anew: aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}, then aka addons:create twilio:${record.plan} -a ${appSpace}`,
    )
  }
  const ours: AddonVars = {
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_PHONE_NUMBER: phoneNumber.e164,
    TWILIO_SID: account.sid,
  }
  const missing = missingVars(vars, ours)
  const repaired = Object.keys(missing)
  if (repaired.length > 0) {
    progress(`writing ${repaired.join(', ')} of ${appSpace} back`)
    const claim = await Claim.take(registry, entry)
    try {
      await changeConfigVars(akkeris, appSpace, missing, {beforeEachTry: claim.requireTime})
    } finally {
      await claim.finish()
    }
  }
  return {created: false, repaired, record, vars: ours}
}

interface Failed {
  readonly claim: Claim
  readonly error: unknown
  readonly keep: boolean
  readonly made: Made
  readonly so: Progress
}

/** Leaves things behind as promised for this kind of failure, and gives the error to end with. */
async function settleFailure(means: Means, {claim, error, keep, made, so}: Failed): Promise<unknown> {
  if (error instanceof ClaimLost) return error
  if (!so.started && claim.isNew) {
    await claim.remove().catch(() => undefined)
    return error
  }
  const definite = error instanceof Failure && error.outcome !== 'temporary' && error.outcome !== 'interrupted'
  if (definite && !keep) return undo(means, {claim, because: error, made, written: so.written})

  // A request may still be under way at Twilio: then whoever comes next must wait for the lease to run out.
  const underWay = error instanceof UnknownOutcome && error.cause instanceof NoAnswer
  if (!underWay) await claim.finish().catch(() => undefined)
  if (!(error instanceof Failure)) return error
  const {appSpace} = claim.record
  return error.withSuggestions(
    ...(definite
      ? [`What was made so far was kept; to go on: aka addons:create twilio:${claim.record.plan} -a ${appSpace}`]
      : []),
    `To undo it instead: aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`,
  )
}

/** What this run made before it lost its claim, and what the run that took over did not keep. */
async function giveBack({main}: Means, made: Made, {record}: Provisioned): Promise<void> {
  const surplus = made.bought.filter(({number}) => number.sid !== record.phoneNumber?.sid)
  await Promise.all(surplus.map(({number, account}) => release(account, number.sid)))
  const accounts = made.accounts.filter(({sid}) => sid !== record.accountSid)
  await Promise.all(accounts.map(({sid}) => closeSubaccount(main, sid)))
}

function createIntent({intent, plan}: AddonRecord): CreateIntent {
  if (intent.operation === 'create') return intent
  throw new Error(`${plan}: a half-made add-on without the intent to make it`)
}

/** All results, or the first failure, but not before everything has come to its end: what was bought must be known. */
async function allOf<Work extends readonly unknown[]>(
  work: readonly [...Work],
): Promise<{[At in keyof Work]: Awaited<Work[At]>}> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
