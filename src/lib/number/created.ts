import type {AddonContext} from '../addon/context.js'
import type {AddonRecord} from '../addon/record.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {ensureReleased, type NumberSettings, type OwnedNumber} from '../twilio/numbers.js'

/** The numbers that a run acquired, for rolling back, or releasing what turns out to be a duplicate. */
export interface CreatedNumbers {
  readonly bought: {readonly number: OwnedNumber; readonly account: TwilioAccount}[]
  /** As it was in the main account before. */
  transferred?: {readonly number: OwnedNumber; readonly to: string; readonly settings: NumberSettings}
}

/** Releases what this run bought before it lost its lease, and what the run that took over did not keep. */
export async function releaseDuplicateNumbers(
  {bought}: CreatedNumbers,
  {accountSid, phoneNumber}: Partial<AddonRecord>,
): Promise<void> {
  const duplicates = bought.filter(({number, account}) => account.sid === accountSid && number.sid !== phoneNumber?.sid)
  await Promise.all(duplicates.map(({number, account}) => ensureReleased(account, number.sid)))
}

/** The same at the end of a run that failed, unless the other run may still make use of it. */
export async function releaseDuplicateNumbersOf(
  {registry}: AddonContext,
  created: CreatedNumbers,
  appSpace: string,
): Promise<void> {
  const record = (await registry.read(appSpace))?.record
  if (record?.state === 'ready') await releaseDuplicateNumbers(created, record)
}
