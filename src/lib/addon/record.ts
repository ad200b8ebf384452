import {createHash} from 'node:crypto'

import type {OldDyno} from '../akkeris/rollout.js'
import type {CarrierName} from '../carrier/service.js'
import type {ItemData} from '../registry/items.js'
import type {Webhooks} from '../twilio/webhooks.js'
import type {Labels} from './labels.js'
import type {NumberOptions} from './number-options.js'
import type {PlanName} from './plans.js'

/** What a run set out to do, written before its first change: a run that resumes does the same. */
type Intent = CreateIntent | ChangeNumberIntent | DestroyIntent

export interface CreateIntent extends NumberOptions {
  readonly operation: 'create'
  readonly plan: PlanName
  /** Overwrite config vars that somebody else set. */
  readonly force?: boolean
}

/** Where an add-on's new number comes from, written down before anything is bought or moved. */
export type NumberSource =
  | {
      readonly from: 'Twilio'
      /** Every number that was tried or may be, E.164: which of them is in the subaccount was bought for this change. */
      readonly candidates: readonly string[]
    }
  /** It exists already. With its webhooks, for putting it back as it was. */
  | {readonly from: 'main account' | 'subaccount'; readonly number: HeldNumber; readonly webhooks: Webhooks}

export interface ChangeNumberIntent extends NumberOptions {
  readonly operation: 'change-number'
  /** How the add-on was made, which is its intent again when the change comes to nothing. */
  readonly made: CreateIntent
  /** The number that is to go, and whether to the main account rather than back to Twilio. */
  readonly old: HeldNumber
  readonly keepOld: boolean
  readonly source: NumberSource
  /** As soon as the subaccount has it. */
  readonly number?: HeldNumber
}

export interface DestroyIntent {
  readonly operation: 'destroy'
  readonly keepNumber: boolean
  /** The add-on was never finished, and is on no invoice. */
  readonly neverReady?: boolean
  /** Other numbers that go to the main account: those of an unfinished change, E.164. */
  readonly alsoKeep?: readonly string[]
}

export interface HeldNumber {
  readonly sid: string
  readonly e164: string
  /** The main account owned it before. */
  readonly transferred: boolean
}

export interface Rotation {
  /**
   * What is being done: creating the secondary token, writing it to the app's config, promoting it; or, after an
   * interruption, writing the primary one back.
   */
  readonly stage: 'making' | 'writing' | 'promoting' | 'restoring'
  /** Of the primary token that there was: no token follows from it. */
  readonly before: string
  /** Those of the app before its config was changed, for a run that resumes waiting for it. */
  readonly dynos?: readonly OldDyno[]
}

interface EarlierPlan {
  readonly plan: PlanName
  readonly until: string
}

export interface Reservation {
  readonly order: string
  /** SIMs in all; the order's own item says which have arrived. */
  readonly quantity: number
}

/** One app-space's item in the registry: everything but the secrets, which are read from Twilio when needed. */
export interface AddonRecord extends ItemData {
  readonly appSpace: string
  readonly host: string
  readonly plan: PlanName
  /** Plans that it had before, oldest first, each until when. */
  readonly earlierPlans?: readonly EarlierPlan[]
  readonly state: 'provisioning' | 'ready' | 'changing' | 'destroying'
  readonly intent: Intent
  readonly accountSid?: string
  readonly phoneNumber?: HeldNumber
  /** Numbers that an unfinished run could not get, as far as it knew. */
  readonly tried?: readonly string[]
  /** Numbers of before a change that Twilio refused to release or to move; the add-on has another one. */
  readonly unreleased?: readonly HeldNumber[]
  /** An unfinished rotation of the auth token. */
  readonly rotation?: Rotation | null
  /** Orders of SIMs that are counted against the plan's limit until what they are for has arrived. */
  readonly reservations: readonly Reservation[]
  /** Whom its SIMs are with, from the first order of one. Where it is missing and there are orders, Twilio: they are older. */
  readonly simCarrier?: CarrierName
  /** What was made of the registration of its number, by SID. */
  readonly registration?: RegistrationRecord
  readonly createdAt: string
  /** Who ran the command that created it; missing from before this was recorded. */
  readonly createdBy?: string
  readonly labels?: Labels
  /** Since when it has had its current auth token; missing where unknown: for an adopted subaccount, and before this was recorded. */
  readonly rotatedAt?: string
}

/** The number, and whether somebody began to register it. */
export function askedNumber({
  phoneNumber,
  registration,
}: AddonRecord): (HeldNumber & {readonly isBegun: boolean}) | undefined {
  return phoneNumber && {...phoneNumber, isBegun: registration !== undefined}
}

export interface RegistrationRecord {
  /** Whether a person agreed to what Twilio charges. */
  readonly agreed?: boolean
  readonly profile?: string
  readonly business?: string
  readonly representative?: string
  readonly document?: string
  readonly a2pProfile?: string
  readonly a2p?: string
  readonly brand?: string
  readonly service?: string
  readonly campaign?: string
  /** Of a toll-free number. */
  readonly verification?: string
  /** What is being corrected after it was rejected, and was not resubmitted yet; empty where nothing is. */
  readonly fixing?: string
}

/**
 * The FriendlyName of an app-space's subaccount: readable, and a hash that tells installations and registries apart, so
 * that an orphan can be found. At most 64 characters, which is all Twilio takes.
 */
export function subaccountName({registry, host, appSpace}: {registry: string; host: string; appSpace: string}): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([registry, host, appSpace]))
    .digest('hex')
    .slice(0, 16)
  return `${appSpace.slice(0, 36)} aka-twilio ${hash}`
}
