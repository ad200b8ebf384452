import type {Created, Subaccount} from '../../lifecycle/create/acquire.js'
import {buyOne, copyRegulatory, transferIn} from '../buy.js'
import {lookForNumbers} from '../../lifecycle/create/preflight.js'
import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord, ChangeNumberIntent, HeldNumber} from '../../addon/record.js'
import {refused, type Failure} from '../../errors.js'
import type {Lease} from '../../registry/lease.js'
import {listNumbers, webhooksInPlaceOf, type OwnedNumber, type Webhooks} from '../../twilio/numbers.js'
import {begunIn} from './request.js'
import {setWebhooks} from '../set-webhooks.js'
import {carriedOver} from '../webhooks.js'

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
  readonly made: Created
}

/** The new number: adopted where an earlier run got it, else moved in or bought, with the webhooks of the old one. */
export async function acquireNew(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  acquiring: Acquiring,
): Promise<HeldNumber> {
  const {sub, before, isGiven} = acquiring
  const change = begunIn(lease)
  const {source, old} = change
  const [found] = ofChange(change, before)
  const webhooks = carriedOver(before.find(({sid}) => sid === old.sid)?.webhooks ?? {}, change)
  if (source.from === 'Twilio') {
    return found ? {sid: found.sid, e164: found.e164, transferred: false} : buyNew(context, lease, acquiring, webhooks)
  }
  if (source.from === 'main account') {
    if (!found) await moveNew(context, lease, acquiring, {number: source.number, webhooks})
  } else {
    if (!found) throw gone(source.number)
    if (!isGiven) await setWebhooks(sub.twilio, found, webhooksInPlaceOf(found.webhooks, webhooks))
  }
  return source.number
}

async function moveNew(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  {sub, made}: Acquiring,
  {number, webhooks}: {readonly number: HeldNumber; readonly webhooks: Webhooks},
): Promise<void> {
  const place = {lease, sub, made}
  const {sid, e164} = number
  const owned = (await listNumbers(context.main, {e164})).find((each) => each.sid === sid)
  if (!owned) throw gone(number)
  const papers = await copyRegulatory(context, place, begunIn(lease))
  context.progress(`moving ${e164} from the main account into ${sub.account.sid}`)
  await transferIn(context, place, owned, {...papers, ...webhooksInPlaceOf(owned.webhooks, webhooks)})
}

async function buyNew(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  {sub, before, made}: Acquiring,
  webhooks: Webhooks,
): Promise<HeldNumber> {
  const place = {lease, sub, made}
  const change = begunIn(lease)
  const candidates = candidatesOf(change)
  const options = {...(await copyRegulatory(context, place, change)), ...webhooks}
  context.progress(`buying ${candidates[0] ?? 'a number'} in ${sub.account.sid}`)
  const more = async () => {
    const {numbers} = await lookForNumbers(context.main, change)
    const fresh = numbers.filter((e164) => before.every((held) => held.e164 !== e164))
    // Written first: what is bought is known to be of this change by that alone.
    const all = [...new Set([...candidatesOf(begunIn(lease)), ...fresh])]
    await lease.save({intent: {...begunIn(lease), source: {from: 'Twilio', candidates: all}}})
    return fresh
  }
  const exactly = change.phoneNumber !== undefined
  const {sid, e164} = await buyOne(context, {...place, numbers: candidates, options, ...(!exactly && {more})})
  return {sid, e164, transferred: false}
}

function candidatesOf({source}: ChangeNumberIntent): readonly string[] {
  return source.from === 'Twilio' ? source.candidates : []
}

function gone({e164}: HeldNumber): Failure {
  return refused('NUMBER_GONE', `${e164} is not where it was any more.`, 'Choose another number.')
}
