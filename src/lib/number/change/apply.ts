import {readConfigVars, type ConfigVars} from '../../akkeris/config-vars.js'
import {knownSubaccount} from '../../lifecycle/create/acquire.js'
import {moveToMain, release} from '../../addon/give-back.js'
import {rollOutConfigVars, rolloutTimeoutMs} from '../../addon/roll-out.js'
import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord, ChangeNumberIntent} from '../../addon/record.js'
import {missingVars} from '../../addon/vars.js'
import {temporary} from '../../errors.js'
import type {Lease} from '../../registry/lease.js'
import type {Account} from '../../twilio/accounts.js'
import type {TwilioAccount} from '../../twilio/connect.js'
import {listNumbers} from '../../twilio/numbers.js'
import {acquireNew, ofChange} from './acquire.js'
import {begunIn, madeWith} from './request.js'
import type {NumberChanged} from './change.js'
import type {ChangeJournal} from './rollback.js'

interface Found {
  readonly account: Account
  /** The app-space's config vars. */
  readonly vars: ConfigVars
  readonly journal: ChangeJournal
}

/** Does what is left to do of the change that is written down. */
export async function applyChange(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  {account, vars, journal}: Found,
): Promise<NumberChanged['oldIs']> {
  const {main, akkeris} = context
  const {appSpace} = lease.record
  const {old} = begunIn(lease)
  const sub = knownSubaccount(main, account)
  const before = await listNumbers(sub.twilio)
  const oldWasThere = before.some(({sid}) => sid === old.sid)
  const found = ofChange(begunIn(lease), before)[0]
  const isGiven = found !== undefined && vars.TWILIO_PHONE_NUMBER === found.e164
  // Once the app has the new number, and perhaps the old one is gone, there is only the way forward.
  journal.rollback = isGiven || (found && !oldWasThere) ? undefined : {sub: sub.twilio, vars}

  const number = await acquireNew(context, lease, {sub, before, isGiven, made: journal.made})
  if (begunIn(lease).number?.sid !== number.sid) await lease.save({intent: {...begunIn(lease), number}})

  const missing = missingVars(vars, {
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_PHONE_NUMBER: number.e164,
    TWILIO_SID: account.sid,
  })
  const runsWithIt = Object.keys(missing).length === 0 || (await rollOutConfigVars(context, lease, missing))
  if ((await readConfigVars(akkeris, appSpace)).TWILIO_PHONE_NUMBER !== number.e164) {
    throw temporary(
      'CONFIG_VAR_NOT_SEEN',
      `TWILIO_PHONE_NUMBER of ${appSpace} is not ${number.e164}, though it was written.`,
    )
  }
  journal.rollback = undefined
  await lease.save({phoneNumber: number})
  if (!runsWithIt) {
    throw temporary(
      'APP_NOT_RESTARTED',
      `${appSpace} does not run with its new config vars after ${rolloutTimeoutMs / 60_000} minutes, so ${old.e164} was not given up yet.`,
      `See why: aka ps -a ${appSpace}, aka logs -a ${appSpace}`,
    )
  }

  // A request of ours that was thought lost may have bought one more.
  const bought = ofChange(begunIn(lease), await listNumbers(sub.twilio))
  for (const {sid} of bought.filter(({sid}) => sid !== number.sid)) await release(sub.twilio, sid)
  const oldIs = await partWith(context, lease, {from: sub.twilio, oldWasThere})
  await lease.release({state: 'ready', intent: madeWith(begunIn(lease))})
  return oldIs
}

/** Releases the old number, or moves it to the main account, as it was begun. */
async function partWith(
  {main, progress, warn}: AddonContext,
  lease: Lease<AddonRecord>,
  {from, oldWasThere}: {readonly from: TwilioAccount; readonly oldWasThere: boolean},
): Promise<NumberChanged['oldIs']> {
  const {old, keepOld}: ChangeNumberIntent = begunIn(lease)
  await lease.renew()
  if (!keepOld) {
    progress(`releasing ${old.e164}`)
    await release(from, old.sid)
    return 'released'
  }
  if (!oldWasThere && !(await listNumbers(main, {e164: old.e164})).some(({sid}) => sid === old.sid)) {
    warn(`${old.e164} is neither in the subaccount nor in the main account any more: there is nothing left to keep.`)
    return 'gone'
  }
  progress(`moving ${old.e164} to the main account`)
  await moveToMain(main, {sid: old.sid, e164: old.e164, from: from.sid})
  return 'kept'
}
