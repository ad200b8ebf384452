import {type Labels, labelsInWords, withLabels} from '../../addon/labels.js'
import {numberOptionRules, type NumberOptions} from '../../addon/number-options.js'
import {parsePlan, type PlanName, plans} from '../../addon/plans.js'
import type {AddonRecord, CreateIntent} from '../../addon/record.js'
import {unfinished} from '../../addon/unfinished.js'
import {ourCommand} from '../../command-line.js'
import {conflict, type Failure} from '../../errors.js'
import {asRecorded, checkOptions, contradictions, type GivenOptions} from '../../number/options.js'

/** What a person asked for: the whole intent, and which of its options they gave themselves. */
export interface CreateRequest {
  readonly appSpace: string
  readonly intent: CreateIntent
  readonly explicit: ReadonlySet<keyof NumberOptions>
  readonly keepOnFailure: boolean
  readonly labels: Labels
}

interface GivenRequest {
  readonly appSpace: string
  readonly plan: string
  readonly number: GivenOptions
  /** Overwrite config vars that somebody else set. */
  readonly force: boolean
  readonly keepOnFailure: boolean
  readonly labels?: Labels | undefined
}

/**
 * What was asked for, checked as far as it can be without asking anybody.
 * @throws {Failure} `usage`
 */
export function createRequest(
  {appSpace, plan, number, force, keepOnFailure, labels}: GivenRequest,
  standardCountry: string,
): CreateRequest {
  const name = parsePlan(plan)
  const {options, explicit} = checkOptions(number, {standardCountry})
  const intent: CreateIntent = {...options, operation: 'create', plan: name, ...(force && {force})}
  return {appSpace, intent, explicit, keepOnFailure, labels: withLabels({}, labels ?? {})}
}

/** @throws {Failure} `conflict` when what is recorded contradicts what was asked for. */
export function requireSameRequest(record: AddonRecord, {appSpace, intent, explicit, labels}: CreateRequest): void {
  if (record.plan !== intent.plan) throw planMismatch(record, intent.plan)
  const missing = Object.entries(labels).filter(([key, value]) => record.labels?.[key] !== value)
  if (missing.length > 0) {
    const words = labelsInWords(Object.fromEntries(missing))
    throw conflict(
      'OPTIONS_MISMATCH',
      `${appSpace} has its add-on already, without the label ${words}.`,
      record.state === 'ready'
        ? `To set it: ${ourCommand(`twilio:labels:set -a ${appSpace} --label ${words.replaceAll(', ', ',')}`)}`
        : `To resume its creation: ${ourCommand(`addons:create twilio:${record.plan} -a ${appSpace}`)}`,
    )
  }
  const started = record.intent
  if (started.operation !== 'create') return
  const has = record.phoneNumber?.e164
  const contradicted = contradictions(explicit, {requested: intent, recorded: started, has})
  if (contradicted.length === 0) return
  if (record.state === 'ready') {
    throw conflict(
      'OPTIONS_MISMATCH',
      `${appSpace} has its add-on already (${has ?? 'no number'}), made without that ${contradicted.map((option) => numberOptionRules[option].flag).join(', ')}.`,
      `To keep it as it is: ${ourCommand(`addons:create twilio:${record.plan} -a ${appSpace}`)}`,
    )
  }
  throw conflict(
    'OPTIONS_MISMATCH',
    `The creation of ${appSpace} with other options is unfinished: ${asRecorded(contradicted, started)}.`,
    `To resume it as it was begun: ${ourCommand(`addons:create twilio:${record.plan} -a ${appSpace}`)}`,
    `To start over: ${ourCommand(`addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`)}`,
  )
}

function planMismatch({appSpace, plan, state}: AddonRecord, asked: PlanName): Failure {
  const verb = plans[asked].pricePerMonth > plans[plan].pricePerMonth ? 'upgrade' : 'downgrade'
  const change = ourCommand(`addons:${verb} twilio:${asked} -a ${appSpace}`)
  if (state !== 'provisioning') {
    const message = `${appSpace} has the plan twilio:${plan} already, and one app-space has one plan.`
    return conflict('PLAN_MISMATCH', message, `To change it: ${change}`)
  }
  return conflict(
    'PLAN_MISMATCH',
    `The creation of the add-on of ${appSpace} is unfinished, and was begun with the plan twilio:${plan}.`,
    `To resume it as it was begun: ${ourCommand(`addons:create twilio:${plan} -a ${appSpace}`)}`,
    `Then to change the plan: ${change}`,
  )
}

/** @throws {Failure} `conflict` while another operation on the app-space is unfinished. */
export function requireCreatable(record: AddonRecord): void {
  const {state, appSpace} = record
  const {what, command} = unfinished(record) ?? {what: '', command: ''}
  if (state === 'destroying') {
    throw conflict(
      'DESTROY_UNFINISHED',
      `The destruction of the add-on of ${appSpace} is unfinished.`,
      `Finish it first: ${command}`,
    )
  }
  if (state === 'changing') {
    throw conflict(
      'OPERATION_UNFINISHED',
      `Another operation on the add-on of ${appSpace} is unfinished: ${what}.`,
      `To resume it: ${command}`,
      `To destroy the add-on: ${ourCommand(`addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`)}`,
    )
  }
}
