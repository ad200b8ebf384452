import {checkOptions, type ExplicitOptions} from '../../number/options.js'
import type {CreateRequest} from './request.js'
import {parsePlan} from '../../addon/plans.js'
import type {CreateIntent} from '../../addon/record.js'

interface CreateOptions {
  readonly appSpace: string
  readonly plan: string
  readonly number: ExplicitOptions
  /** Overwrite config vars that somebody else set. */
  readonly force: boolean
  readonly keepOnFailure: boolean
}

/**
 * What was asked for, checked as far as it can be without asking anybody.
 * @throws {Failure} `usage`
 */
export function createRequest(
  {appSpace, plan, number, force, keepOnFailure}: CreateOptions,
  standardCountry: string,
): CreateRequest {
  const name = parsePlan(plan)
  const {options, explicit} = checkOptions(number, {standardCountry})
  const intent: CreateIntent = {...options, operation: 'create', plan: name, ...(force && {force})}
  return {appSpace, intent, explicit, keepOnFailure}
}
