import type {AddonContext} from '../../addon/context.js'
import {requireSameHost} from '../../addon/host.js'
import {plans} from '../../addon/plans.js'
import {subaccountName} from '../../addon/record.js'
import {keepingOf} from '../../number/keep.js'
import {findSubaccounts} from '../../twilio/accounts.js'
import type {DestroyPreviewDocument} from '../document.js'
import type {DestroyRequest} from './lease.js'
import {registrationEndOf} from './preview-registration.js'

/** What `destroy` would do, found out without changing anything. */
export async function previewDestroy(
  context: AddonContext,
  {appSpace, keepNumber}: DestroyRequest,
): Promise<DestroyPreviewDocument> {
  const {main, registry, akkeris} = context
  const record = (await registry.read(appSpace))?.record
  if (record) requireSameHost(record, context)
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  const accountSid = record?.accountSid ?? (await findSubaccounts(main, name))[0]?.sid ?? null
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
