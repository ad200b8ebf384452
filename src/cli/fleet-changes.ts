import type {AddonContext} from '../lib/addon/context.js'
import type {Ended} from '../lib/bulk/carry-out.js'
import {withProfileOf} from '../lib/command-line.js'
import {errorDetails, type ResultErrors} from '../lib/error-document.js'
import {type Failure, refused} from '../lib/errors.js'
import {carryOutChange, type Change} from '../lib/fleet/compare.js'
import type {FleetPlan} from '../lib/fleet/plan.js'
import {explainFailure, toFailure, worstFirst} from './failures.js'
import type {Planned} from './fleet.js'
import {appliedInBrief} from './output/twilio/apply.js'

type Outcome = 'done' | Failure

/** How changes of a fleet are carried out. How each ended is said at once, and is in `outcomes`, by app-space, in the end. */
export function fleetChanges({contextOf}: Planned, tellDone: (sentence: string) => void) {
  const outcomes = new Map<string, Outcome>()
  return {
    outcomes,
    doing: 'changing the add-ons of',
    contextOf,
    work: (context: AddonContext, change: Change) => withProfileOf(change, () => carryOutChange(context, change)),
    onEnd(change: Change, ended: Ended<void>) {
      const {appSpace} = change
      outcomes.set(appSpace, 'failure' in ended ? ended.failure : 'done')
      if ('failure' in ended) explainFailure(ended.failure.retold({message: `${appSpace}: ${ended.failure.message}`}))
      else tellDone(`${appSpace} ${appliedInBrief(change)}.`)
    },
  }
}

/** Of `terraform plan -detailed-exitcode`, where something differs; here it is that of a wrong command line otherwise (decision 18). */
const differencesExitCode = 2

/** What would end with that, with another exit code. */
export function exitCodeTaken(error: unknown): Failure {
  const failure = toFailure(error)
  if (failure.exitCode !== differencesExitCode) return failure
  return refused('NOT_PLANNED', failure.message, ...failure.suggestions)
}

/** Sets the exit code. What was blocked is shown with the plan, what failed as it happened. */
export function endApply(
  {changes, blocked}: FleetPlan,
  outcomes: ReadonlyMap<string, Outcome>,
  {isDetailed, others}: {readonly isDetailed: boolean; readonly others: readonly Failure[]},
): ResultErrors {
  const failed = [...outcomes.values()].filter((outcome) => outcome !== 'done')
  const failures = worstFirst([...failed, ...blocked.map(({failure}) => failure), ...others])
  const [worst] = failures
  if (isDetailed && !worst && changes.length > 0) process.exitCode = differencesExitCode
  if (!worst) return {}
  process.exitCode = Math.max(Number(process.exitCode ?? 0), worst.exitCode)
  return {error: errorDetails(worst), errors: failures.map(errorDetails)}
}
