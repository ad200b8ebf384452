import {changeConfigVars, readConfigVars, type ConfigVars} from '../../akkeris/config-vars.js'
import type {Created} from '../../lifecycle/create/acquire.js'
import {moveToMain, release} from '../../addon/give-back.js'
import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'
import {Failure, UnknownOutcome} from '../../errors.js'
import type {Lease} from '../../registry/lease.js'
import {LeaseLost} from '../../registry/items.js'
import {NoAnswer} from '../../transport/types.js'
import type {TwilioAccount} from '../../twilio/connect.js'
import {listNumbers, webhooksInPlaceOf} from '../../twilio/numbers.js'
import {ofChange} from './acquire.js'
import {begunIn} from './request.js'
import {setWebhooks} from '../set-webhooks.js'

/** What a run did so far of a change. */
export interface ChangeJournal {
  readonly made: Created
  /** Whether the change is written down. */
  begun: boolean
  /** What undoing takes; missing while it cannot be told what there is to undo, and once the app has the new number. */
  rollback?: {readonly sub: TwilioAccount; readonly vars: ConfigVars} | undefined
}

/** Leaves things behind as promised for this kind of failure, and gives the error to end with. */
export async function concludeChange(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  error: unknown,
  {begun, rollback}: ChangeJournal,
): Promise<unknown> {
  if (error instanceof LeaseLost) return error
  const definite = error instanceof Failure && error.outcome !== 'temporary' && error.outcome !== 'interrupted'
  if (begun && definite && rollback) return rollBackChange(context, lease, error, rollback)

  // A request may still be under way at Twilio: then whoever comes next must wait for the lease to run out.
  const underWay = error instanceof UnknownOutcome && error.cause instanceof NoAnswer
  if (!underWay) await lease.release().catch(() => undefined)
  if (!(error instanceof Failure) || !begun) return error
  const {appSpace} = lease.record
  return error.withSuggestions(
    `To go on with the change of the number: aka twilio:number:change -a ${appSpace}`,
    `To end the add-on instead: aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`,
  )
}

/** Puts everything back as it was before the change, the record last, so that a run can go on from wherever this one stops. */
async function rollBackChange(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  because: Failure,
  {sub, vars}: NonNullable<ChangeJournal['rollback']>,
): Promise<Failure> {
  const {main, akkeris, progress} = context
  const {appSpace} = lease.record
  const {source, made, old} = begunIn(lease)
  try {
    await lease.renew()
    const ours = ofChange(begunIn(lease), await listNumbers(sub))
    const now = (await readConfigVars(akkeris, appSpace)).TWILIO_PHONE_NUMBER
    if (now !== vars.TWILIO_PHONE_NUMBER && ours.some(({e164}) => e164 === now)) {
      progress(`putting TWILIO_PHONE_NUMBER of ${appSpace} back`)
      const changes = {TWILIO_PHONE_NUMBER: vars.TWILIO_PHONE_NUMBER ?? null}
      await lease.withTime(() => changeConfigVars(akkeris, appSpace, changes, {beforeEachTry: lease.requireTime}))
    }
    for (const number of ours) {
      const {sid, e164, webhooks} = number
      await lease.renew()
      progress(`putting ${e164} back to where it was`)
      if (source.from === 'Twilio') await release(sub, sid)
      else {
        const options = webhooksInPlaceOf(webhooks, source.webhooks)
        if (source.from === 'subaccount') await setWebhooks(sub, number, options)
        else await moveToMain(main, {sid, e164, from: sub.sid, options})
      }
    }
    await lease.release({state: 'ready', intent: made, phoneNumber: old})
    return ours.length === 0 ? because : because.withSuggestions('What was begun was undone.')
  } catch (error) {
    if (error instanceof LeaseLost) throw error
    await lease.release().catch(() => undefined)
    if (error instanceof Failure && error.outcome === 'interrupted') throw error
    const why = error instanceof Error ? error.message : String(error)
    return because.withSuggestions(
      `Not everything could be undone (${why}). To go on with the change: aka twilio:number:change -a ${appSpace}`,
    )
  }
}
