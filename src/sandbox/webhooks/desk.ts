import type {Sandbox} from '../sandbox.js'
import {accountBySid} from '../state/accounts.js'
import type {State} from '../state/state.js'

/** What a delivery needs of the sandbox. */
export type Desk = Pick<Sandbox, 'read' | 'change' | 'logWebhook'> & {
  /** Until this is so, which is looked at whenever time has passed. */
  readonly waitUntil: (isSo: (state: Readonly<State>, now: number) => boolean) => Promise<void>
}

/** The primary token of an account: Twilio signs with no other. */
export async function tokenOf({read}: Pick<Desk, 'read'>, accountSid: string): Promise<string> {
  return read((state) => accountBySid(state, accountSid)?.authToken ?? '')
}
