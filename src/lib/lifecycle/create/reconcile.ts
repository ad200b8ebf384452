import type {AddonEntry} from '../../addon/addon-registry.js'
import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'
import {type AddonVars, missingVars} from '../../addon/vars.js'
import {awaitPreflight, type Preflight} from './preflight.js'
import type {CreateRequest} from './request.js'
import {restoreVarsOf, varsOf} from './restore-vars.js'
import type {Provisioned} from './result.js'

/** An add-on that is ready: nothing is bought or restarted, but config vars that are missing or wrong are written back. */
export async function reconcile(
  context: AddonContext,
  {intent}: CreateRequest,
  entry: AddonEntry,
  preflight: Preflight & {readonly isCurrent: boolean},
): Promise<Provisioned> {
  const {record} = entry
  await awaitPreflight(preflight)
  const complete = preflight.isCurrent ? await completeVars(record, preflight) : undefined
  if (complete) return {created: false, repaired: [], record, vars: complete}
  return restoreVarsOf(context, entry, {forced: intent.force ?? false})
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
