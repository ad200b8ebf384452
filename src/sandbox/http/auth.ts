import {ApiError, notFound} from './respond.js'
import {param, type Context} from './router.js'
import type {Account, State} from '../state/state.js'
import type {SecondaryToken} from '../state/tokens.js'

/** Whose credentials a request carries: an account's own SID and token, or one of its API keys. */
export interface Caller {
  readonly account: Account
  readonly kind: 'token' | 'main-key' | 'standard-key'
}

export function basicCredentials(authorization: string | undefined): {username: string; password: string} | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : {username: text.slice(0, colon), password: text.slice(colon + 1)}
}

export function authenticate(state: State, authorization: string | undefined): Caller {
  const caller = identify(state, authorization)
  if (!caller || caller.account.status === 'closed') throw denied()
  // Suspending a main account suspends what it owns.
  const owner = accountBySid(state, caller.account.ownerAccountSid)
  if (caller.account.status === 'suspended' || owner?.status === 'suspended')
    throw new ApiError(403, 20005, 'Account not active')
  return caller
}

function identify(state: State, authorization: string | undefined): Caller | undefined {
  const credentials = basicCredentials(authorization)
  if (!credentials) return undefined
  const {username, password} = credentials
  const key = state.keys.find(({sid, secret}) => sid === username && secret === password)
  const account = key
    ? accountBySid(state, key.accountSid)
    : state.accounts.find(({sid, authToken}) => sid === username && isToken(state, sid, authToken, password))
  if (!account) return undefined
  return {account, kind: key ? (key.type === 'Main' ? 'main-key' : 'standard-key') : 'token'}
}

function isToken(state: State, accountSid: string, primary: string, password: string): boolean {
  return password === primary || password === secondaryTokenOf(state, accountSid)?.token
}

export function secondaryTokenOf(state: State, accountSid: string): SecondaryToken | undefined {
  return state.secondaryTokens.find((secondary) => secondary.accountSid === accountSid)
}

/** Keys of type Standard may not touch accounts, tokens or keys. */
export function refuseStandardKeys({caller}: Context): void {
  if (caller.kind === 'standard-key') throw denied()
}

/** Twilio's words for every sort of wrong credentials. */
export function denied(): ApiError {
  return new ApiError(401, 20003, 'Authenticate')
}

export function accountBySid(state: State, sid: string): Account | undefined {
  return state.accounts.find((account) => account.sid === sid)
}

export function isMain(state: State, account: Account): boolean {
  return account.sid === state.mainAccountSid
}

/**
 * The account of `/Accounts/{AccountSid}/…`, if the caller may act inside it: the account itself, or the main account
 * with its own token. API keys end at the account they belong to.
 */
export function accountInPath(context: Context): Account {
  const {state, caller, method, path} = context
  const sid = param(context, 'AccountSid')
  const own = caller.account.sid === sid
  if (!own && !(isMain(state, caller.account) && caller.kind === 'token')) throw denied()
  const account = accountBySid(state, sid)
  if (!account) throw notFound(path)
  if (account.status !== 'active' && method !== 'GET') throw new ApiError(403, 20005, 'Account not active')
  return account
}
