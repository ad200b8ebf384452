import {readConfigVars} from '../akkeris/config-vars.js'
import type {Made} from '../addon/acquire.js'
import {claimForChange} from '../addon/change.js'
import {requireFreeVars} from '../addon/free-vars.js'
import {requireActive} from '../addon/info.js'
import type {Means} from '../addon/means.js'
import type {AddonRecord, ChangeNumberIntent, HeldNumber} from '../addon/record.js'
import {giveBack, giveBackTo} from '../addon/surplus.js'
import type {Claim} from '../registry/claim.js'
import {ClaimLost} from '../registry/items.js'
import {carryOut} from './carry-out.js'
import {changedMeanwhile, changeOf, isAsAsked, requireSameChange, type ChangeAsk} from './change-ask.js'
import type {ChangeLook} from './look.js'
import {settleChange, type ChangeJournal} from './undo-change.js'

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
export async function changeNumber(means: Means, ask: ChangeAsk, look: ChangeLook): Promise<NumberChanged> {
  const made: Made = {accounts: [], bought: []}
  const run = {made, began: look.state === 'half-done'}
  for (let attempt = 1; ; attempt++) {
    try {
      const changed = await once(means, ask, look, run)
      await giveBack(means, made, changed.record)
      return changed
    } catch (error) {
      // Taken over while this run slept: what the other run made of it is looked at like anything found at the start.
      if (error instanceof ClaimLost && attempt < 5) continue
      if (attempt > 1) await giveBackTo(means, made, ask.appSpace).catch(() => undefined)
      throw error
    }
  }
}

interface Run {
  readonly made: Made
  /** Whether the change that is half done, or was just finished by another run, is this run's too. */
  began: boolean
}

async function once(means: Means, ask: ChangeAsk, look: ChangeLook, run: Run): Promise<NumberChanged> {
  const {akkeris} = means
  const {appSpace} = ask
  const claim = await claimForChange(means, appSpace, (record) => changeOf(record) !== undefined)
  const begun = changeOf(claim.record)
  if (!begun && claim.record.phoneNumber?.sid !== look.old.sid) return byAnother(claim, ask, look, run)

  const journal: ChangeJournal = {made: run.made, begun: begun !== undefined}
  try {
    if (begun && !run.began) requireSameChange(begun, ask)
    const account = await requireActive(means, claim.record)
    const vars = await requireFreeVars(akkeris, {
      appSpace,
      vars: await readConfigVars(akkeris, appSpace),
      ours: account.sid,
      begun: true,
      forced: false,
    })
    if (!begun) {
      await claim.save({state: 'changing', intent: intentOf(claim.record, ask, look)})
      run.began = journal.begun = true
    }
    const oldIs = await carryOut(means, claim, {account, vars, journal})
    return {changed: true, record: claim.record, old: look.old, oldIs}
  } catch (error) {
    throw await settleChange(means, claim, error, journal)
  }
}

function intentOf({intent}: AddonRecord, {wishes, keepOld}: ChangeAsk, {old, source}: ChangeLook): ChangeNumberIntent {
  if (intent.operation !== 'create') throw new Error(`a ready add-on with the intent to ${intent.operation}`)
  return {...wishes, operation: 'change-number', made: intent, old, keepOld, source}
}

/** @throws {Failure} `conflict` when the other run made something else of it than was asked for here. */
async function byAnother(
  claim: Claim<AddonRecord>,
  ask: ChangeAsk,
  {old}: ChangeLook,
  {began}: Run,
): Promise<NumberChanged> {
  await claim.finish()
  const {record} = claim
  if (!began && !isAsAsked(record, ask)) throw changedMeanwhile(record)
  return {changed: began, record, old, oldIs: ask.keepOld ? 'kept' : 'released'}
}
