import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'
import {type CreatedNumbers, releaseDuplicateNumbers} from '../../number/created.js'
import {type Account, ensureAccountStatus} from '../../twilio/accounts.js'

/** What a run created, for rolling it back, or releasing what turns out to be a duplicate. */
export interface Created extends CreatedNumbers {
  readonly accounts: Account[]
}

/**
 * Releases what this run created before it lost its lease, and what the run that took over did not keep. A subaccount that
 * is closed releases its numbers on its own; in one that another run closed already they could not be released any more.
 */
export async function releaseDuplicates(
  {main}: AddonContext,
  created: Created,
  record: Partial<AddonRecord>,
): Promise<void> {
  const duplicates = created.accounts.filter(({sid}) => sid !== record.accountSid)
  await Promise.all([
    releaseDuplicateNumbers(created, record),
    ...duplicates.map(({sid}) => ensureAccountStatus(main, sid, 'closed')),
  ])
}

/** The same at the end of a run that failed, unless the other run may still make use of it. */
export async function releaseDuplicatesOf(context: AddonContext, created: Created, appSpace: string): Promise<void> {
  const entry = await context.registry.read(appSpace)
  if (entry && entry.record.state !== 'ready') return
  await releaseDuplicates(context, created, entry?.record ?? {})
}
