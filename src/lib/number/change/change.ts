import type {AddonContext} from '../../addon/context.js'
import {requireActive} from '../../addon/info.js'
import {acquireAddonLease} from '../../addon/lease.js'
import type {AddonRecord, ChangeNumberIntent, HeldNumber} from '../../addon/record.js'
import {requireFreeVars} from '../../addon/var-ownership.js'
import {readConfigVars} from '../../akkeris/config-vars.js'
import {ourCommand} from '../../command-line.js'
import type {Lease} from '../../registry/lease.js'
import {restartIfLeaseLost, runOperation} from '../../registry/operation.js'
import {type CreatedNumbers, releaseDuplicateNumbers, releaseDuplicateNumbersOf} from '../created.js'
import {applyChange, type Applying} from './apply.js'
import {partWithUnreleased} from './part.js'
import type {ChangePlan} from './plan.js'
import {
  changedMeanwhile,
  type ChangeRequest,
  changeUnderWay,
  intentAfter,
  isAsRequested,
  requireSameChange,
  unfinishedChange,
} from './request.js'
import type {NumberChanged, OldNumber} from './result.js'
import {rollBackChange} from './rollback.js'

interface Run {
  readonly created: CreatedNumbers
  /** Whether the change that is unfinished, or was just finished by another run, is this run's too. */
  began: boolean
}

/**
 * Gives an add-on another number: what is to be done is recorded, the number acquired, the config var written in one change,
 * and seen, and then the old number released or transferred to the main account. Until then the app has a number that works. Run
 * again after any interruption, from any machine, it resumes.
 * @throws {Failure} after a definite refusal, with everything as it was before, unless the app has the new number already.
 */
export async function changeNumber(
  context: AddonContext,
  request: ChangeRequest,
  plan: ChangePlan,
): Promise<NumberChanged> {
  if (plan.state === 'unreleased') return partWithUnreleased(context, plan)
  const run: Run = {created: {bought: []}, began: plan.state === 'unfinished'}
  const changed = await restartIfLeaseLost(() => attempt(context, request, plan, run), {
    onFailure: () => releaseDuplicateNumbersOf(context, run.created, request.appSpace),
  })
  await releaseDuplicateNumbers(run.created, changed.record)
  return changed
}

async function attempt(
  context: AddonContext,
  request: ChangeRequest,
  plan: ChangePlan,
  run: Run,
): Promise<NumberChanged> {
  const {appSpace} = request
  const lease = await acquireAddonLease(context, appSpace, {
    resumes: (record) => unfinishedChange(record) !== undefined,
  })
  const begun = unfinishedChange(lease.record)
  if (!begun && lease.record.phoneNumber?.sid !== plan.old.sid) return changedByAnother(lease, request, plan, run)

  let applying: Applying | undefined
  const {oldIs, refusal, registration} = await runOperation(lease, {
    async preconditions() {
      if (begun && !run.began) requireSameChange(begun, request)
      const account = await requireActive(context, lease.record)
      const vars = await readConfigVars(context.akkeris, appSpace)
      const {plan: name} = lease.record
      const owned = {appSpace, vars, ours: account.sid, begun: true, forced: false, plan: name}
      const free = await requireFreeVars(context, owned)
      applying = {account, vars: free, created: run.created, isResumed: begun !== undefined}
    },
    intent: begun ? undefined : {state: 'changing', intent: intentOf(lease.record, request, plan)},
    async steps() {
      run.began = true
      if (begun && request.keepOld && !begun.keepOld) await lease.save({intent: {...begun, keepOld: true}})
      if (!applying) throw new Error('the preconditions were not looked at')
      return applyChange(context, lease, applying)
    },
    commit: (old) => lease.release({state: 'ready', intent: intentAfter(changeUnderWay(lease)), ...leftBy(lease, old)}),
    rollback() {
      const undoable = applying?.undoable
      return (
        undoable && {
          undo: () => rollBackChange(context, lease, undoable),
          otherwise: `to resume the change: ${ourCommand(`twilio:number:change -a ${appSpace}`)}`,
        }
      )
    },
    resume: () =>
      unfinishedChange(lease.record)
        ? [
            `To resume the change of the number: ${ourCommand(`twilio:number:change -a ${appSpace}`)}`,
            `To destroy the add-on instead: ${ourCommand(`addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`)}`,
          ]
        : [],
  })
  return {changed: true, record: lease.record, old: plan.old, oldIs, refusal, registration}
}

/** A number that Twilio does not release is not forgotten, until it is the add-on's again. */
function leftBy({record}: Lease<AddonRecord>, {oldIs}: OldNumber): Partial<AddonRecord> {
  const {unreleased = [], phoneNumber} = record
  const held = [...unreleased, ...(oldIs === 'held' ? [changeUnderWay({record}).old] : [])]
  return held.length > 0 ? {unreleased: held.filter(({sid}) => sid !== phoneNumber?.sid)} : {}
}

function intentOf(
  {intent}: AddonRecord,
  {options, keepOld}: ChangeRequest,
  {old, source}: {readonly old: HeldNumber; readonly source: ChangeNumberIntent['source']},
): ChangeNumberIntent {
  if (intent.operation !== 'create') throw new Error(`a ready add-on with the intent to ${intent.operation}`)
  return {...options, operation: 'change-number', made: intent, old, keepOld, source}
}

/** @throws {Failure} `conflict` when the other run made something else of it than was asked for here. */
async function changedByAnother(
  lease: Lease<AddonRecord>,
  request: ChangeRequest,
  {old}: ChangePlan,
  {began}: Run,
): Promise<NumberChanged> {
  await lease.release()
  const {record} = lease
  if (!began && !isAsRequested(record, request)) throw changedMeanwhile(record)
  return {changed: began, record, old, oldIs: request.keepOld ? 'kept' : 'released'}
}
