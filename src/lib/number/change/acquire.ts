import type {AddonContext} from '../../addon/context.js'
import {webhookUrlsOf} from '../../addon/number-options.js'
import type {AddonRecord, ChangeNumberIntent, HeldNumber} from '../../addon/record.js'
import {type Failure, refused} from '../../errors.js'
import type {Lease} from '../../registry/lease.js'
import {ensureWebhooks, listNumbers, type OwnedNumber} from '../../twilio/numbers.js'
import {webhookChanges, type Webhooks, withUrls} from '../../twilio/webhooks.js'
import {buyOne, type Destination, transferIn} from '../buy.js'
import {copyRegulatory} from '../regulatory.js'
import {findCandidates} from '../search.js'
import {changeUnderWay} from './request.js'

/** The numbers of the subaccount that are there for the sake of a change, the one to use first. */
export function numbersOfChange(
  {number, source, old}: ChangeNumberIntent,
  held: readonly OwnedNumber[],
): OwnedNumber[] {
  const isOurs = ({sid, e164}: OwnedNumber) =>
    source.from === 'Twilio' ? source.candidates.includes(e164) : sid === source.number.sid
  const ours = held.filter((each) => each.sid !== old.sid && isOurs(each))
  return [...ours.filter(({sid}) => sid === number?.sid), ...ours.filter(({sid}) => sid !== number?.sid)]
}

interface Acquiring extends Destination {
  readonly lease: Lease<AddonRecord>
  /** What the subaccount holds. */
  readonly before: readonly OwnedNumber[]
  /** Whether the app has the new number already. */
  readonly isInUse: boolean
  /** Whether an earlier run began the change. */
  readonly isResumed: boolean
}

/** The new number: adopted where an earlier run got it, else transferred or bought, with the webhooks of the old one. */
export async function acquireNew(context: AddonContext, acquiring: Acquiring): Promise<HeldNumber> {
  const {lease, sub, before, isInUse} = acquiring
  const change = changeUnderWay(lease)
  const {source, old} = change
  const [found] = numbersOfChange(change, before)
  const webhooks = withUrls(before.find(({sid}) => sid === old.sid)?.webhooks ?? {}, webhookUrlsOf(change))
  switch (source.from) {
    case 'Twilio':
      return found ? {sid: found.sid, e164: found.e164, transferred: false} : buyNew(context, acquiring, webhooks)
    case 'main account':
      if (!found) await transferNew(context, acquiring, source.number, webhooks)
      return source.number
    case 'subaccount':
      if (!found) throw gone(source.number)
      if (!isInUse) await ensureWebhooks(sub.twilio, found, webhookChanges(found.webhooks, webhooks))
      return source.number
  }
}

async function transferNew(
  context: AddonContext,
  acquiring: Acquiring,
  number: HeldNumber,
  webhooks: Webhooks,
): Promise<void> {
  const {lease, sub} = acquiring
  const owned = (await listNumbers(context.main, {e164: number.e164})).find(({sid}) => sid === number.sid)
  if (!owned) throw gone(number)
  const regulatory = await copyRegulatory(context, sub, changeUnderWay(lease), lease)
  await transferIn(context, acquiring, owned, {...regulatory, ...webhookChanges(owned.webhooks, webhooks)})
}

async function buyNew(context: AddonContext, acquiring: Acquiring, webhooks: Webhooks): Promise<HeldNumber> {
  const {lease, sub, before} = acquiring
  const change = changeUnderWay(lease)
  const numbers = candidatesOf(change)
  const settings = {...(await copyRegulatory(context, sub, change, lease)), ...webhooks}
  const more = async () => {
    const found = await findCandidates(context.main, change, lease.record.appSpace)
    const fresh = found.numbers.filter((e164) => before.every((held) => held.e164 !== e164))
    // Written first: what is bought is known to be of this change by that alone.
    const all = [...new Set([...candidatesOf(changeUnderWay(lease)), ...fresh])]
    await lease.save({intent: {...changeUnderWay(lease), source: {from: 'Twilio', candidates: all}}})
    return fresh
  }
  const mayBeAnother = change.phoneNumber === undefined
  const {sid, e164} = await buyOne(context, {...acquiring, numbers, settings, ...(mayBeAnother && {more})})
  return {sid, e164, transferred: false}
}

function candidatesOf({source}: ChangeNumberIntent): readonly string[] {
  return source.from === 'Twilio' ? source.candidates : []
}

function gone({e164}: HeldNumber): Failure {
  return refused('NUMBER_GONE', `${e164} is no longer where it was.`, 'Choose another number.')
}
