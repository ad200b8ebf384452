import {checkPhoneNumber} from '../search.js'
import {asStarted, contradictions} from '../../lifecycle/create/request.js'
import type {AddonRecord, ChangeNumberIntent, CreateIntent} from '../../addon/record.js'
import {conflict, type Failure} from '../../errors.js'
import {checkOptions, type CheckedOptions, type ExplicitOptions} from '../options.js'

export interface ChangeRequest extends CheckedOptions {
  readonly appSpace: string
  /** Move the old number to the main account rather than release it. */
  readonly keepOld: boolean
  /** Change nothing unless this is the number now, E.164. */
  readonly from: string | undefined
}

/** What was asked for, checked as far as it can be without asking anybody. @throws {Failure} `usage` */
export function changeRequest(
  options: ExplicitOptions,
  {appSpace, keepOld, from}: Pick<ChangeRequest, 'appSpace' | 'keepOld' | 'from'>,
  standardCountry: string,
): ChangeRequest {
  const checked = checkOptions(options, {standardCountry, mayClear: true})
  if (from !== undefined) checkPhoneNumber(from)
  return {...checked, appSpace, keepOld, from}
}

/** The change of an add-on's number that is half done. */
export function changeOf({state, intent}: AddonRecord): ChangeNumberIntent | undefined {
  return state === 'changing' && intent.operation === 'change-number' ? intent : undefined
}

/** The same, where a run is carrying it out. */
export function begunIn({record}: {readonly record: AddonRecord}): ChangeNumberIntent {
  const change = changeOf(record)
  if (change) return change
  throw new Error(`no change of the number of ${record.appSpace} is under way`)
}

/** @throws {Failure} `conflict` when the change that is half done was begun otherwise. */
export function requireSameChange(
  begun: ChangeNumberIntent,
  {appSpace, options, explicit, keepOld, from}: ChangeRequest,
): void {
  const contradicted = contradictions(explicit, {asked: options, started: begun, has: begun.number?.e164})
  const were = [
    ...(contradicted.length > 0 ? [asStarted(contradicted, begun)] : []),
    ...(keepOld && !begun.keepOld ? ['--keep-old was not given'] : []),
    ...(from !== undefined && from !== begun.old.e164 ? [`the old number is ${begun.old.e164}`] : []),
  ]
  if (were.length === 0) return
  throw conflict(
    'OTHER_OPTIONS',
    `The number of ${appSpace} is half changed with other options: ${were.join(', ')}.`,
    `To go on as it was begun: aka twilio:number:change -a ${appSpace}`,
  )
}

/** Whether the number of a ready add-on is what was asked for. */
export function isAsAsked({intent, phoneNumber}: AddonRecord, {options, explicit}: ChangeRequest): boolean {
  if (intent.operation !== 'create') return false
  return contradictions(explicit, {asked: options, started: intent, has: phoneNumber?.e164}).length === 0
}

export function changedMeanwhile({appSpace, phoneNumber}: AddonRecord): Failure {
  const now = phoneNumber?.e164 ?? 'none'
  return conflict(
    'NUMBER_CHANGED_MEANWHILE',
    `The number of ${appSpace} is ${now} now: another run changed it, and not as it was asked for here.`,
    `To change it again: aka twilio:number:change -a ${appSpace} --from ${now}`,
  )
}

/** The intent of an add-on whose number was changed: as if it had been made with this one. */
export function madeWith(change: ChangeNumberIntent): CreateIntent {
  const {operation, made, old, keepOld, source, number, ...options} = change
  const {country, type, areaCode, contains, phoneNumber, anyArea, addressSid, bundleSid, ...kept} = made
  const intent = {...kept, ...options}
  // An empty URL took one away.
  return Object.fromEntries(Object.entries(intent).filter(([, value]) => value !== '')) as unknown as CreateIntent
}
