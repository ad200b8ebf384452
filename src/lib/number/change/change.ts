import {readConfigVars} from '../../akkeris/config-vars.js'
import type {Created} from '../../lifecycle/create/acquire.js'
import {acquireAddonLease} from '../../addon/lease.js'
import {requireFreeVars} from '../../addon/var-ownership.js'
import {requireActive} from '../../addon/info.js'
import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord, ChangeNumberIntent, HeldNumber} from '../../addon/record.js'
import {releaseDuplicates, releaseDuplicatesOf} from '../../lifecycle/create/release-duplicates.js'
import type {Lease} from '../../registry/lease.js'
import {LeaseLost} from '../../registry/items.js'
import {applyChange} from './apply.js'
import {changedMeanwhile, changeOf, isAsAsked, requireSameChange, type ChangeRequest} from './request.js'
import type {ChangePlan} from './plan.js'
import {concludeChange, type ChangeJournal} from './rollback.js'

export interface NumberChanged {
  /** False when another run had changed it meanwhile, as it was asked for. */
  readonly changed: boolean
  readonly record: AddonRecord
  readonly old: HeldNumber
  /** What became of it; `gone` when the subaccount did not have it any more. */
  readonly oldIs: 'released' | 'kept' | 'gone'
}

/**
 * Gives an add-on another number: what is to be done is written down, the number acquired, the config var written in one change,
 * and seen, and then the old number released or moved to the main account. Until then the app has a number that works. Run again
 * after any interruption, from any machine, it goes on.
 * @throws {Failure} after a definite refusal, with everything as it was before, unless the app has the new number already.
 */
export async function changeNumber(
  context: AddonContext,
  ask: ChangeRequest,
  look: ChangePlan,
): Promise<NumberChanged> {
  const made: Created = {accounts: [], bought: []}
  const run = {made, began: look.state === 'unfinished'}
  for (let attempt = 1; ; attempt++) {
    try {
      const changed = await once(context, ask, look, run)
      await releaseDuplicates(context, made, changed.record)
      return changed
    } catch (error) {
      // Taken over while this run slept: what the other run made of it is looked at like anything found at the start.
      if (error instanceof LeaseLost && attempt < 5) continue
      if (attempt > 1) await releaseDuplicatesOf(context, made, ask.appSpace).catch(() => undefined)
      throw error
    }
  }
}

interface Run {
  readonly made: Created
  /** Whether the change that is half done, or was just finished by another run, is this run's too. */
  began: boolean
}

async function once(context: AddonContext, ask: ChangeRequest, look: ChangePlan, run: Run): Promise<NumberChanged> {
  const {akkeris} = context
  const {appSpace} = ask
  const lease = await acquireAddonLease(context, appSpace, (record) => changeOf(record) !== undefined)
  const begun = changeOf(lease.record)
  if (!begun && lease.record.phoneNumber?.sid !== look.old.sid) return byAnother(lease, ask, look, run)

  const journal: ChangeJournal = {made: run.made, begun: begun !== undefined}
  try {
    if (begun && !run.began) requireSameChange(begun, ask)
    const account = await requireActive(context, lease.record)
    const vars = await requireFreeVars(akkeris, {
      appSpace,
      vars: await readConfigVars(akkeris, appSpace),
      ours: account.sid,
      begun: true,
      forced: false,
    })
    if (!begun) {
      await lease.save({state: 'changing', intent: intentOf(lease.record, ask, look)})
      run.began = journal.begun = true
    }
    const oldIs = await applyChange(context, lease, {account, vars, journal})
    return {changed: true, record: lease.record, old: look.old, oldIs}
  } catch (error) {
    throw await concludeChange(context, lease, error, journal)
  }
}

function intentOf(
  {intent}: AddonRecord,
  {options, keepOld}: ChangeRequest,
  {old, source}: ChangePlan,
): ChangeNumberIntent {
  if (intent.operation !== 'create') throw new Error(`a ready add-on with the intent to ${intent.operation}`)
  return {...options, operation: 'change-number', made: intent, old, keepOld, source}
}

/** @throws {Failure} `conflict` when the other run made something else of it than was asked for here. */
async function byAnother(
  lease: Lease<AddonRecord>,
  ask: ChangeRequest,
  {old}: ChangePlan,
  {began}: Run,
): Promise<NumberChanged> {
  await lease.release()
  const {record} = lease
  if (!began && !isAsAsked(record, ask)) throw changedMeanwhile(record)
  return {changed: began, record, old, oldIs: ask.keepOld ? 'kept' : 'released'}
}
