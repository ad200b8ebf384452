import {checkWishes, type GivenWishes} from '../number/wishes.js'
import type {CreateAsk} from './judge.js'
import {parsePlan} from './plans.js'
import type {CreateIntent} from './record.js'

interface CreateOptions {
  readonly appSpace: string
  readonly plan: string
  readonly wishes: GivenWishes
  /** Overwrite config vars that somebody else set. */
  readonly force: boolean
  readonly keepOnFailure: boolean
}

/**
 * What was asked for, checked as far as it can be without asking anybody.
 * @throws {Failure} `usage`
 */
export function createAsk(
  {appSpace, plan, wishes: options, force, keepOnFailure}: CreateOptions,
  standardCountry: string,
): CreateAsk {
  const name = parsePlan(plan)
  const {wishes, given} = checkWishes(options, {standardCountry})
  const intent: CreateIntent = {...wishes, operation: 'create', plan: name, ...(force && {force})}
  return {appSpace, intent, given, keepOnFailure}
}
