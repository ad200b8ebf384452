import type {AddonContext} from '../../addon/context.js'
import {requireSameHost} from '../../addon/host.js'
import {noAddon, requireActive, requireReady} from '../../addon/info.js'
import {requireAuthToken} from '../../addon/main-account.js'
import {type NumberOptions, webhookUrlsOf} from '../../addon/number-options.js'
import type {AddonRecord, HeldNumber, NumberSource} from '../../addon/record.js'
import {requireFreeVars} from '../../addon/var-ownership.js'
import {readConfigVars} from '../../akkeris/config-vars.js'
import {ourCommand} from '../../command-line.js'
import {refused} from '../../errors.js'
import {waitUntilReleased} from '../../registry/acquire-lease.js'
import {subaccount, type TwilioAccount} from '../../twilio/connect.js'
import {listNumbers, type OwnedNumber} from '../../twilio/numbers.js'
import {type Webhooks, withUrls} from '../../twilio/webhooks.js'
import {findCandidates} from '../search.js'
import {type CarryOver, planCarryOver} from './carry-over.js'
import {changedMeanwhile, type ChangeRequest, isAsRequested, requireSameChange, unfinishedChange} from './request.js'

/** What a change of an add-on's number would do. */
export interface ChangePlan {
  /** `unreleased`: the number was changed, and Twilio refused to release the old one. */
  readonly state: 'ready' | 'unfinished' | 'unreleased'
  readonly record: AddonRecord
  /** The number that is to go, and whether the subaccount still has it. */
  readonly old: HeldNumber
  readonly oldIsThere: boolean
  /** It goes to the main account rather than back to Twilio. */
  readonly keepOld: boolean
  readonly source: NumberSource
  /** The number that is there already, or is tried first, E.164. */
  readonly next: string | undefined
  /** What the new number is to call. */
  readonly webhooks: Webhooks
  /** What was asked for, now or when the change was begun. */
  readonly options: NumberOptions
  /** What would become of the registration for SMS to the US; undefined where the old number has none. */
  readonly registration?: CarryOver | undefined
}

/** The add-on has the number that was asked for. */
export interface NothingToChange {
  readonly state: 'already'
  readonly record: AddonRecord
}

/**
 * Found out by reading alone, once nobody works on the app-space.
 * @throws {Failure} what the change would be refused with, as far as reading tells.
 */
export async function planChange(context: AddonContext, request: ChangeRequest): Promise<ChangePlan | NothingToChange> {
  const {main, akkeris} = context
  const {appSpace, options} = request
  if (request.keepOld) requireAuthToken(main, 'move a number out of a subaccount')
  const record = await untilChangeable(context, request)
  const begun = unfinishedChange(record)
  const old = begun?.old ?? oldOf(record)
  const unreleased = begun ? undefined : unreleasedOf(record, request)
  if (unreleased) return planParting(record, request, {old: unreleased, number: old})
  if (!begun && isDone(record, old, request)) return {state: 'already', record}

  const account = await requireActive(context, record)
  const [held, vars] = await Promise.all([listNumbers(subaccount(main, account)), readConfigVars(akkeris, appSpace)])
  await requireFreeVars(context, {appSpace, vars, ours: account.sid, begun: true, forced: false, plan: record.plan})
  const source = begun?.source ?? (await findSource(main, {options, appSpace: record.appSpace, held}))
  const there = held.find(({sid}) => sid === old.sid)
  const next = begun?.number?.e164 ?? firstOf(source)
  const registration = there && (await planCarryOver(subaccount(main, account), old, next))
  return {
    state: begun ? 'unfinished' : 'ready',
    record,
    old,
    oldIsThere: there !== undefined,
    keepOld: request.keepOld || (begun?.keepOld ?? false),
    source,
    next,
    webhooks: withUrls(there?.webhooks ?? {}, webhookUrlsOf(begun ?? options)),
    options: begun ?? options,
    registration,
  }
}

/** The number that was to be changed, where it was, and is still there. */
function unreleasedOf(record: AddonRecord, request: ChangeRequest): HeldNumber | undefined {
  const number = record.unreleased?.find(({e164}) => e164 === request.from)
  if (number && !isAsRequested(record, request)) throw changedMeanwhile(record)
  return number
}

function planParting(
  record: AddonRecord,
  {keepOld, options}: ChangeRequest,
  {old, number}: {readonly old: HeldNumber; readonly number: HeldNumber},
): ChangePlan {
  const source: NumberSource = {from: 'subaccount', number, webhooks: {}}
  return {
    state: 'unreleased',
    record,
    old,
    oldIsThere: true,
    keepOld,
    source,
    next: number.e164,
    webhooks: {},
    options,
  }
}

/** The record of an add-on that is ready, or in the middle of the same change. */
async function untilChangeable(context: AddonContext, request: ChangeRequest): Promise<AddonRecord> {
  const precondition = (record: AddonRecord) => requireSameHost(record, context)
  const entry = await waitUntilReleased(context.registry, request.appSpace, {...context.waiting, precondition})
  if (!entry) throw await noAddon(context, request.appSpace)
  const begun = unfinishedChange(entry.record)
  if (begun) requireSameChange(begun, request)
  else requireReady(entry.record)
  return entry.record
}

function oldOf({appSpace, plan, phoneNumber}: AddonRecord): HeldNumber {
  if (phoneNumber) return phoneNumber
  throw refused(
    'NUMBER_NOT_RECORDED',
    `The registry knows of no number of ${appSpace}.`,
    `To write one back: ${ourCommand(`addons:create twilio:${plan} -a ${appSpace}`)}`,
  )
}

/** @throws {Failure} `conflict` when it is not the number that was to be changed, nor one as it was to be. */
function isDone(record: AddonRecord, old: HeldNumber, request: ChangeRequest): boolean {
  if (request.options.phoneNumber === old.e164) return true
  if (request.from === undefined || request.from === old.e164) return false
  if (!isAsRequested(record, request)) throw changedMeanwhile(record)
  return true
}

async function findSource(
  main: TwilioAccount,
  {options, appSpace, held}: {options: NumberOptions; appSpace: string; held: readonly OwnedNumber[]},
): Promise<NumberSource> {
  const there = held.find(({e164}) => e164 === options.phoneNumber)
  if (there) return sourceOf('subaccount', there)
  const {owned, numbers} = await findCandidates(main, options, appSpace)
  if (owned) return sourceOf('main account', owned)
  const candidates = numbers.filter((e164) => held.every((each) => each.e164 !== e164))
  if (candidates.length > 0) return {from: 'Twilio', candidates}
  throw refused(
    'NO_NUMBERS_AVAILABLE',
    'Twilio offers no such number other than the current one; nothing was bought.',
    'Ask for another, e.g. with another --area-code.',
  )
}

function sourceOf(from: 'main account' | 'subaccount', {sid, e164, webhooks}: OwnedNumber): NumberSource {
  return {from, number: {sid, e164, transferred: from === 'main account'}, webhooks}
}

function firstOf(source: NumberSource): string | undefined {
  return source.from === 'Twilio' ? source.candidates[0] : source.number.e164
}
