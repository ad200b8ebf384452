import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'
import {changeConfigVars, type ConfigVars, readConfigVars} from '../../akkeris/config-vars.js'
import type {Lease} from '../../registry/lease.js'
import type {TwilioAccount} from '../../twilio/connect.js'
import {
  ensureReleased,
  ensureTransferredToMain,
  ensureWebhooks,
  listNumbers,
  type OwnedNumber,
} from '../../twilio/numbers.js'
import {webhookChanges} from '../../twilio/webhooks.js'
import {numbersOfChange} from './acquire.js'
import {changeUnderWay} from './request.js'

export interface Undoable {
  readonly sub: TwilioAccount
  /** The app-space's config vars before the change. */
  readonly vars: ConfigVars
}

/** Puts everything back as it was before the change, the record last. Gives whether there was anything. */
export async function rollBackChange(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  {sub, vars}: Undoable,
): Promise<boolean> {
  await lease.renew()
  const {made, old} = changeUnderWay(lease)
  const acquired = numbersOfChange(changeUnderWay(lease), await listNumbers(sub))
  await restoreConfigVar(context, lease, {vars, acquired})
  for (const number of acquired) {
    await lease.renew()
    await context.progress(`putting ${number.e164} back to where it was`, () => putBack(context, lease, sub, number))
  }
  await lease.release({state: 'ready', intent: made, phoneNumber: old})
  return acquired.length > 0
}

async function restoreConfigVar(
  {akkeris, progress}: AddonContext,
  lease: Lease<AddonRecord>,
  {vars, acquired}: {readonly vars: ConfigVars; readonly acquired: readonly OwnedNumber[]},
): Promise<void> {
  const {appSpace} = lease.record
  const now = (await readConfigVars(akkeris, appSpace)).TWILIO_PHONE_NUMBER
  if (now === vars.TWILIO_PHONE_NUMBER || acquired.every(({e164}) => e164 !== now)) return
  await progress(`putting TWILIO_PHONE_NUMBER of ${appSpace} back`, () =>
    changeConfigVars(akkeris, appSpace, {TWILIO_PHONE_NUMBER: vars.TWILIO_PHONE_NUMBER ?? null}, lease),
  )
}

async function putBack(
  {main}: AddonContext,
  lease: Lease<AddonRecord>,
  sub: TwilioAccount,
  number: OwnedNumber,
): Promise<void> {
  const {source} = changeUnderWay(lease)
  const {sid, e164, webhooks} = number
  if (source.from === 'Twilio') return ensureReleased(sub, sid)
  const settings = webhookChanges(webhooks, source.webhooks)
  if (source.from === 'main account') return ensureTransferredToMain(main, {sid, e164, from: sub.sid, settings})
  await ensureWebhooks(sub, number, settings)
}
