import {conflict, refused} from '../errors.js'
import {createSubaccount, fetchAccount, findSubaccounts, type Account} from '../twilio/accounts.js'
import {subaccount, type TwilioAccount} from '../twilio/connect.js'
import {isMissing, refusedWith, twilioCodes, TwilioRefusal} from '../twilio/errors.js'
import {buyNumber, listNumbers, moveNumber, type NumberOptions, type OwnedNumber} from '../twilio/numbers.js'
import {cloneBundle, createAddress, fetchAddress, findAddress, findBundle} from '../twilio/regulation.js'
import type {Candidates} from './choose-number.js'
import type {Claim} from '../registry/claim.js'
import type {Means} from './means.js'
import {makeOnce, settle} from './once.js'
import type {AddonRecord, CreateIntent, HeldNumber} from './record.js'

/** What this run made, for undoing it, or giving back what turns out to be one too many. */
export interface Made {
  readonly accounts: Account[]
  readonly bought: {readonly number: OwnedNumber; readonly account: TwilioAccount}[]
  /** As it was in the main account before. */
  moved?: {readonly number: OwnedNumber; readonly to: string}
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
  claim: Claim<AddonRecord>,
  {name, namesakes, made, main}: {name: string; namesakes: readonly Account[]; made: Made; main: TwilioAccount},
): Promise<Subaccount> {
  const {accountSid, appSpace} = claim.record
  // Closed: the undoing of an earlier run was cut short after this step.
  const recorded = accountSid === undefined ? undefined : await fetchOpen(main, accountSid)
  if (recorded) return known(main, recorded, false)

  const [orphan, ...others] = namesakes
  if (orphan && others.length > 0) {
    throw conflict(
      'SEVERAL_SUBACCOUNTS',
      `There are several subaccounts of ${appSpace}: ${[orphan, ...others].map(({sid}) => sid).join(', ')}.`,
      `Look at them in https://console.twilio.com, close all but the one to keep (all are named "${name}"), then run this again.`,
    )
  }
  // Fetched again: it may have been found a moment before another run closed it.
  const adopted = orphan && (await fetchOpen(main, orphan.sid))
  if (adopted) return known(main, adopted, false)

  const account = await makeOnce(
    {
      make: () => claim.withTime(() => createSubaccount(main, name, {beforeEachTry: claim.requireTime})),
      look: async () => (await findSubaccounts(main, name))[0],
    },
    main.transport,
  )
  made.accounts.push(account)
  return known(main, account, true)
}

function known(main: TwilioAccount, account: Account, isNew: boolean): Subaccount {
  return {
    account,
    twilio: subaccount(main, account),
    isNew,
    whenSeen: (work) => (isNew ? settle(work, isNotSeenYet, main.transport) : work()),
  }
}

async function fetchOpen(main: TwilioAccount, sid: string): Promise<Account | undefined> {
  const account = await fetchIfThere(main, sid)
  return account?.status === 'closed' ? undefined : account
}

