import {accountBySid, secondaryTokenOf} from '../state/accounts.js'
import type {State} from '../state/state.js'
import type {Account} from '../state/types/accounts.js'
import {accessDenied, accountNotActive} from './errors.js'

/** Whose credentials a request carries: an account's SID with one of its tokens, or one of its API keys. */
export interface Caller {
  readonly account: Account
  readonly kind: 'token' | 'main-key' | 'standard-key'
}

export function authenticate(state: State, authorization: string | undefined): Caller {
  const caller = identify(state, authorization)
  if (!caller || caller.account.status === 'closed') throw accessDenied()
  // Suspending a main account also suspends its subaccounts.
  const owner = accountBySid(state, caller.account.ownerAccountSid)
  if (caller.account.status === 'suspended' || owner?.status === 'suspended') throw accountNotActive()
  return caller
}

function identify(state: State, authorization: string | undefined): Caller | undefined {
  const credentials = basicCredentials(authorization)
  if (!credentials) return undefined
  const {username, password} = credentials
  const key = state.keys.find(({sid, secret}) => sid === username && secret === password)
  const account = key
    ? accountBySid(state, key.accountSid)
    : state.accounts.find((each) => each.sid === username && isTokenOf(state, each, password))
  if (!account) return undefined
  return {account, kind: key ? (key.type === 'Main' ? 'main-key' : 'standard-key') : 'token'}
}

function isTokenOf(state: State, {sid, authToken}: Account, password: string): boolean {
  return password === authToken || password === secondaryTokenOf(state, sid)?.token
}

export function basicCredentials(authorization: string | undefined): {username: string; password: string} | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : {username: text.slice(0, colon), password: text.slice(colon + 1)}
}
