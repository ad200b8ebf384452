import {changeConfigVars, readConfigVars} from '../akkeris/config-vars.js'
import {fetchIfThere} from './acquire.js'
import {settleChecks, type Checks} from './checks.js'
import {Claim} from '../registry/claim.js'
import {requireFreeVars} from './free-vars.js'
import {subaccountClosed} from './info.js'
import {foreignVars, type CreateAsk} from './judge.js'
import type {Means} from './means.js'
import type {Provisioned} from './provision.js'
import {ClaimLost} from '../registry/items.js'
import type {AddonEntry} from './registry.js'
import {missingVars, type AddonVars} from './vars.js'

/** An add-on that is ready: nothing is bought or restarted, but config vars that are missing or wrong are written back. */
export async function repair(
  means: Means,
  {appSpace, intent}: CreateAsk,
  entry: AddonEntry,
  checks: Checks,
): Promise<Provisioned> {
  const {main, akkeris, registry, progress} = means
  const {record} = entry
  await settleChecks(checks)
  const {accountSid, phoneNumber} = record
  // Read again: while this run waited for another one, that one wrote them.
  const [vars, account] = await Promise.all([
    readConfigVars(akkeris, appSpace),
    accountSid === undefined ? undefined : fetchIfThere(main, accountSid),
  ])
  const owner = {ours: accountSid, begun: true}
  const foreign = foreignVars(vars, owner).length > 0
  const closed = !account || account.status === 'closed' || !phoneNumber
  // Destroyed, and perhaps made anew, since it was read?
  if ((foreign || closed) && (await registry.read(appSpace))?.revision !== entry.revision) throw new ClaimLost(appSpace)
  await requireFreeVars(akkeris, {appSpace, vars, ...owner, forced: intent.force ?? false})
  if (closed) throw subaccountClosed(record)
  const ours: AddonVars = {
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_PHONE_NUMBER: phoneNumber.e164,
    TWILIO_SID: account.sid,
  }
  const missing = missingVars(vars, ours)
  const repaired = Object.keys(missing)
  if (repaired.length > 0) {
    progress(`writing ${repaired.join(', ')} of ${appSpace} back`)
    const claim = await Claim.take(registry, entry)
    try {
      await claim.withTime(() => changeConfigVars(akkeris, appSpace, missing, {beforeEachTry: claim.requireTime}))
    } finally {
      await claim.finish()
    }
  }
  return {created: false, repaired, record, vars: ours}
}
