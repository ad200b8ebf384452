import {type Context, pathParameter} from '../../http/context.js'
import {accessDenied, accountNotActive, type ApiError} from '../../http/errors.js'
import {accountBySid, isMain} from '../../state/accounts.js'
import type {SimCard} from '../../state/types/sims.js'
import {findBySidOrName, ownedByCaller} from './find.js'

/**
 * The SIM that a request changes: one of the caller's, by SID or unique name. In order to transfer one back, the main
 * account's token also reaches those of its subaccounts, by SID.
 */
export function findSimToUpdate<T extends SimCard>(context: Context, sims: readonly T[]): T | undefined {
  const {state, caller, form} = context
  const name = pathParameter(context, 'Sid')
  const own = findBySidOrName(ownedByCaller(context, sims), name)
  if (own || !form.has('AccountSid') || caller.kind !== 'token' || !isMain(caller.account)) return own
  return sims.find(({sid, accountSid}) => sid === name && accountBySid(state, accountSid)?.status !== 'closed')
}

/**
 * The account that has a SIM after a request. Only a SIM that was never activated can be transferred, to the requesting
 * account or to a subaccount of it.
 */
export function accountAfterUpdate(
  {state, caller, form}: Context,
  sim: SimCard & {readonly status: string},
  refusal: (why: string) => ApiError,
): string {
  const target = form.get('AccountSid') || sim.accountSid
  if (target === sim.accountSid) return target
  if (caller.kind !== 'token') throw accessDenied()
  if (sim.status !== 'new') throw refusal('AccountSid can be changed only while the status of the SIM is new')
  const account = accountBySid(state, target)
  if (!account || ![account.sid, account.ownerAccountSid].includes(caller.account.sid))
    throw refusal('AccountSid must be the requesting account or one of its subaccounts')
  if ([account, accountBySid(state, sim.accountSid)].some((each) => each?.status !== 'active')) throw accountNotActive()
  return account.sid
}
