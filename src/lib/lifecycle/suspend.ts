import type {AddonContext} from '../addon/context.js'
import {requireRecord, requireSubaccount, subaccountClosed} from '../addon/info.js'
import type {AddonRecord} from '../addon/record.js'
import {type Account, ensureAccountStatus} from '../twilio/accounts.js'

/** An add-on whose subaccount is there to be suspended or resumed, in whatever state the add-on is. */
export interface Suspendable {
  readonly record: AddonRecord
  readonly account: Account
}

/** @throws {Failure} `notFound`, `refused` when the subaccount was closed */
export async function findSuspendable(context: AddonContext, appSpace: string): Promise<Suspendable> {
  const record = await requireRecord(context, appSpace)
  return {record, account: await requireSubaccount(context.main, record)}
}

/**
 * Suspends the subaccount, or lets it work again; repeating it does no harm. Gives whether anything was changed.
 * @throws {Failure} `refused` where Twilio itself suspended it, or it was closed meanwhile.
 */
export async function setStatus(
  {main, progress}: AddonContext,
  {record, account}: Suspendable,
  status: 'active' | 'suspended',
): Promise<boolean> {
  if (account.status === status) return false
  return progress(`${status === 'active' ? 'resuming' : 'suspending'} ${account.sid}`, async () => {
    if ((await ensureAccountStatus(main, account.sid, status, account.status)) === 'closed')
      throw subaccountClosed(record)
    return true
  })
}
