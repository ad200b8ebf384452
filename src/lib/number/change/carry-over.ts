import type {AddonContext} from '../../addon/context.js'
import type {HeldNumber} from '../../addon/record.js'
import type {SendGuard} from '../../transport/idempotent.js'
import type {TwilioAccount} from '../../twilio/connect.js'
import {ensureInService} from '../../twilio/registering.js'
import {findServiceOf} from '../../twilio/sending.js'
import {findVerification} from '../../twilio/toll-free.js'
import {usKindOf} from '../../twilio/us-number.js'

/**
 * What becomes of the registration for SMS to the US when a number is replaced: the new one joins the messaging service of the old
 * one, with its campaign, or it has none.
 */
export type CarryOver = 'carried' | 'lost'

/** @param next undefined where it is not known yet: one like the old */
export async function planCarryOver(
  account: TwilioAccount,
  old: HeldNumber,
  next?: string,
): Promise<CarryOver | undefined> {
  return (await findCarryOver(account, old, next))?.outcome
}

interface Found {
  readonly outcome: CarryOver
  /** Where it is carried to. */
  readonly serviceSid?: string
}

async function findCarryOver(
  account: TwilioAccount,
  old: HeldNumber,
  next: string = old.e164,
): Promise<Found | undefined> {
  const kind = usKindOf(old.e164)
  if (kind === 'foreign') return undefined
  if (kind === 'toll-free') return (await findVerification(account, old.sid)) ? {outcome: 'lost'} : undefined
  const serviceSid = await findServiceOf(account, old.sid)
  if (serviceSid === undefined) return undefined
  return usKindOf(next) === 'local' ? {outcome: 'carried', serviceSid} : {outcome: 'lost'}
}

/** Lets the new number join the messaging service of the old one, before that one goes. */
export async function carryOver(
  {progress}: Pick<AddonContext, 'progress'>,
  {account, guard}: {readonly account: TwilioAccount; readonly guard: SendGuard},
  {old, next}: {readonly old: HeldNumber; readonly next: HeldNumber},
): Promise<CarryOver | undefined> {
  const {outcome, serviceSid} = (await findCarryOver(account, old, next.e164)) ?? {}
  if (serviceSid !== undefined)
    await progress(`adding ${next.e164} to the messaging service of ${old.e164}`, () =>
      ensureInService({account, guard}, {serviceSid, numberSid: next.sid}),
    )
  return outcome
}
