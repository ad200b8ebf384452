import {retryUntilVisible} from '../transport/idempotent.js'
import type {Account} from './accounts.js'
import {subaccount, type TwilioAccount} from './connect.js'
import {isMissing, TwilioRefusal} from './errors.js'

/** A subaccount by its own credentials. */
export interface Subaccount {
  readonly account: Account
  readonly twilio: TwilioAccount
  readonly isNew: boolean
  /** Does work in it; just after its creation again for a few seconds while parts of Twilio do not know it yet. */
  readonly whenVisible: <Result>(work: () => Promise<Result>) => Promise<Result>
}

export function openSubaccount(main: TwilioAccount, account: Account, {isNew} = {isNew: false}): Subaccount {
  return {
    account,
    twilio: subaccount(main, account),
    isNew,
    whenVisible: (work) => (isNew ? retryUntilVisible(main.transport, work, isNotVisibleYet) : work()),
  }
}

/** The part of Twilio that sells numbers may not know a subaccount that was made a moment ago: nothing was bought then. */
function isNotVisibleYet(error: unknown): boolean {
  return isMissing(error) || (error instanceof TwilioRefusal && error.twilio?.status === 401)
}
