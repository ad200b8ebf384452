import {changeConfigVars, type ConfigVars} from '../akkeris/config-vars.js'
import {findSubaccounts, type Account} from '../twilio/accounts.js'
import {listNumbers} from '../twilio/numbers.js'
import {acquireNumber, acquireSubaccount, type Made} from './acquire.js'
import {lookForNumbers, settleChecks, startChecks} from './checks.js'
import type {Candidates} from './choose-number.js'
import {Claim} from '../registry/claim.js'
import {ClaimLost} from '../registry/items.js'
import {requireFreeVars} from './free-vars.js'
import {closeSubaccount, release} from './give-back.js'
import {hold} from './hold.js'
import type {CreateAsk} from './judge.js'
import {requireFullAccount} from './main-account.js'
import type {Means} from './means.js'
import {subaccountName, type AddonRecord, type CreateIntent} from './record.js'
import {repair} from './repair.js'
import {giveBack, giveBackTo} from './surplus.js'
import {settleFailure, type Journal} from './undo.js'
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
      await giveBack(means, made, provisioned.record)
      return provisioned
    } catch (error) {
      // Taken over while this run slept: what the other run made of it is looked at like anything found at the start.
      if (error instanceof ClaimLost && attempt < 5) continue
      // Why the run failed is what the person must hear, not that tidying up failed too.
      if (attempt > 1) await giveBackTo(means, made, ask.appSpace).catch(() => undefined)
      throw error
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
  if (!(claim instanceof Claim)) return repair(means, ask, claim, first)

  const journal: Journal = {made, started: false}
  try {
    const begun = createIntent(claim.record)
    // What was looked at while another run still worked here says nothing now.
    const checks =
      atOnce && performance.now() - asked < 2000 ? first : startChecks(means, {appSpace, name, intent: begun})
    const {account, vars: seen} = await settleChecks(checks)
    requireFullAccount(account)
    const namesakes = await checks.namesakes
    const vars = await requireFreeVars(akkeris, {
      appSpace,
      vars: seen,
      ours: claim.record.accountSid ?? namesakes[0]?.sid,
      begun: !claim.isNew,
      forced: intent.force ?? begun.force ?? false,
    })
    if (claim.isNew) await checks.candidates
    journal.started = true
    return await build(means, claim, {name, vars, namesakes, candidates: checks.candidates, journal})
  } catch (error) {
    throw await settleFailure(means, {claim, error, journal, keep: ask.keepOnFailure})
  }
}

interface Building {
  readonly name: string
  readonly vars: ConfigVars
  readonly namesakes: readonly Account[]
  readonly candidates: Promise<Candidates>
  readonly journal: Journal
}

/** Steps 2 to 5. */
async function build(
  means: Means,
  claim: Claim<AddonRecord>,
  {name, vars, namesakes, candidates, journal}: Building,
): Promise<Provisioned> {
  const {main, akkeris, progress} = means
  const {appSpace, accountSid: recorded} = claim.record
  const intent = createIntent(claim.record)

  if (recorded === undefined) progress(`making a subaccount for ${appSpace}`)
  const sub = await acquireSubaccount(claim, {name, namesakes, made: journal.made, main})
  const accountSid = sub.account.sid

  const before = sub.isNew ? [] : await listNumbers(sub.twilio)
  let found: Promise<Candidates> | undefined = candidates
  const look = async () => {
    const next = found ?? lookForNumbers(main, intent)
    found = undefined
    return next
  }
  const [number] = await allOf([
    acquireNumber(means, {claim, sub, intent, before, candidates: look, made: journal.made}),
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
    journal.written = {before: vars, vars: addonVars}
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
  const {tried = []} = claim.record
  const known = [number.sid, ...before.filter(({e164}) => !tried.includes(e164)).map(({sid}) => sid)]
  await Promise.all([
    ...numbers.filter(({sid}) => !known.includes(sid)).map(({sid}) => release(sub.twilio, sid)),
    ...accounts.filter(({sid}) => sid !== accountSid).map(({sid}) => closeSubaccount(main, sid)),
  ])
  await claim.finish({state: 'ready', tried: []})
  return {created: true, repaired: [], record: claim.record, vars: addonVars}
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