export async function fetchIfThere(main: TwilioAccount, sid: string): Promise<Account | undefined> {
  try {
    return await settle(() => fetchAccount(main, sid), isMissing, main.transport)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

interface NumberHunt {
  readonly claim: Claim<AddonRecord>
  readonly sub: Subaccount
  readonly intent: CreateIntent
  /** Numbers that the subaccount held before this run. */
  readonly before: readonly OwnedNumber[]
  readonly candidates: () => Promise<Candidates>
  readonly made: Made
}

/** The app-space's number: what the subaccount holds already, else moved in from the main account, else bought. */
export async function acquireNumber(means: Means, hunt: NumberHunt): Promise<HeldNumber> {
  const {claim, intent, before, sub} = hunt
  const recorded = claim.record.phoneNumber
  const held =
    before.find(({sid}) => sid === recorded?.sid) ??
    (intent.phoneNumber === undefined ? before[0] : before.find(({e164}) => e164 === intent.phoneNumber))
  if (held) return {sid: held.sid, e164: held.e164, movedIn: recorded?.sid === held.sid && recorded.movedIn}

  const {owned, numbers} = await hunt.candidates()
  const options = await numberOptions(means, hunt)
  if (owned) {
    means.progress(`moving ${owned.e164} from the main account into ${sub.account.sid}`)
    return move(means, hunt, owned, options)
  }
  means.progress(`buying ${numbers[0] ?? 'a number'} in ${sub.account.sid}`)
  const {sid, e164} = await buy(means, hunt, numbers, options)
  return {sid, e164, movedIn: false}
}

async function move(
  {main}: Means,
  {claim, sub, made}: NumberHunt,
  number: OwnedNumber,
  options: NumberOptions,
): Promise<HeldNumber> {
  const {sid, e164} = number
  const to = sub.account.sid
  const held = {sid, e164, movedIn: true}
  // Written first: otherwise a run that resumes could not tell that the number must go back when the add-on is undone.
  await claim.save({phoneNumber: held})
  made.moved = {number, to}
  const look = async () => (await listNumbers(sub.twilio, {e164})).find((each) => each.sid === sid)
  const make = async () => {
    await claim.keep()
    try {
      return await sub.whenSeen(() => moveNumber(main, {number: sid, from: main.sid, to, options}))
    } catch (error) {
      // No longer in the main account: moved by a request that was thought lost?
      const moved = isMissing(error) ? await look() : undefined
      if (!moved) throw error
      return moved
    }
  }
  await makeOnce({make, look}, main.transport)
  return held
}

async function buy(
  {main}: Means,
  hunt: NumberHunt,
  numbers: readonly string[],
  options: NumberOptions,
): Promise<OwnedNumber> {
  const {claim, sub, intent, made} = hunt
  const exactly = intent.phoneNumber !== undefined
  // Somebody else may be faster each time: after a whole list, another one.
  for (let list = 1; list <= 3; list++) {
    for (const e164 of list === 1 ? numbers : (await hunt.candidates()).numbers) {
      const look = async () => (await listNumbers(sub.twilio, {e164}))[0]
      const purchase = () =>
        sub.whenSeen(() => buyNumber(sub.twilio, e164, options, {beforeEachTry: claim.requireTime}))
      try {
        const number = await makeOnce({look, make: () => claim.withTime(purchase)}, main.transport)
        made.bought.push({number, account: sub.twilio})
        return number
      } catch (error) {
        if (!refusedWith(error, twilioCodes.numberTaken)) throw error
        // Taken by a request of ours that was thought lost?
        const ours = await look()
        if (ours) {
          made.bought.push({number: ours, account: sub.twilio})
          return ours
        }
        if (exactly) throw error
        // Should that request have bought it after all, a later run knows by this that it is one too many.
        await claim.save({tried: [...(claim.record.tried ?? []), e164]})
      }
    }
  }
  throw refused(
    'NO_NUMBERS',
    'Every number that Twilio offered was taken by somebody else first.',
    'Ask for a wider choice, e.g. without --area-code or --contains.',
  )
}

/** A subaccount made a moment ago may be unknown to the part of Twilio that sells numbers: nothing was bought then. */
function isNotSeenYet(error: unknown): boolean {
  return isMissing(error) || (error instanceof TwilioRefusal && error.twilio?.status === 401)
}

/** Addresses and bundles belong to one account: the subaccount gets copies of the main account's. */
async function numberOptions({main, progress}: Means, {claim, sub, intent}: NumberHunt): Promise<NumberOptions> {
  const {addressSid, bundleSid, voiceUrl, smsUrl} = intent
  const sending = {beforeEachTry: claim.requireTime}
  const copied: {addressSid?: string; bundleSid?: string} = {}
  if (addressSid !== undefined) {
    progress(`copying the address ${addressSid} into ${sub.account.sid}`)
    const address = await fetchAddress(main, addressSid)
    const look = () => sub.whenSeen(() => findAddress(sub.twilio, address))
    copied.addressSid =
      (await look()) ??
      (await makeOnce(
        {look, make: () => claim.withTime(() => createAddress(sub.twilio, address, sending))},
        main.transport,
      ))
  }
  if (bundleSid !== undefined) {
    progress(`copying the bundle ${bundleSid} into ${sub.account.sid}`)
    const friendlyName = `aka-twilio ${bundleSid}`
    const look = () => sub.whenSeen(() => findBundle(sub.twilio, friendlyName))
    copied.bundleSid =
      (await look()) ??
      (await makeOnce(
        {
          look,
          make: () => claim.withTime(() => cloneBundle(main, {bundleSid, to: sub.account.sid, friendlyName}, sending)),
        },
        main.transport,
      ))
  }
  return {...copied, ...(voiceUrl !== undefined && {voiceUrl}), ...(smsUrl !== undefined && {smsUrl})}
}
