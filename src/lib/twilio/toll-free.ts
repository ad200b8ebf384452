import {isDeepStrictEqual} from 'node:util'

import type {
  TollfreeVerificationInstance,
  TollfreeVerificationListInstanceCreateOptions,
} from 'twilio/lib/rest/messaging/v1/tollfreeVerification.js'

import {sendOnce, sendRepeatable} from '../transport/idempotent.js'
import type {SenderOptions} from '../transport/transport.js'
import type {TwilioAccount} from './connect.js'
import type {Registrar} from './registrar.js'
import {type Review, reviewOf} from './reviews.js'

/** What the verification of a toll-free number says, except which number it is. */
export type NewVerification = Omit<
  TollfreeVerificationListInstanceCreateOptions,
  'tollfreePhoneNumberSid' | 'customerProfileSid' | 'externalReferenceId'
>

/** The verification of a toll-free number: there is one at most (https://www.twilio.com/docs/messaging/api/tollfree-verification-resource). */
export async function findVerification(account: TwilioAccount, numberSid: string): Promise<Review | undefined> {
  const messaging = await account.messaging()
  const [found] = await messaging.v1.tollfreeVerifications.list({tollfreePhoneNumberSid: numberSid, limit: 1})
  return found && verificationOf(found)
}

function verificationOf(found: TollfreeVerificationInstance): Review {
  return reviewOf(found, {status: found.status, errors: rejectionsOf(found)})
}

/** The list of reasons is newer than the single one. */
function rejectionsOf({
  rejectionReasons,
  rejectionReason,
  errorCode,
}: {
  rejectionReasons: unknown
  rejectionReason: string | null
  errorCode: unknown
}): unknown {
  if (Array.isArray(rejectionReasons) && rejectionReasons.length > 0) return rejectionReasons
  return rejectionReason ? [{code: errorCode, reason: rejectionReason}] : []
}

export async function ensureVerification(
  {account, guard}: Registrar,
  numberSid: string,
  verification: NewVerification,
): Promise<Review> {
  const find = () => findVerification(account, numberSid)
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.messaging(sending)
    return verificationOf(await v1.tollfreeVerifications.create({...verification, tollfreePhoneNumberSid: numberSid}))
  }
  const effect = `the verification of ${numberSid} was asked for`
  return (await find()) ?? sendOnce(account.transport, {effect, send, find, guard})
}

export interface VerificationDifferences {
  /** By the names of the SDK. */
  readonly fields: readonly string[]
  /** Whether Twilio still takes another one; it does not say before the rejection. */
  readonly editable: boolean
}

/** What of the verification of a number is not as it should be. */
export async function compareVerification(
  {account}: Registrar,
  sid: string,
  wanted: NewVerification,
): Promise<VerificationDifferences> {
  const {v1} = await account.messaging()
  const found = await v1.tollfreeVerifications(sid).fetch()
  const has = found as unknown as Readonly<Record<string, unknown>>
  const fields = Object.entries(wanted).filter(([key, value]) => !isDeepStrictEqual(has[key], value))
  return {fields: fields.map(([key]) => key), editable: (found.editAllowed as boolean | null) !== false}
}

/** Edits a verification that was rejected, which hands it in again. */
export async function resubmitVerification(
  {account, guard}: Registrar,
  sid: string,
  {wanted, reason}: {readonly wanted: NewVerification; readonly reason: string | undefined},
): Promise<Review> {
  const find = async () => {
    const {v1} = await account.messaging()
    const found = verificationOf(await v1.tollfreeVerifications(sid).fetch())
    return found.state === 'rejected' ? undefined : found
  }
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.messaging(sending)
    return verificationOf(
      await v1.tollfreeVerifications(sid).update({...wanted, ...(reason !== undefined && {editReason: reason})}),
    )
  }
  return sendRepeatable(account.transport, {send, find, guard})
}
