import type {State} from './state.js'
import type {Account, SecondaryToken} from './types/accounts.js'

export function accountBySid(state: Readonly<State>, sid: string): Account | undefined {
  return state.accounts.find((account) => account.sid === sid)
}

export function isMain(state: Readonly<State>, account: Account): boolean {
  return account.sid === state.mainAccountSid
}

export function secondaryTokenOf(state: Readonly<State>, accountSid: string): SecondaryToken | undefined {
  return state.secondaryTokens.find((token) => token.accountSid === accountSid)
}

/** When this sandbox came into being. */
export function startedAt({mainAccountSid, accounts}: Readonly<Pick<State, 'mainAccountSid' | 'accounts'>>): number {
  return accounts.find(({sid}) => sid === mainAccountSid)?.createdAt ?? 0
}
