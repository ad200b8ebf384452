import {type NumberOptions, optionsIn, withoutCleared} from '../../addon/number-options.js'
import type {AddonRecord, ChangeNumberIntent, CreateIntent} from '../../addon/record.js'
import {ourCommand} from '../../command-line.js'
import {conflict, type Failure} from '../../errors.js'
import {checkPhoneNumber} from '../check-choice.js'
import {asRecorded, type CheckedOptions, checkOptions, contradictions, type GivenOptions} from '../options.js'

export interface ChangeRequest extends CheckedOptions {
  readonly appSpace: string
  /** Transfer the old number to the main account rather than release it. */
  readonly keepOld: boolean
  /** Change nothing unless this is the number now, E.164. */
  readonly from: string | undefined
}

/** What was asked for, checked as far as it can be without asking anybody. @throws {Failure} `usage` */
export function changeRequest(
  given: GivenOptions,
  {appSpace, keepOld, from}: Pick<ChangeRequest, 'appSpace' | 'keepOld' | 'from'>,
  standardCountry: string,
): ChangeRequest {
  const checked = checkOptions(given, {standardCountry, mayClear: true})
  if (from !== undefined) checkPhoneNumber(from)
  return {...checked, appSpace, keepOld, from}
}

/** The change of an add-on's number that is unfinished. */
export function unfinishedChange({state, intent}: AddonRecord): ChangeNumberIntent | undefined {
  return state === 'changing' && intent.operation === 'change-number' ? intent : undefined
}

/** The same, where a run is applying it. */
export function changeUnderWay({record}: {readonly record: AddonRecord}): ChangeNumberIntent {
  const change = unfinishedChange(record)
  if (change) return change
  throw new Error(`no change of the number of ${record.appSpace} is under way`)
}

/** That the old number is to be kept may be said later, too. @throws {Failure} `conflict` when the unfinished change was begun with other options. */
export function requireSameChange(begun: ChangeNumberIntent, {appSpace, options, explicit, from}: ChangeRequest): void {
  const contradicted = contradictions(explicit, {requested: options, recorded: begun, has: begun.number?.e164})
  const differences = [
    ...(contradicted.length > 0 ? [asRecorded(contradicted, begun)] : []),
    ...(from !== undefined && from !== begun.old.e164 ? [`the old number is ${begun.old.e164}`] : []),
  ]
  if (differences.length === 0) return
  throw conflict(
    'OPTIONS_MISMATCH',
    `A change of the number of ${appSpace} with other options is unfinished: ${differences.join(', ')}.`,
    `To resume it as it was begun: ${ourCommand(`twilio:number:change -a ${appSpace}`)}`,
  )
}

/** Whether the number of a ready add-on is what was asked for. */
export function isAsRequested({intent, phoneNumber}: AddonRecord, {options, explicit}: ChangeRequest): boolean {
  if (intent.operation !== 'create') return false
  return contradictions(explicit, {requested: options, recorded: intent, has: phoneNumber?.e164}).length === 0
}

export function changedMeanwhile({appSpace, phoneNumber}: AddonRecord): Failure {
  const now = phoneNumber?.e164 ?? 'none'
  return conflict(
    'NUMBER_CHANGED_BY_ANOTHER_RUN',
    `The number of ${appSpace} is ${now} now: another run changed it, and not as requested here.`,
    `To change it again: ${ourCommand(`twilio:number:change -a ${appSpace} --from ${now}`)}`,
  )
}

/** The intent of an add-on whose number was changed: as if it had been made with this one. */
export function intentAfter(change: ChangeNumberIntent): CreateIntent {
  const {operation, plan, force} = change.made
  // What the number called before stays, unless the change said otherwise.
  const webhooks = optionsIn(change.made, 'webhook')
  const options = optionsIn(change) as NumberOptions
  return withoutCleared({operation, plan, ...(force && {force}), ...webhooks, ...options})
}
