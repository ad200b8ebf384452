import type {AddonRecord} from '../../addon/record.js'
import {ourCommand} from '../../command-line.js'
import type {ResultErrors} from '../../error-document.js'
import type {Failure} from '../../errors.js'
import {shownWebhooks, type Webhooks} from '../../twilio/webhooks.js'
import {pendingRegistrationsOf} from '../pending-registrations.js'
import type {MonthlyPrice} from '../price.js'
import type {CarryOver} from './carry-over.js'
import type {ChangePlan} from './plan.js'
import type {NumberChanged} from './result.js'

/** An add-on with the number that was asked for; with `--dry-run` what would change. */
export type NumberChangeDocument = NumberChangedDocument | NumberChangePreviewDocument

/** An add-on with the number that was asked for. */
export interface NumberChangedDocument extends ResultErrors {
  /** False where it had the number already, or another run changed it in the same way. */
  readonly changed: boolean
  readonly appSpace: string
  /** E.164; null where it had the number already. */
  readonly oldNumber: string | null
  /**
   * What became of it; `kept`: it is in the main account, `gone`: the subaccount no longer had it, `held`: the subaccount still has
   * it, because Twilio refuses to release or to move it.
   */
  readonly oldNumberIs: NumberChanged['oldIs'] | null
  /** E.164. */
  readonly phoneNumber: string | null
  readonly phoneNumberSid: string | null
  /** What Twilio requires before the number may send messages, if anything. */
  readonly pendingRegistrations: string | null
  /**
   * What became of the registration for SMS to the US; `carried`: the new number is in the messaging service of the old one, `lost`: it
   * cannot be carried over. Null where there was none.
   */
  readonly registration: CarryOver | null
}

export interface NumberChangePreviewDocument {
  readonly dryRun: true
  readonly appSpace: string
  /**
   * `unfinished`: a change was interrupted, and this is what resuming it would do. `unreleased`: the number was changed, and Twilio
   * refused to release the old one, which would be tried again.
   */
  readonly state: ChangePlan['state']
  /** E.164. */
  readonly oldNumber: string
  /** The one that would be tried first, E.164. */
  readonly phoneNumber: string | null
  /** The old number would go to the main account instead of being released. */
  readonly keepOld: boolean
  /** Null where none would be bought, or Twilio does not say. */
  readonly pricePerMonth: number | null
  /** ISO 4217. */
  readonly currency: string | null
  /** Of the new number, by Twilio's parameters. */
  readonly webhooks: Webhooks
  /** What would become of the registration for SMS to the US; null where there is none. */
  readonly registration: CarryOver | null
}

export function numberChangedDocument({
  changed,
  record,
  old,
  oldIs,
  registration,
}: Pick<NumberChanged, 'changed' | 'record'> & Partial<NumberChanged>): NumberChangedDocument {
  const {appSpace, phoneNumber} = record
  return {
    changed,
    appSpace,
    oldNumber: old?.e164 ?? null,
    oldNumberIs: oldIs ?? null,
    phoneNumber: phoneNumber?.e164 ?? null,
    phoneNumberSid: phoneNumber?.sid ?? null,
    pendingRegistrations: registration === 'carried' ? null : (pendingRegistrationsOf(record) ?? null),
    registration: registration ?? null,
  }
}

/** Of an add-on that had the number already. */
export function numberUnchangedDocument(record: AddonRecord): NumberChangedDocument {
  return numberChangedDocument({changed: false, record})
}

export function numberChangePreviewDocument(
  {record, state, old, next, keepOld, webhooks, registration}: ChangePlan,
  price: MonthlyPrice | undefined,
): NumberChangePreviewDocument {
  return {
    dryRun: true,
    appSpace: record.appSpace,
    state,
    oldNumber: old.e164,
    phoneNumber: next ?? null,
    keepOld,
    pricePerMonth: price?.perMonth ?? null,
    currency: price?.currency ?? null,
    webhooks: shownWebhooks(webhooks),
    registration: registration ?? null,
  }
}

/** What to do about an old number that Twilio does not release. */
export function unreleasedFailures({record: {appSpace}, old: {e164}, refusal}: NumberChanged): Failure[] {
  if (!refusal) return []
  const retry = ourCommand(`twilio:number:change -a ${appSpace} --from ${e164}`)
  const failure = refusal.retold({message: `${e164} is still in the subaccount, and charged. ${refusal.message}`})
  return [
    failure.withSuggestions(
      `Once that is fixed (https://console.twilio.com), to release it: ${retry}`,
      `To move it to the main account instead: ${retry} --keep-old`,
    ),
  ]
}
