import type {AddonEntry} from '../../addon/addon-registry.js'
import type {AddonContext} from '../../addon/context.js'
import {subaccountClosed} from '../../addon/info.js'
import {writeConfigVars} from '../../addon/roll-out.js'
import {foreignVars, requireFreeVars} from '../../addon/var-ownership.js'
import {type AddonVars, missingVars} from '../../addon/vars.js'
import {readConfigVars} from '../../akkeris/config-vars.js'
import {LeaseLost} from '../../registry/items.js'
import {Lease} from '../../registry/lease.js'
import {runOperation} from '../../registry/operation.js'
import {fetchAccountIfExists} from '../../twilio/accounts.js'
import {awaitPreflight, type Preflight} from './preflight.js'
import type {CreateRequest} from './request.js'
import type {Provisioned} from './result.js'

/** An add-on that is ready: nothing is bought or restarted, but config vars that are missing or wrong are written back. */
export async function reconcile(
  context: AddonContext,
  {appSpace, intent}: CreateRequest,
  entry: AddonEntry,
  preflight: Preflight,
): Promise<Provisioned> {
  const {main, akkeris, registry} = context
  const {record} = entry
  await awaitPreflight(preflight)
  const {accountSid, phoneNumber} = record
  // Read again: while this run waited for another one, that one wrote them.
  const [vars, account] = await Promise.all([
    readConfigVars(akkeris, appSpace),
    accountSid === undefined ? undefined : fetchAccountIfExists(main, accountSid),
  ])
  const owner = {ours: accountSid, begun: true}
  const foreign = foreignVars(vars, owner).length > 0
  const closed = !account || account.status === 'closed' || !phoneNumber
  // Destroyed, and perhaps created again, since it was read?
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
    const lease = await Lease.take(registry, entry)
    await runOperation(lease, {steps: () => writeConfigVars(context, lease, missing), warn: context.warn})
  }
  return {created: false, repaired, record, vars: ours}
}
