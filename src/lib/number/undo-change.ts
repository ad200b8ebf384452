import {changeConfigVars, readConfigVars, type ConfigVars} from '../akkeris/config-vars.js'
import type {Made} from '../addon/acquire.js'
import {moveToMain, release} from '../addon/give-back.js'
import type {Means} from '../addon/means.js'
import type {AddonRecord} from '../addon/record.js'
import {Failure, UnknownOutcome} from '../errors.js'
import type {Claim} from '../registry/claim.js'
import {ClaimLost} from '../registry/items.js'
import {NoAnswer} from '../transport/types.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {listNumbers, webhooksInPlaceOf} from '../twilio/numbers.js'
import {ofChange} from './acquire-new.js'
import {begunIn} from './change-ask.js'
import {setWebhooks} from './set-webhooks.js'

/** What a run did so far of a change. */
export interface ChangeJournal {
  readonly made: Made
  /** Whether the change is written down. */
  begun: boolean
  /** What undoing takes; missing while it cannot be told what there is to undo, and once the app has the new number. */
  undo?: {readonly sub: TwilioAccount; readonly vars: ConfigVars} | undefined
}

/** Leaves things behind as promised for this kind of failure, and gives the error to end with. */
export async function settleChange(
  means: Means,
  claim: Claim<AddonRecord>,
  error: unknown,
  {begun, undo}: ChangeJournal,
): Promise<unknown> {
  if (error instanceof ClaimLost) return error
  const definite = error instanceof Failure && error.outcome !== 'temporary' && error.outcome !== 'interrupted'
  if (begun && definite && undo) return undoChange(means, claim, error, undo)

  // A request may still be under way at Twilio: then whoever comes next must wait for the lease to run out.
  const underWay = error instanceof UnknownOutcome && error.cause instanceof NoAnswer
  if (!underWay) await claim.finish().catch(() => undefined)
  if (!(error instanceof Failure) || !begun) return error
  const {appSpace} = claim.record
  return error.withSuggestions(
    `To go on with the change of the number: aka twilio:number:change -a ${appSpace}`,
    `To end the add-on instead: aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`,
  )
}

/** Puts everything back as it was before the change, the record last, so that a run can go on from wherever this one stops. */
async function undoChange(
  means: Means,
  claim: Claim<AddonRecord>,
  because: Failure,
  {sub, vars}: NonNullable<ChangeJournal['undo']>,
): Promise<Failure> {
  const {main, akkeris, progress} = means
  const {appSpace} = claim.record
  const {source, made, old} = begunIn(claim)
  try {
    await claim.keep()
    const ours = ofChange(begunIn(claim), await listNumbers(sub))
    const now = (await readConfigVars(akkeris, appSpace)).TWILIO_PHONE_NUMBER
    if (now !== vars.TWILIO_PHONE_NUMBER && ours.some(({e164}) => e164 === now)) {
      progress(`putting TWILIO_PHONE_NUMBER of ${appSpace} back`)
      const changes = {TWILIO_PHONE_NUMBER: vars.TWILIO_PHONE_NUMBER ?? null}
      await claim.withTime(() => changeConfigVars(akkeris, appSpace, changes, {beforeEachTry: claim.requireTime}))
    }
    for (const number of ours) {
      const {sid, e164, webhooks} = number
      await claim.keep()
      progress(`putting ${e164} back to where it was`)
      if (source.from === 'Twilio') await release(sub, sid)
      else {
        const options = webhooksInPlaceOf(webhooks, source.webhooks)
        if (source.from === 'subaccount') await setWebhooks(sub, number, options)
        else await moveToMain(main, {sid, e164, from: sub.sid, options})
      }
    }
    await claim.finish({state: 'ready', intent: made, phoneNumber: old})
    return ours.length === 0 ? because : because.withSuggestions('What was begun was undone.')
  } catch (error) {
    if (error instanceof ClaimLost) throw error
    await claim.finish().catch(() => undefined)
    if (error instanceof Failure && error.outcome === 'interrupted') throw error
    const why = error instanceof Error ? error.message : String(error)
    return because.withSuggestions(
      `Not everything could be undone (${why}). To go on with the change: aka twilio:number:change -a ${appSpace}`,
    )
  }
}
