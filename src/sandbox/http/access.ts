import {accountBySid, isMain, reaches} from '../state/accounts.js'
import type {Account} from '../state/types/accounts.js'
import {type Context, pathParameter} from './context.js'
import {accessDenied, accountNotActive, notFound} from './errors.js'

/**
 * The account of `/Accounts/{AccountSid}/…`, if the caller may act in it: in its own account, or as the main account
 * with its token. API keys reach no account but their own.
 */
export function accountInPath(context: Context): Account {
  const {state, caller, method, path} = context
  const sid = pathParameter(context, 'AccountSid')
  const own = caller.account.sid === sid
  if (!own && !(isMain(caller.account) && caller.kind === 'token')) throw accessDenied()
  const account = accountBySid(state, sid)
  if (!account || !reaches(caller.account, account)) throw notFound(path)
  if (account.status !== 'active' && method !== 'GET') throw accountNotActive()
  return account
}

/** Keys of type Standard may not manage accounts, tokens or keys. */
export function refuseStandardKeys({caller}: Context): void {
  if (caller.kind === 'standard-key') throw accessDenied()
}
