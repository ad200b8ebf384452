import type {AddonRecord} from '../../addon/record.js'
import {conflict} from '../../errors.js'
import type {Lease} from '../../registry/lease.js'
import {type Account, ensureSubaccount, fetchAccountIfExists} from '../../twilio/accounts.js'
import type {TwilioAccount} from '../../twilio/connect.js'
import {openSubaccount, type Subaccount} from '../../twilio/subaccount.js'
import type {Created} from './created.js'

interface Wanted {
  readonly main: TwilioAccount
  readonly name: string
  /** Those of that name when this run began. */
  readonly sameName: readonly Account[]
  readonly created: Created
  readonly onNew: ((name: string) => void) | undefined
}

/** The app-space's subaccount: the recorded one, else the one orphan of its name, else a new one. */
export async function acquireSubaccount(
  lease: Lease<AddonRecord>,
  {main, name, sameName, created, onNew}: Wanted,
): Promise<Subaccount> {
  const {accountSid, appSpace} = lease.record
  // Closed: the rolling back of an earlier run was interrupted after this step.
  const recorded = accountSid === undefined ? undefined : await fetchOpen(main, accountSid)
  if (recorded) return openSubaccount(main, recorded)

  const orphan = onlyOne(appSpace, name, sameName)
  // Fetched again: it may have been found a moment before another run closed it.
  const adopted = orphan && (await fetchOpen(main, orphan.sid))
  if (adopted) return openSubaccount(main, adopted)

  onNew?.(name)
  const account = await ensureSubaccount(main, name, lease)
  created.accounts.push(account)
  return openSubaccount(main, account, {isNew: true})
}

/** @throws {Failure} `conflict` where there are several: which one is meant is for a person to say. */
function onlyOne(appSpace: string, name: string, [orphan, ...others]: readonly Account[]): Account | undefined {
  if (!orphan || others.length === 0) return orphan
  throw conflict(
    'MULTIPLE_SUBACCOUNTS',
    `There are several subaccounts of ${appSpace}: ${[orphan, ...others].map(({sid}) => sid).join(', ')}.`,
    `Look at them in https://console.twilio.com, close all but the one to keep (all are named "${name}"), then run this again.`,
  )
}

async function fetchOpen(main: TwilioAccount, sid: string): Promise<Account | undefined> {
  const account = await fetchAccountIfExists(main, sid)
  return account?.status === 'closed' ? undefined : account
}
