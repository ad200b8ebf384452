import type {AddonContext} from '../../addon/context.js'
import {plans} from '../../addon/plans.js'
import {type AddonRecord, subaccountName} from '../../addon/record.js'
import {keepingOf} from '../../number/keep.js'
import {findSubaccounts} from '../../twilio/accounts.js'
import type {DestroyPreviewDocument} from '../document.js'
import {type DestroyRequest, findOrphan, requireDestroyable, requireMayTransfer} from './lease.js'
import {registrationEndOf} from './preview-registration.js'

/**
 * What `destroy` would do, found out without changing anything.
 * @throws {Failure} what `destroy` would be refused with, as far as reading tells
 */
export async function previewDestroy(
  context: AddonContext,
  {appSpace, keepNumber}: DestroyRequest,
): Promise<DestroyPreviewDocument> {
  const {main, registry} = context
  if (keepNumber) requireMayTransfer(main)
  const record = (await registry.read(appSpace))?.record
  if (record) await requireDestroyable(context, record, keepNumber)
  const accountSid = (record ? await accountOf(context, record) : (await findOrphan(context, appSpace))?.sid) ?? null
  return {
    dryRun: true,
    appSpace,
    exists: record !== undefined || accountSid !== null,
    plan: record?.plan ?? null,
    pricePerMonth: record ? plans[record.plan].pricePerMonth : 0,
    accountSid,
    phoneNumber: record?.phoneNumber?.e164 ?? null,
    keepNumber: record ? keepingOf(record, keepNumber).keepNumber : keepNumber,
    registration: (record && (await registrationEndOf(main, record))) ?? null,
  }
}

/** An interrupted run may have created one that is not recorded yet. */
async function accountOf(
  {main, registry, akkeris}: AddonContext,
  {appSpace, accountSid}: AddonRecord,
): Promise<string | undefined> {
  if (accountSid !== undefined) return accountSid
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  return (await findSubaccounts(main, name))[0]?.sid
}
