import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'
import {type AddonVars, restorations} from '../../addon/vars.js'
import {changeConfigVars, type ConfigVars, readConfigVars, redacted} from '../../akkeris/config-vars.js'
import type {Lease} from '../../registry/lease.js'
import {ensureAccountStatus} from '../../twilio/accounts.js'
import {ensureReleased, ensureTransferredToMain} from '../../twilio/numbers.js'
import {webhookChanges} from '../../twilio/webhooks.js'
import type {Created} from './created.js'

/** The config vars as they were, and as this run wrote them or was about to. */
interface Written {
  readonly before: ConfigVars
  readonly vars: AddonVars
}

/** What this run did so far, for rolling it back. */
export interface Journal {
  readonly created: Created
  written?: Written
}

/**
 * Undoes what this run did, and nothing that it found: config vars, then the transferred number, then what was bought, then
 * the subaccount, and the registry's item last, so that a run can resume from wherever this one stops.
 * @returns whether there was anything.
 */
export async function rollBack(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  {created, written}: Journal,
): Promise<boolean> {
  await lease.renew()
  if (written) await putVarsBack(context, lease, written)
  await lease.renew()
  await returnTransferred(context, created)
  await lease.renew()
  await releaseBought(context, lease, created)
  await (lease.isNew ? lease.remove() : lease.release())
  const {accounts, bought, transferred} = created
  return accounts.length + bought.length > 0 || transferred !== undefined || written !== undefined
}

async function putVarsBack(
  {akkeris, progress, warn}: AddonContext,
  lease: Lease<AddonRecord>,
  {before, vars}: Written,
): Promise<void> {
  const {appSpace} = lease.record
  const changes = await progress(`putting the config vars of ${appSpace} back`, async () => {
    const changed = restorations(before, await readConfigVars(akkeris, appSpace), vars)
    if (Object.keys(changed).length > 0) await changeConfigVars(akkeris, appSpace, changed, lease)
    return changed
  })
  const lost = Object.keys(before).filter((name) => changes[name] === null && before[name] === redacted)
  if (lost.length > 0) warn(`${lost.join(', ')} of ${appSpace} could not be put back: its value was not readable.`)
}

async function returnTransferred({main, progress}: AddonContext, {transferred}: Created): Promise<void> {
  if (!transferred) return
  const {number, to, settings} = transferred
  const {sid, e164, webhooks} = number
  await progress(`moving ${e164} back to the main account`, () =>
    ensureTransferredToMain(main, {sid, e164, from: to, settings: webhookChanges(settings, webhooks)}),
  )
}

/** A subaccount that is closed releases its numbers on its own. */
async function releaseBought(
  {main, progress}: AddonContext,
  lease: Lease<AddonRecord>,
  {accounts, bought}: Created,
): Promise<void> {
  const closing = accounts.map(({sid}) => sid)
  for (const {number, account} of bought) {
    if (!closing.includes(account.sid)) await ensureReleased(account, number.sid)
  }
  for (const sid of closing) {
    await lease.renew()
    await progress(`closing ${sid}`, () => ensureAccountStatus(main, sid, 'closed'))
  }
}
