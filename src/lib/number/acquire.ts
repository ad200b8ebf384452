import type {AddonContext} from '../addon/context.js'
import {webhookUrlsOf} from '../addon/number-options.js'
import type {AddonRecord, CreateIntent, HeldNumber} from '../addon/record.js'
import type {Lease} from '../registry/lease.js'
import {untilListed} from '../transport/idempotent.js'
import {ensureWebhooks, listNumbers, type OwnedNumber} from '../twilio/numbers.js'
import {buyOne, type Destination, transferIn} from './buy.js'
import {copyRegulatory} from './regulatory.js'
import type {Candidates} from './search.js'

interface Acquisition extends Destination {
  readonly lease: Lease<AddonRecord>
  readonly intent: CreateIntent
  /** Numbers that the subaccount held before this run. */
  readonly before: readonly OwnedNumber[]
  readonly candidates: () => Promise<Candidates>
}

/** The app-space's number: what the subaccount holds already, else transferred from the main account, else bought. */
export async function acquireNumber(context: AddonContext, acquisition: Acquisition): Promise<HeldNumber> {
  const {lease, intent, before, sub} = acquisition
  const held = heldAlready(lease.record, intent, before)
  if (held) return adopt(acquisition, held)
  const lately = await boughtLately(acquisition)
  if (lately) return lately

  const {owned, numbers} = await acquisition.candidates()
  const settings = {...(await copyRegulatory(context, sub, intent, lease)), ...webhookUrlsOf(intent)}
  if (owned) {
    const transferred = {sid: owned.sid, e164: owned.e164, transferred: true}
    // Written first: otherwise a run that resumes could not tell that the number must go back when the add-on is rolled back.
    await lease.save({phoneNumber: transferred})
    await transferIn(context, acquisition, owned, settings)
    return transferred
  }
  const {sid, e164} = await buyOne(context, {
    ...acquisition,
    numbers,
    settings,
    isResumed: !sub.isNew,
    ...(intent.phoneNumber === undefined && {more: async () => (await acquisition.candidates()).numbers}),
    onTaken: async (taken) => lease.save({tried: [...(lease.record.tried ?? []), taken]}),
  })
  return {sid, e164, transferred: false}
}

/** What an earlier run bought and wrote down may take a while to show. */
async function boughtLately({lease, sub}: Acquisition): Promise<HeldNumber | undefined> {
  const {phoneNumber: recorded} = lease.record
  if (!recorded || recorded.transferred || sub.isNew) return undefined
  const {sid, e164} = recorded
  const find = async () => (await listNumbers(sub.twilio, {e164})).find((number) => number.sid === sid)
  return (await untilListed(sub.twilio.transport, find, {guard: lease, what: `for ${e164} to show`})) && recorded
}

function heldAlready(
  {phoneNumber: recorded}: AddonRecord,
  {phoneNumber: wanted}: CreateIntent,
  before: readonly OwnedNumber[],
): OwnedNumber | undefined {
  return (
    before.find(({sid}) => sid === recorded?.sid) ??
    (wanted === undefined ? before[0] : before.find(({e164}) => e164 === wanted))
  )
}

/** It calls what was asked for from now on, as a number that is bought does. */
async function adopt({lease, intent, sub}: Acquisition, number: OwnedNumber): Promise<HeldNumber> {
  const {phoneNumber: recorded} = lease.record
  await ensureWebhooks(sub.twilio, number, webhookUrlsOf(intent))
  const {sid, e164} = number
  return {sid, e164, transferred: recorded?.sid === sid && recorded.transferred}
}
