import type {AddonContext} from '../addon/context.js'
import type {Regulatory} from '../addon/number-options.js'
import type {SendGuard} from '../transport/idempotent.js'
import {ensureAddress, ensureBundleClone, fetchAddress} from '../twilio/regulation.js'
import type {Subaccount} from '../twilio/subaccount.js'

/** Addresses and bundles belong to one account: the subaccount gets copies of the main account's. */
export async function copyRegulatory(
  {main, progress}: AddonContext,
  sub: Subaccount,
  {addressSid, bundleSid}: Regulatory,
  guard: SendGuard,
): Promise<Regulatory> {
  const copied: {addressSid?: string; bundleSid?: string} = {}
  if (addressSid !== undefined) {
    copied.addressSid = await progress(`copying the address ${addressSid} into ${sub.account.sid}`, async () =>
      ensureAddress(sub, await fetchAddress(main, addressSid), guard),
    )
  }
  if (bundleSid !== undefined) {
    copied.bundleSid = await progress(`copying the bundle ${bundleSid} into ${sub.account.sid}`, () =>
      ensureBundleClone(main, sub, bundleSid, guard),
    )
  }
  return copied
}
