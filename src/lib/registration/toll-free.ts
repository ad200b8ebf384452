import type {HeldNumber} from '../addon/record.js'
import {ensureVerification} from '../twilio/toll-free.js'
import {recordParts, type Work} from './parts.js'
import {isPending, sectionMissing} from './refusals.js'
import type {Submitted} from './submitted.js'

/** Has a toll-free number verified: one verification, and one review. */
export async function verifyTollFree(work: Work, {sid, e164}: HeldNumber): Promise<Submitted> {
  const {context, form, lease, registrar} = work
  if (!form.tollFree) throw sectionMissing('toll_free', e164)
  const wanted = form.tollFree
  const verification = await context.progress('requesting the verification', () =>
    ensureVerification(registrar, sid, wanted),
  )
  await recordParts(lease, {verification: verification.sid})
  const step = 'toll-free-verification'
  const waitsFor = isPending(step, verification, lease.record.appSpace) ? step : undefined
  return {waitsFor, seen: {[step]: verification}}
}
