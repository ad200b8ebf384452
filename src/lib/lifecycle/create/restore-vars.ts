import type {AddonEntry} from '../../addon/addon-registry.js'
import type {AddonContext} from '../../addon/context.js'
import {requireEntry, requireReady, subaccountClosed} from '../../addon/info.js'
import type {HeldNumber} from '../../addon/record.js'
import {writeConfigVars} from '../../addon/roll-out.js'
import {foreignVars, requireFreeVars} from '../../addon/var-ownership.js'
import {type AddonVars, missingVars} from '../../addon/vars.js'
import {readConfigVars} from '../../akkeris/config-vars.js'
import {LeaseLost} from '../../registry/items.js'
import {Lease} from '../../registry/lease.js'
import {runOperation} from '../../registry/operation.js'
import {type Account, fetchAccountIfExists} from '../../twilio/accounts.js'
import type {Provisioned} from './result.js'

/**
 * Writes back config vars that are missing or out of date. Never creates what is not there any more.
 * @throws {Failure} `notFound`; `conflict` while something is unfinished; else as `restoreVarsOf`
 */
export async function restoreVars(context: AddonContext, appSpace: string): Promise<void> {
  const entry = await requireEntry(context, appSpace)
  requireReady(entry.record)
  await restoreVarsOf(context, entry, {forced: false})
}

/**
 * The same for an add-on that is ready. What it takes is read now: another run may just have written it.
 * @param options.forced overwrites what is somebody else's
 * @throws {LeaseLost} where the add-on was changed since it was read
 * @throws {Failure} `conflict` for config vars of somebody else; `refused` where the subaccount was closed
 */
export async function restoreVarsOf(
  context: AddonContext,
  entry: AddonEntry,
  {forced}: {readonly forced: boolean},
): Promise<Provisioned> {
  const {main, akkeris, registry} = context
  const {record} = entry
  const {appSpace, accountSid, phoneNumber} = record
  const [vars, account] = await Promise.all([
    readConfigVars(akkeris, appSpace),
    accountSid === undefined ? undefined : fetchAccountIfExists(main, accountSid),
  ])
  const owner = {ours: accountSid, begun: true}
  const foreign = foreignVars(vars, owner).length > 0
  const closed = !account || account.status === 'closed' || !phoneNumber
  // Destroyed, and perhaps created again, since it was read?
  if ((foreign || closed) && (await registry.read(appSpace))?.revision !== entry.revision) throw new LeaseLost(appSpace)
  await requireFreeVars(context, {appSpace, vars, ...owner, forced})
  if (closed) throw subaccountClosed(record)

  const ours = varsOf(account, phoneNumber)
  const missing = missingVars(vars, ours)
  const repaired = Object.keys(missing)
  if (repaired.length > 0) {
    const lease = await Lease.take(registry, entry)
    await runOperation(lease, {steps: () => writeConfigVars(context, lease, missing), warn: context.warn})
  }
  return {created: false, repaired, record, vars: ours}
}

export function varsOf({sid, authToken}: Account, {e164}: HeldNumber): AddonVars {
  return {TWILIO_AUTH_TOKEN: authToken, TWILIO_PHONE_NUMBER: e164, TWILIO_SID: sid}
}
