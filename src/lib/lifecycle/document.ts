import {type PlanName, plans} from '../addon/plans.js'
import type {AddonRecord} from '../addon/record.js'
import type {SimTeardown} from '../sims/teardown.js'
import type {PlanChange, UsageAbove} from './change-plan.js'
import type {Destroyed} from './destroy/destroy.js'
import type {EndingRegistration} from './destroy/preview-registration.js'
import type {Rotated, RotateRequest} from './rotate.js'
import type {Suspendable} from './suspend.js'

/** An add-on that was destroyed; with `--dry-run` what would be destroyed. */
export type DestroyDocument = DestroyedDocument | DestroyPreviewDocument

export interface DestroyPreviewDocument {
  readonly dryRun: true
  readonly appSpace: string
  /** False where there is nothing to destroy. */
  readonly exists: boolean
  /** Null where there is no record of it. */
  readonly plan: PlanName | null
  /** What would no longer be paid, in US dollars. */
  readonly pricePerMonth: number
  /** SID of the subaccount that would be closed. */
  readonly accountSid: string | null
  /** E.164. */
  readonly phoneNumber: string | null
  /** Whether the number would be moved to the main account. */
  readonly keepNumber: boolean
  /** What of its registration for SMS to the US would be deleted with the subaccount; null where there is none, or it could not be read. */
  readonly registration: EndingRegistration | null
}

/** An add-on that was destroyed. */
export interface DestroyedDocument {
  /** False where there was nothing left to destroy. */
  readonly destroyed: boolean
  readonly appSpace: string
  /** SID of the subaccount that was closed. */
  readonly accountSid: string | null
  /** Names of the config vars that were removed. */
  readonly removedVars: readonly string[]
  /** The add-on's number, where it was moved to the main account, E.164. */
  readonly keptNumber: string | null
  /** That one, and those of an interrupted change of the number, E.164. */
  readonly keptNumbers: readonly string[]
  readonly sims: SimTeardown
}

export function destroyedDocument(done: Destroyed): DestroyedDocument {
  const {destroyed, appSpace, accountSid = null, removedVars, keptNumber = null, keptNumbers, sims} = done
  return {destroyed, appSpace, accountSid, removedVars, keptNumber, keptNumbers, sims}
}

/** An add-on with the plan that was asked for; with `--dry-run` what would change. */
export type PlanChangeDocument = PlanChangedDocument | PlanChangePreviewDocument

/** An add-on with the plan that was asked for. */
export interface PlanChangedDocument {
  readonly appSpace: string
  /** False where it had the plan already. */
  readonly changed: boolean
  readonly from: PlanName
  readonly plan: PlanName
  /** Of the new plan, in US dollars. */
  readonly pricePerMonth: number
  /** Usage this month that exceeds what the new plan includes. */
  readonly usageAbove: readonly UsageAbove[]
}

export interface PlanChangePreviewDocument {
  readonly dryRun: true
  readonly appSpace: string
  readonly from: PlanName
  readonly plan: PlanName
  /** Of the new plan, in US dollars. */
  readonly pricePerMonth: number
  /** Usage this month that exceeds what the new plan includes. */
  readonly usageAbove: readonly UsageAbove[]
}

export function planChangedDocument(
  appSpace: string,
  {from, to, changed}: PlanChange,
  usageAbove: readonly UsageAbove[],
): PlanChangedDocument {
  return {appSpace, changed, from, plan: to, pricePerMonth: plans[to].pricePerMonth, usageAbove}
}

export function planChangePreviewDocument(
  {appSpace, plan: from}: AddonRecord,
  to: PlanName,
  usageAbove: readonly UsageAbove[],
): PlanChangePreviewDocument {
  return {dryRun: true, appSpace, from, plan: to, pricePerMonth: plans[to].pricePerMonth, usageAbove}
}

/** An add-on whose subaccount has another auth token; with `--dry-run` whether it would get one. */
export type RotateDocument = RotatedDocument | RotatePreviewDocument

/** An add-on whose subaccount has another auth token. */
export interface RotatedDocument {
  readonly appSpace: string
  readonly accountSid: string
  /** False where the token is no older than `--older-than`. */
  readonly rotated: boolean
  /** Whether an interrupted rotation was finished. */
  readonly resumed: boolean
  /** Since when it has been the current token, ISO 8601, UTC; null where that is unknown. */
  readonly rotatedAt: string | null
}

export interface RotatePreviewDocument {
  readonly dryRun: true
  readonly appSpace: string
  readonly accountSid: string | null
  /** False where the token is no older than `--older-than`. */
  readonly wouldRotate: boolean
  /** Whether an interrupted rotation would be finished. */
  readonly resumes: boolean
  /** Since when it has been the current token, ISO 8601, UTC; null where that is unknown. */
  readonly rotatedAt: string | null
}

export function rotatedDocument({appSpace}: RotateRequest, done: Rotated): RotatedDocument {
  const {accountSid, rotated, resumed, rotatedAt = null} = done
  return {appSpace, accountSid, rotated, resumed, rotatedAt}
}

/** A subaccount with the status that was asked for; with `--dry-run` whether it would get it. */
export type StatusDocument = AccountStatusDocument | AccountStatusPreviewDocument

/** A subaccount with the status that was asked for. */
export interface AccountStatusDocument {
  readonly appSpace: string
  readonly accountSid: string
  readonly status: 'active' | 'suspended'
  /** False where it had the status already. */
  readonly changed: boolean
}

export interface AccountStatusPreviewDocument {
  readonly dryRun: true
  readonly appSpace: string
  readonly accountSid: string
  /** That was asked for. */
  readonly status: 'active' | 'suspended'
  /** False where it has the status already. */
  readonly wouldChange: boolean
}

export function accountStatusDocument(
  {record, account}: Suspendable,
  status: AccountStatusDocument['status'],
  changed: boolean,
): AccountStatusDocument {
  return {appSpace: record.appSpace, accountSid: account.sid, status, changed}
}

export function accountStatusPreviewDocument(
  {record, account}: Suspendable,
  status: AccountStatusDocument['status'],
): AccountStatusPreviewDocument {
  const wouldChange = account.status !== status
  return {dryRun: true, appSpace: record.appSpace, accountSid: account.sid, status, wouldChange}
}
