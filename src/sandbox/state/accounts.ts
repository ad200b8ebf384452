import type {State} from './state.js'
import type {Account, SecondaryToken} from './types/accounts.js'

export function accountBySid(state: Readonly<State>, sid: string): Account | undefined {
  return state.accounts.find((account) => account.sid === sid)
}

export function isMain({sid, ownerAccountSid}: Account): boolean {
  return sid === ownerAccountSid
}

/** Whether one is the other, or the main account that the other belongs to. */
export function reaches(caller: Account, {sid, ownerAccountSid}: Account): boolean {
  return [sid, ownerAccountSid].includes(caller.sid)
}

export function secondaryTokenOf(state: Readonly<State>, accountSid: string): SecondaryToken | undefined {
  return state.secondaryTokens.find((token) => token.accountSid === accountSid)
}

/** When this sandbox came into being. */
export function startedAt({mainAccountSid, accounts}: Readonly<Pick<State, 'mainAccountSid' | 'accounts'>>): number {
  return accounts.find(({sid}) => sid === mainAccountSid)?.createdAt ?? 0
}
