import {changeConfigVars, readConfigVars} from '../../akkeris/config-vars.js'
import {fetchIfThere} from './acquire.js'
import {awaitPreflight, type Preflight} from './preflight.js'
import {Lease} from '../../registry/lease.js'
import {requireFreeVars} from '../../addon/var-ownership.js'
import {subaccountClosed} from '../../addon/info.js'
import {foreignVars, type CreateRequest} from './request.js'
import type {AddonContext} from '../../addon/context.js'
import type {Provisioned} from './provision.js'
import {LeaseLost} from '../../registry/items.js'
import type {AddonEntry} from '../../addon/addon-registry.js'
import {missingVars, type AddonVars} from '../../addon/vars.js'

/** An add-on that is ready: nothing is bought or restarted, but config vars that are missing or wrong are written back. */
export async function reconcile(
  context: AddonContext,
  {appSpace, intent}: CreateRequest,
  entry: AddonEntry,
  checks: Preflight,
): Promise<Provisioned> {
  const {main, akkeris, registry, progress} = context
  const {record} = entry
  await awaitPreflight(checks)
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
  if ((foreign || closed) && (await registry.read(appSpace))?.revision !== entry.revision) throw new LeaseLost(appSpace)
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
    const lease = await Lease.take(registry, entry)
    try {
      await lease.withTime(() => changeConfigVars(akkeris, appSpace, missing, {beforeEachTry: lease.requireTime}))
    } finally {
      await lease.release()
    }
  }
  return {created: false, repaired, record, vars: ours}
}
