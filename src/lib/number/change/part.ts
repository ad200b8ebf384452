import type {AddonContext} from '../../addon/context.js'
import {requireActive} from '../../addon/info.js'
import {acquireAddonLease} from '../../addon/lease.js'
import type {HeldNumber} from '../../addon/record.js'
import {Failure} from '../../errors.js'
import {runOperation} from '../../registry/operation.js'
import {subaccount, type TwilioAccount} from '../../twilio/connect.js'
import {ensureReleased, ensureTransferredToMain, listNumbers} from '../../twilio/numbers.js'
import type {ChangePlan} from './plan.js'
import type {NumberChanged, OldNumber} from './result.js'

interface Parting {
  readonly old: HeldNumber
  /** Move it to the main account rather than release it. */
  readonly keepOld: boolean
}

/**
 * Releases the old number, or transfers it to the main account. Where Twilio refuses for good (an emergency address is attached,
 * say), it stays: the app has the new one, and the add-on is not to be unfinished for ever.
 */
export async function partWith(
  context: AddonContext,
  parting: Parting,
  from: {readonly from: TwilioAccount; readonly isThere: boolean},
): Promise<OldNumber> {
  try {
    return {oldIs: await letGo(context, parting, from)}
  } catch (error) {
    if (!(error instanceof Failure) || error.outcome !== 'refused') throw error
    return {oldIs: 'held', refusal: error}
  }
}

async function letGo(
  {main, progress, warn}: AddonContext,
  {old, keepOld}: Parting,
  {from, isThere}: {readonly from: TwilioAccount; readonly isThere: boolean},
): Promise<OldNumber['oldIs']> {
  if (!keepOld) {
    await progress(`releasing ${old.e164}`, () => ensureReleased(from, old.sid))
    return 'released'
  }
  if (!isThere && !(await listNumbers(main, {e164: old.e164})).some(({sid}) => sid === old.sid)) {
    warn(`${old.e164} is no longer in the subaccount nor in the main account: there is nothing left to keep.`)
    return 'gone'
  }
  await progress(`moving ${old.e164} to the main account`, () =>
    ensureTransferredToMain(main, {sid: old.sid, e164: old.e164, from: from.sid}),
  )
  return 'kept'
}

/** Releases a number that Twilio refused to release at an earlier change. @throws {Failure} `refused` where it still does. */
export async function partWithUnreleased(
  context: AddonContext,
  {record, old, keepOld}: ChangePlan,
): Promise<NumberChanged> {
  const lease = await acquireAddonLease(context, record.appSpace)
  const {oldIs, refusal} = await runOperation(lease, {
    async steps() {
      const from = subaccount(context.main, await requireActive(context, lease.record))
      const isThere = (await listNumbers(from, {e164: old.e164})).some(({sid}) => sid === old.sid)
      return partWith(context, {old, keepOld}, {from, isThere})
    },
    commit: (result) =>
      lease.release(result.oldIs === 'held' ? {} : {unreleased: without(lease.record.unreleased, old)}),
  })
  return {changed: true, record: lease.record, old, oldIs, refusal}
}

function without(numbers: readonly HeldNumber[] = [], {sid}: HeldNumber): HeldNumber[] {
  return numbers.filter((number) => number.sid !== sid)
}
