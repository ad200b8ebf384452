import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord, HeldNumber} from '../../addon/record.js'
import {rollOutConfigVars, rolloutTimeoutMs} from '../../addon/roll-out.js'
import {missingVars} from '../../addon/vars.js'
import {type ConfigVars, readConfigVars} from '../../akkeris/config-vars.js'
import {outsideSandbox} from '../../command-line.js'
import {temporary} from '../../errors.js'
import type {Lease} from '../../registry/lease.js'
import type {Account} from '../../twilio/accounts.js'
import type {TwilioAccount} from '../../twilio/connect.js'
import {ensureReleased, listNumbers} from '../../twilio/numbers.js'
import {openSubaccount} from '../../twilio/subaccount.js'
import type {CreatedNumbers} from '../created.js'
import {acquireNew, numbersOfChange} from './acquire.js'
import {carryOver} from './carry-over.js'
import {partWith} from './part.js'
import {changeUnderWay} from './request.js'
import type {OldNumber} from './result.js'
import type {Undoable} from './rollback.js'

/** What a run found when it began to apply a change, and what it has done of it. */
export interface Applying {
  readonly account: Account
  /** The app-space's config vars. */
  readonly vars: ConfigVars
  readonly created: CreatedNumbers
  /** Whether an earlier run began the change. */
  readonly isResumed: boolean
  /** What rolling back takes; none until it is known what there is to undo, and once the app has the new number. */
  undoable?: Undoable | undefined
}

/** Does what is left to do of the change that is recorded, from wherever an earlier run stopped. */
export async function applyChange(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  applying: Applying,
): Promise<OldNumber> {
  const {account, vars, created, isResumed} = applying
  const sub = openSubaccount(context.main, account)
  const before = await listNumbers(sub.twilio)
  const {old} = changeUnderWay(lease)
  const oldWasThere = before.some(({sid}) => sid === old.sid)
  const [found] = numbersOfChange(changeUnderWay(lease), before)
  const isInUse = found !== undefined && vars.TWILIO_PHONE_NUMBER === found.e164
  // Once the app has the new number, and perhaps the old one is gone, there is only the way forward.
  applying.undoable = isInUse || (found && !oldWasThere) ? undefined : {sub: sub.twilio, vars}

  const number = await acquireNew(context, {lease, sub, before, isInUse, isResumed, created})
  const change = changeUnderWay(lease)
  if (change.number?.sid !== number.sid) await lease.saveAcquired({intent: {...change, number}})

  const isRolledOut = await giveToApp(context, lease, applying, number)
  applying.undoable = undefined
  await lease.save({phoneNumber: number})
  if (!isRolledOut) throw notRolledOut(context, lease.record, old)

  await releaseDuplicates(lease, sub.twilio, number)
  await lease.renew()
  const registration = await carryOver(context, {account: sub.twilio, guard: lease}, {old, next: number})
  const parted = await partWith(context, changeUnderWay(lease), {from: sub.twilio, isThere: oldWasThere})
  return {...parted, registration}
}

/** Writes the number to the app's config, and sees it there. @returns false when the app does not run with it in time. */
async function giveToApp(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  {account, vars}: Applying,
  {e164}: HeldNumber,
): Promise<boolean> {
  const {appSpace} = lease.record
  const missing = missingVars(vars, {
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_PHONE_NUMBER: e164,
    TWILIO_SID: account.sid,
  })
  const isRolledOut = Object.keys(missing).length === 0 || (await rollOutConfigVars(context, lease, missing))
  if ((await readConfigVars(context.akkeris, appSpace)).TWILIO_PHONE_NUMBER === e164) return isRolledOut
  throw temporary('CONFIG_VAR_NOT_APPLIED', `TWILIO_PHONE_NUMBER of ${appSpace} is not ${e164}, though it was written.`)
}

function notRolledOut({main}: AddonContext, {appSpace}: AddonRecord, old: HeldNumber) {
  const seconds = rolloutTimeoutMs(main.transport) / 1000
  return temporary(
    'APP_NOT_RESTARTED',
    `${appSpace} does not run with its new config vars after ${seconds} seconds, so ${old.e164} was not given up yet.`,
    ...outsideSandbox(`See why: aka ps -a ${appSpace}, aka logs -a ${appSpace}`),
    'To wait longer: add --timeout SECONDS.',
  )
}

/** A request of ours that was thought lost may have bought one more. */
async function releaseDuplicates(
  lease: Lease<AddonRecord>,
  sub: TwilioAccount,
  {sid: kept}: HeldNumber,
): Promise<void> {
  const bought = numbersOfChange(changeUnderWay(lease), await listNumbers(sub))
  for (const {sid} of bought.filter((number) => number.sid !== kept)) await ensureReleased(sub, sid)
}
