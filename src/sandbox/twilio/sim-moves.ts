import {accountBySid, denied, isMain} from '../http/auth.js'
import {ApiError} from '../http/respond.js'
import {param, type Context} from '../http/router.js'
import type {SimCard} from '../state/sims.js'
import {findNamed, heldByCaller} from './held.js'

/**
 * The SIM that a request changes: one of the caller's own, by SID or unique name. To move one back, the main account's
 * own token also reaches those of its subaccounts, by SID.
 */
export function findSimToUpdate<T extends SimCard>(context: Context, sims: readonly T[]): T | undefined {
  const {state, caller, form, now} = context
  const name = param(context, 'Sid')
  const own = findNamed(heldByCaller(context, sims), name)
  if (own || !form.has('AccountSid') || caller.kind !== 'token' || !isMain(state, caller.account)) return own
  return sims.find(
    ({sid, accountSid, createdAt}) =>
      sid === name && createdAt <= now && accountBySid(state, accountSid)?.status !== 'closed',
  )
}

/**
 * Whose the SIM is after a request. Only one that was never activated moves, to the requesting account or to a
 * subaccount of it.
 */
export function ownerAfter(
  {state, caller, form}: Context,
  sim: SimCard & {readonly status: string},
  refused: (why: string) => ApiError,
): string {
  const target = form.get('AccountSid') || sim.accountSid
  if (target === sim.accountSid) return target
  if (caller.kind !== 'token') throw denied()
  if (sim.status !== 'new') throw refused('AccountSid can be changed only while the status of the SIM is new')
  const account = accountBySid(state, target)
  if (!account || ![account.sid, account.ownerAccountSid].includes(caller.account.sid))
    throw refused('AccountSid must be the requesting account or one of its subaccounts')
  if ([account, accountBySid(state, sim.accountSid)].some((each) => each?.status !== 'active'))
    throw new ApiError(403, 20005, 'Account not active')
  return account.sid
}
