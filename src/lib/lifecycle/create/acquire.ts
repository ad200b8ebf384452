import {conflict} from '../../errors.js'
import {createSubaccount, fetchAccount, findSubaccounts, type Account} from '../../twilio/accounts.js'
import {subaccount, type TwilioAccount} from '../../twilio/connect.js'
import {isMissing, TwilioRefusal} from '../../twilio/errors.js'
import type {NumberSettings, OwnedNumber} from '../../twilio/numbers.js'
import {buyOne, copyRegulatory, transferIn, type Place} from '../../number/buy.js'
import type {Candidates} from '../../number/search.js'
import type {Lease} from '../../registry/lease.js'
import type {AddonContext} from '../../addon/context.js'
import {sendOnce, retryUntilVisible} from '../../transport/idempotent.js'
import type {AddonRecord, CreateIntent, HeldNumber} from '../../addon/record.js'

/** What this run made, for undoing it, or giving back what turns out to be one too many. */
export interface Created {
  readonly accounts: Account[]
  readonly bought: {readonly number: OwnedNumber; readonly account: TwilioAccount}[]
  /** As it was in the main account before. */
  transferred?: {readonly number: OwnedNumber; readonly to: string; readonly options: NumberSettings}
}

export interface Subaccount {
  readonly account: Account
  readonly twilio: TwilioAccount
  readonly isNew: boolean
  /** Does work in it; just after its creation for a few seconds again while parts of Twilio do not know it yet. */
  readonly whenSeen: <Result>(work: () => Promise<Result>) => Promise<Result>
}

/** The app-space's subaccount: the recorded one, else the one orphan of its name, else a new one. */
export async function acquireSubaccount(
  lease: Lease<AddonRecord>,
  {name, sameName, made, main}: {name: string; sameName: readonly Account[]; made: Created; main: TwilioAccount},
): Promise<Subaccount> {
  const {accountSid, appSpace} = lease.record
  // Closed: the undoing of an earlier run was cut short after this step.
  const recorded = accountSid === undefined ? undefined : await fetchOpen(main, accountSid)
  if (recorded) return knownSubaccount(main, recorded)

  const [orphan, ...others] = sameName
  if (orphan && others.length > 0) {
    throw conflict(
      'SEVERAL_SUBACCOUNTS',
      `There are several subaccounts of ${appSpace}: ${[orphan, ...others].map(({sid}) => sid).join(', ')}.`,
      `Look at them in https://console.twilio.com, close all but the one to keep (all are named "${name}"), then run this again.`,
    )
  }
  // Fetched again: it may have been found a moment before another run closed it.
  const adopted = orphan && (await fetchOpen(main, orphan.sid))
  if (adopted) return knownSubaccount(main, adopted)

  const account = await sendOnce(main.transport, {
    send: () => lease.withTime(() => createSubaccount(main, name, {beforeEachTry: lease.requireTime})),
    find: async () => (await findSubaccounts(main, name))[0],
  })
  made.accounts.push(account)
  return knownSubaccount(main, account, {isNew: true})
}

export function knownSubaccount(main: TwilioAccount, account: Account, {isNew} = {isNew: false}): Subaccount {
  return {
    account,
    twilio: subaccount(main, account),
    isNew,
    whenSeen: (work) => (isNew ? retryUntilVisible(main.transport, work, isNotSeenYet) : work()),
  }
}

async function fetchOpen(main: TwilioAccount, sid: string): Promise<Account | undefined> {
  const account = await fetchIfThere(main, sid)
  return account?.status === 'closed' ? undefined : account
}

export async function fetchIfThere(main: TwilioAccount, sid: string): Promise<Account | undefined> {
  try {
    return await retryUntilVisible(main.transport, () => fetchAccount(main, sid), isMissing)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

interface NumberHunt extends Place {
  readonly intent: CreateIntent
  /** Numbers that the subaccount held before this run. */
  readonly before: readonly OwnedNumber[]
  readonly candidates: () => Promise<Candidates>
}

/** The app-space's number: what the subaccount holds already, else moved in from the main account, else bought. */
export async function acquireNumber(context: AddonContext, hunt: NumberHunt): Promise<HeldNumber> {
  const {lease, intent, before, sub} = hunt
  const recorded = lease.record.phoneNumber
  const held =
    before.find(({sid}) => sid === recorded?.sid) ??
    (intent.phoneNumber === undefined ? before[0] : before.find(({e164}) => e164 === intent.phoneNumber))
  if (held) return {sid: held.sid, e164: held.e164, transferred: recorded?.sid === held.sid && recorded.transferred}

  const {owned, numbers} = await hunt.candidates()
  const {voiceUrl, smsUrl} = intent
  const options = {
    ...(await copyRegulatory(context, hunt, intent)),
    ...(voiceUrl !== undefined && {voiceUrl}),
    ...(smsUrl !== undefined && {smsUrl}),
  }
  if (owned) {
    context.progress(`moving ${owned.e164} from the main account into ${sub.account.sid}`)
    const moved = {sid: owned.sid, e164: owned.e164, transferred: true}
    // Written first: otherwise a run that resumes could not tell that the number must go back when the add-on is undone.
    await lease.save({phoneNumber: moved})
    await transferIn(context, hunt, owned, options)
    return moved
  }
  context.progress(`buying ${numbers[0] ?? 'a number'} in ${sub.account.sid}`)
  const {sid, e164} = await buyOne(context, {
    ...hunt,
    numbers,
    options,
    ...(intent.phoneNumber === undefined && {more: async () => (await hunt.candidates()).numbers}),
    onTaken: async (taken) => lease.save({tried: [...(lease.record.tried ?? []), taken]}),
  })
  return {sid, e164, transferred: false}
}

/** A subaccount made a moment ago may be unknown to the part of Twilio that sells numbers: nothing was bought then. */
function isNotSeenYet(error: unknown): boolean {
  return isMissing(error) || (error instanceof TwilioRefusal && error.twilio?.status === 401)
}
