import type {AddonContext} from '../addon/context.js'
import {realignAlerts} from '../alerts/set.js'
import {
  type AccountStatusDocument,
  accountStatusDocument,
  type AccountStatusPreviewDocument,
  accountStatusPreviewDocument,
} from './document.js'
import {findSuspendable, setStatus} from './suspend.js'

interface AppSpace {
  readonly appSpace: string
}

/** Suspends the subaccount of an app-space. */
export async function suspend(context: AddonContext, {appSpace}: AppSpace): Promise<AccountStatusDocument> {
  const found = await findSuspendable(context, appSpace)
  return accountStatusDocument(found, 'suspended', await setStatus(context, found, 'suspended'))
}

/**
 * Lets the subaccount work again, and its alerts follow a plan that changed meanwhile: nothing could be changed in it then. Run again
 * after an interruption, it sees to the alerts that are left.
 */
export async function resume(context: AddonContext, {appSpace}: AppSpace): Promise<AccountStatusDocument> {
  const found = await findSuspendable(context, appSpace)
  const changed = await setStatus(context, found, 'active')
  if (found.record.state === 'ready') await realignAlerts(context, appSpace)
  return accountStatusDocument(found, 'active', changed)
}

/** What `suspend` or `resume` would do, found out without changing anything. */
export async function previewStatus(
  context: AddonContext,
  {appSpace}: AppSpace,
  status: AccountStatusDocument['status'],
): Promise<AccountStatusPreviewDocument> {
  return accountStatusPreviewDocument(await findSuspendable(context, appSpace), status)
}
