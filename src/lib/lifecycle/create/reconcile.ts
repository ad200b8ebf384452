import type {AddonEntry} from '../../addon/addon-registry.js'
import type {AddonContext} from '../../addon/context.js'
import {subaccountClosed} from '../../addon/info.js'
import type {AddonRecord, HeldNumber} from '../../addon/record.js'
import {writeConfigVars} from '../../addon/roll-out.js'
import {foreignVars, requireFreeVars} from '../../addon/var-ownership.js'
import {type AddonVars, missingVars} from '../../addon/vars.js'
import {readConfigVars} from '../../akkeris/config-vars.js'
import {LeaseLost} from '../../registry/items.js'
import {Lease} from '../../registry/lease.js'
import {runOperation} from '../../registry/operation.js'
import {type Account, fetchAccountIfExists} from '../../twilio/accounts.js'
import {awaitPreflight, type Preflight} from './preflight.js'
import type {CreateRequest} from './request.js'
import type {Provisioned} from './result.js'

/** An add-on that is ready: nothing is bought or restarted, but config vars that are missing or wrong are written back. */
export async function reconcile(
  context: AddonContext,
  {appSpace, intent}: CreateRequest,
  entry: AddonEntry,
  preflight: Preflight & {readonly isCurrent: boolean},
): Promise<Provisioned> {
  const {main, akkeris, registry} = context
  const {record} = entry
  await awaitPreflight(preflight)
  const complete = preflight.isCurrent ? await completeVars(record, preflight) : undefined
  if (complete) return {created: false, repaired: [], record, vars: complete}

  const {accountSid, phoneNumber} = record
  // Read again: another run may just have written them.
  const [vars, account] = await Promise.all([
    readConfigVars(akkeris, appSpace),
    accountSid === undefined ? undefined : fetchAccountIfExists(main, accountSid),
  ])
  const owner = {ours: accountSid, begun: true}
  const foreign = foreignVars(vars, owner).length > 0
  const closed = !account || account.status === 'closed' || !phoneNumber
  // Destroyed, and perhaps created again, since it was read?
  if ((foreign || closed) && (await registry.read(appSpace))?.revision !== entry.revision) throw new LeaseLost(appSpace)
  await requireFreeVars(context, {appSpace, vars, ...owner, forced: intent.force ?? false})
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

/** The config vars of an add-on, where what was looked at already shows that none is missing. */
async function completeVars(
  {accountSid, phoneNumber}: AddonRecord,
  {vars, sameName}: Preflight,
): Promise<AddonVars | undefined> {
  const account = (await sameName.catch(() => [])).find(({sid}) => sid === accountSid)
  if (!account || !phoneNumber) return undefined
  const ours = varsOf(account, phoneNumber)
  return Object.keys(missingVars(await vars, ours)).length === 0 ? ours : undefined
}

function varsOf({sid, authToken}: Account, {e164}: HeldNumber): AddonVars {
  return {TWILIO_AUTH_TOKEN: authToken, TWILIO_PHONE_NUMBER: e164, TWILIO_SID: sid}
}
