import type {AddonContext} from '../addon/context.js'
import type {AddonRecord, ChangeNumberIntent, DestroyIntent, HeldNumber} from '../addon/record.js'
import {type Account, ensureAccountStatus} from '../twilio/accounts.js'
import {subaccount} from '../twilio/connect.js'
import {ensureTransferredToMain, listNumbers} from '../twilio/numbers.js'

/**
 * What is to become of the numbers when an add-on is destroyed: what was asked for now or by an interrupted run, and in any
 * case what belonged to the main account before something that never came to its end.
 */
export function keepingOf({state, intent, phoneNumber}: AddonRecord, keepNumber: boolean): DestroyIntent {
  const before = intent.operation === 'destroy' ? intent : undefined
  const transferred = state === 'provisioning' && phoneNumber?.transferred === true
  const alsoKeep = intent.operation === 'change-number' ? ofChange(intent, keepNumber) : (before?.alsoKeep ?? [])
  return {
    operation: 'destroy',
    keepNumber: keepNumber || transferred || (before?.keepNumber ?? false),
    ...(alsoKeep.length > 0 && {alsoKeep}),
    ...((state === 'provisioning' || before?.neverReady) && {neverReady: true}),
  }
}

/** Which of them the app has by then says the record; with --keep-number nothing that may be the app's is given up. */
function ofChange({old, keepOld, source}: ChangeNumberIntent, keepNumber: boolean): string[] {
  return [
    ...(keepOld || keepNumber ? [old.e164] : []),
    ...(source.from === 'main account' || (source.from === 'subaccount' && keepNumber) ? [source.number.e164] : []),
    ...(source.from === 'Twilio' && keepNumber ? source.candidates : []),
  ]
}

/**
 * Moves the number (every number, where none is recorded yet) and the others that are to be kept to the main account and sees
 * them there.
 * @returns what is there now, E.164.
 */
export async function keepNumbers(
  {main, progress, warn}: AddonContext,
  account: Account,
  recorded: HeldNumber | undefined,
  {keepNumber, alsoKeep = []}: DestroyIntent,
): Promise<string[]> {
  if (!keepNumber && alsoKeep.length === 0) return []
  if (account.status === 'closed') {
    const [inMain] = recorded ? await listNumbers(main, {e164: recorded.e164}) : []
    if (!inMain) warn('The subaccount was closed before, and its number with it: there is no number left to keep.')
    return inMain ? [inMain.e164] : []
  }
  if (account.status === 'suspended') {
    await progress(`resuming ${account.sid}, so that its number can be moved`, () =>
      ensureAccountStatus(main, account.sid, 'active'),
    )
  }
  const isWanted = ({sid, e164}: Pick<HeldNumber, 'sid' | 'e164'>) =>
    alsoKeep.includes(e164) || (keepNumber && (!recorded || sid === recorded.sid))
  const held = recorded && alsoKeep.length === 0 ? [] : await listNumbers(subaccount(main, account))
  const others = held.filter(({sid}) => sid !== recorded?.sid)
  const numbers = [...(recorded ? [recorded] : []), ...others].filter(isWanted)
  for (const {sid, e164} of numbers) {
    await progress(`moving ${e164} to the main account`, () =>
      ensureTransferredToMain(main, {sid, e164, from: account.sid}),
    )
  }
  return numbers.map(({e164}) => e164)
}
