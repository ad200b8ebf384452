import type {Context} from '../../src/sandbox/http/context.js'
import type {State} from '../../src/sandbox/state/state.js'
import type {Account} from '../../src/sandbox/state/types/accounts.js'
import {initialState} from '../../src/sandbox/world/initial-state.js'

export const NOW = Date.parse('2026-03-10T12:00:00Z')

/** A new state, for the rules that need no more: a main account and a subaccount. */
export function exampleState() {
  const state: State = initialState('example', NOW, {})
  const [main] = state.accounts
  if (!main) throw new Error('A new state has a main account.')
  const sub: Account = {...main, sid: `AC${'5'.repeat(32)}`, friendlyName: 'sub', authToken: 'token of sub'}
  state.accounts.push(sub)
  return {state, main, sub}
}

/** A request of the main account's, but for what is given. */
export function contextOf(
  {state, main}: {readonly state: State; readonly main: Account},
  {query, form, ...given}: Partial<Omit<Context, 'query' | 'form'>> & {query?: string; form?: string} = {},
): Context {
  return {
    state,
    now: NOW,
    method: 'GET',
    host: 'api.twilio.com',
    path: '/path',
    params: {},
    query: new URLSearchParams(query),
    form: new URLSearchParams(form),
    headers: {},
    caller: {account: main, kind: 'token'},
    ...given,
  }
}
