import {type PlannedRequest, shownRequest} from '../../addon/planned-request.js'
import {type PlanName, plans} from '../../addon/plans.js'
import type {CountedRoom} from '../../addon/subaccount-room.js'
import type {AddonVars} from '../../addon/vars.js'
import type {Alert} from '../../alerts/alert.js'
import {type AlertDocument, alertDocument} from '../../alerts/document.js'
import {pendingRegistrationsOf} from '../../number/pending-registrations.js'
import type {MonthlyPrice} from '../../number/price.js'
import {mask} from '../../secrets.js'
import type {CreatePlan} from './plan.js'
import type {CreateRequest} from './request.js'
import type {Provisioned} from './result.js'

/** An add-on that is ready; with `--dry-run` what would be done. */
export type CreateDocument = CreatedDocument | CreatePreviewDocument

/** An add-on that is ready. */
export interface CreatedDocument {
  /** False where it was ready before. */
  readonly created: boolean
  readonly appSpace: string
  readonly plan: PlanName
  /** US dollars. */
  readonly pricePerMonth: number
  /** SID of the subaccount. */
  readonly accountSid: string
  /** E.164. */
  readonly phoneNumber: string
  readonly phoneNumberSid: string | null
  /** The auth token is masked without `--show-secrets`. */
  readonly configVars: AddonVars
  /** Only where `created` is false: names of missing config vars that were restored. */
  readonly repaired?: readonly string[]
  /** What Twilio requires before the number may send messages, if anything. */
  readonly pendingRegistrations: string | null
  /** Only with `--alert-url`. */
  readonly alerts?: readonly AlertDocument[]
  /**
   * Of the main account, with this one. Null where no subaccount was created, in a list of many app-spaces, and where Twilio did not
   * say in time.
   */
  readonly subaccounts: CountedRoom | null
}

/** What would be done; nothing was changed. */
export interface CreatePreviewDocument {
  readonly dryRun: true
  readonly appSpace: string
  readonly plan: PlanName
  /** US dollars. */
  readonly pricePerMonth: number
  /** `incomplete`: an interrupted run left it, and this one would finish it. */
  readonly state: CreatePlan['state']
  /** The number that it has, or that would be tried first, E.164. */
  readonly phoneNumber: string | null
  /** What Twilio would charge the main account for it; null where none is bought, or Twilio does not say. */
  readonly numberPrice: MonthlyPrice | null
  /** Each change that would be sent, in this order. */
  readonly calls: readonly PlannedRequest[]
  /** Of the main account; only where a subaccount would be created, and not in a list of many app-spaces. */
  readonly subaccounts?: CountedRoom
}

interface CreatedOptions {
  readonly showSecrets: boolean
  readonly alerts?: readonly Alert[] | undefined
  readonly subaccounts?: CountedRoom | undefined
}

export function createdDocument(
  {created, repaired, record, vars}: Provisioned,
  {showSecrets, alerts, subaccounts}: CreatedOptions,
): CreatedDocument {
  const {appSpace, plan, phoneNumber} = record
  return {
    created,
    appSpace,
    plan,
    pricePerMonth: plans[plan].pricePerMonth,
    accountSid: vars.TWILIO_SID,
    phoneNumber: vars.TWILIO_PHONE_NUMBER,
    phoneNumberSid: phoneNumber?.sid ?? null,
    // In the order in which people read them.
    configVars: {
      TWILIO_SID: vars.TWILIO_SID,
      TWILIO_AUTH_TOKEN: showSecrets ? vars.TWILIO_AUTH_TOKEN : mask(vars.TWILIO_AUTH_TOKEN),
      TWILIO_PHONE_NUMBER: vars.TWILIO_PHONE_NUMBER,
    },
    ...(!created && {repaired}),
    pendingRegistrations: pendingRegistrationsOf(record) ?? null,
    ...(alerts && {alerts: alerts.map(alertDocument)}),
    subaccounts: subaccounts ?? null,
  }
}

export function createPreviewDocument(
  {appSpace, intent: {plan}}: CreateRequest,
  {state, phoneNumber, numberPrice, calls}: CreatePlan,
): CreatePreviewDocument {
  const {pricePerMonth} = plans[plan]
  return {
    dryRun: true,
    appSpace,
    plan,
    pricePerMonth,
    state,
    phoneNumber: phoneNumber ?? null,
    numberPrice: numberPrice ?? null,
    calls: calls.map(shownRequest),
  }
}
