import type {Made, Subaccount} from '../addon/acquire.js'
import {buyOne, copyPapers, moveIn} from '../addon/buy-number.js'
import {lookForNumbers} from '../addon/checks.js'
import type {Means} from '../addon/means.js'
import type {AddonRecord, ChangeNumberIntent, HeldNumber} from '../addon/record.js'
import {refused, type Failure} from '../errors.js'
import type {Claim} from '../registry/claim.js'
import {listNumbers, webhooksInPlaceOf, type OwnedNumber, type Webhooks} from '../twilio/numbers.js'
import {begunIn} from './change-ask.js'
import {setWebhooks} from './set-webhooks.js'
import {carriedOver} from './webhooks.js'

/** The numbers of the subaccount that are there for the sake of a change, the one to use first. */
export function ofChange({number, source, old}: ChangeNumberIntent, held: readonly OwnedNumber[]): OwnedNumber[] {
  const isOurs = ({sid, e164}: OwnedNumber) =>
    source.from === 'Twilio' ? source.candidates.includes(e164) : sid === source.number.sid
  const ours = held.filter((each) => each.sid !== old.sid && isOurs(each))
  return [...ours.filter(({sid}) => sid === number?.sid), ...ours.filter(({sid}) => sid !== number?.sid)]
}

interface Acquiring {
  readonly sub: Subaccount
  /** What the subaccount holds. */
  readonly before: readonly OwnedNumber[]
  /** Whether the app has the new number already. */
  readonly isGiven: boolean
  readonly made: Made
}

/** The new number: adopted where an earlier run got it, else moved in or bought, with the webhooks of the old one. */
export async function acquireNew(means: Means, claim: Claim<AddonRecord>, acquiring: Acquiring): Promise<HeldNumber> {
  const {sub, before, isGiven} = acquiring
  const change = begunIn(claim)
  const {source, old} = change
  const [found] = ofChange(change, before)
  const webhooks = carriedOver(before.find(({sid}) => sid === old.sid)?.webhooks ?? {}, change)
  if (source.from === 'Twilio') {
    return found ? {sid: found.sid, e164: found.e164, movedIn: false} : buyNew(means, claim, acquiring, webhooks)
  }
  if (source.from === 'main account') {
    if (!found) await moveNew(means, claim, acquiring, {number: source.number, webhooks})
  } else {
    if (!found) throw gone(source.number)
    if (!isGiven) await setWebhooks(sub.twilio, found, webhooksInPlaceOf(found.webhooks, webhooks))
  }
  return source.number
}

async function moveNew(
  means: Means,
  claim: Claim<AddonRecord>,
  {sub, made}: Acquiring,
  {number, webhooks}: {readonly number: HeldNumber; readonly webhooks: Webhooks},
): Promise<void> {
  const place = {claim, sub, made}
  const {sid, e164} = number
  const owned = (await listNumbers(means.main, {e164})).find((each) => each.sid === sid)
  if (!owned) throw gone(number)
  const papers = await copyPapers(means, place, begunIn(claim))
  means.progress(`moving ${e164} from the main account into ${sub.account.sid}`)
  await moveIn(means, place, owned, {...papers, ...webhooksInPlaceOf(owned.webhooks, webhooks)})
}

async function buyNew(
  means: Means,
  claim: Claim<AddonRecord>,
  {sub, before, made}: Acquiring,
  webhooks: Webhooks,
): Promise<HeldNumber> {
  const place = {claim, sub, made}
  const change = begunIn(claim)
  const candidates = candidatesOf(change)
  const options = {...(await copyPapers(means, place, change)), ...webhooks}
  means.progress(`buying ${candidates[0] ?? 'a number'} in ${sub.account.sid}`)
  const more = async () => {
    const {numbers} = await lookForNumbers(means.main, change)
    const fresh = numbers.filter((e164) => before.every((held) => held.e164 !== e164))
    // Written first: what is bought is known to be of this change by that alone.
    const all = [...new Set([...candidatesOf(begunIn(claim)), ...fresh])]
    await claim.save({intent: {...begunIn(claim), source: {from: 'Twilio', candidates: all}}})
    return fresh
  }
  const exactly = change.phoneNumber !== undefined
  const {sid, e164} = await buyOne(means, {...place, numbers: candidates, options, ...(!exactly && {more})})
  return {sid, e164, movedIn: false}
}

function candidatesOf({source}: ChangeNumberIntent): readonly string[] {
  return source.from === 'Twilio' ? source.candidates : []
}

function gone({e164}: HeldNumber): Failure {
  return refused('NUMBER_GONE', `${e164} is not where it was any more.`, 'Choose another number.')
}
