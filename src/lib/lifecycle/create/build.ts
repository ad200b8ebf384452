import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord, CreateIntent, HeldNumber} from '../../addon/record.js'
import {writeConfigVars} from '../../addon/roll-out.js'
import {type AddonVars, missingVars} from '../../addon/vars.js'
import type {ConfigVars} from '../../akkeris/config-vars.js'
import {allOf} from '../../all-of.js'
import {acquireNumber} from '../../number/acquire.js'
import {type Candidates, findCandidates} from '../../number/search.js'
import type {Lease} from '../../registry/lease.js'
import {type Account, ensureAccountStatus, findSubaccounts} from '../../twilio/accounts.js'
import {ensureReleased, listNumbers, type OwnedNumber} from '../../twilio/numbers.js'
import type {Subaccount} from '../../twilio/subaccount.js'
import type {Provisioned} from './result.js'
import type {Journal} from './rollback.js'
import {acquireSubaccount} from './subaccount.js'

export interface Building {
  /** Of the subaccount. */
  readonly name: string
  readonly intent: CreateIntent
  readonly vars: ConfigVars
  readonly sameName: readonly Account[]
  readonly candidates: Promise<Candidates>
  readonly journal: Journal
}

/** The steps between the lease and the last write of the item. */
export async function build(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  building: Building,
): Promise<Provisioned> {
  const {main, progress, onNewSubaccount: onNew} = context
  const {name, sameName, journal} = building
  const {appSpace, accountSid: recorded} = lease.record

  const acquireSub = () => acquireSubaccount(lease, {main, name, sameName, created: journal.created, onNew})
  const sub = await (recorded === undefined
    ? progress(`creating a subaccount for ${appSpace}`, acquireSub)
    : acquireSub())
  const accountSid = sub.account.sid
  const before = sub.isNew ? [] : await listNumbers(sub.twilio)

  const [number] = await allOf([
    acquire(context, lease, building, {sub, before}),
    recorded === accountSid
      ? undefined
      : lease.saveAcquired({accountSid, ...(sub.isNew && {rotatedAt: new Date().toISOString()})}),
  ])

  const vars: AddonVars = {
    TWILIO_AUTH_TOKEN: sub.account.authToken,
    TWILIO_PHONE_NUMBER: number.e164,
    TWILIO_SID: accountSid,
  }
  const [numbers, accounts] = await allOf([
    sub.whenVisible(() => listNumbers(sub.twilio)),
    findSubaccounts(main, name),
    lease.saveAcquired({phoneNumber: number}),
    writeMissingVars(context, lease, building, vars),
  ])

  await releaseRivals(context, lease, {sub, before, number, numbers, accounts})
  return {created: true, repaired: [], record: lease.record, vars}
}

async function acquire(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  {intent, candidates, journal}: Building,
  {sub, before}: {readonly sub: Subaccount; readonly before: readonly OwnedNumber[]},
): Promise<HeldNumber> {
  let found: Promise<Candidates> | undefined = candidates
  const next = async () => {
    const list = found ?? findCandidates(context.main, intent, lease.record.appSpace)
    found = undefined
    return list
  }
  return acquireNumber(context, {lease, sub, intent, before, candidates: next, created: journal.created})
}

async function writeMissingVars(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  {vars: before, journal}: Building,
  vars: AddonVars,
): Promise<void> {
  const missing = missingVars(before, vars)
  if (Object.keys(missing).length === 0) return
  journal.written = {before, vars}
  await writeConfigVars(context, lease, missing)
}

interface Rivals {
  readonly sub: Subaccount
  readonly before: readonly OwnedNumber[]
  readonly number: HeldNumber
  readonly numbers: readonly OwnedNumber[]
  readonly accounts: readonly Account[]
}

/** Another run, or a request of ours that was thought lost, may have bought too: what is recorded stays. */
async function releaseRivals(
  {main}: AddonContext,
  {record: {tried = []}}: Lease<AddonRecord>,
  {sub, before, number, numbers, accounts}: Rivals,
): Promise<void> {
  const kept = [number.sid, ...before.filter(({e164}) => !tried.includes(e164)).map(({sid}) => sid)]
  await Promise.all([
    ...numbers.filter(({sid}) => !kept.includes(sid)).map(({sid}) => ensureReleased(sub.twilio, sid)),
    ...accounts.filter(({sid}) => sid !== sub.account.sid).map(({sid}) => ensureAccountStatus(main, sid, 'closed')),
  ])
}
