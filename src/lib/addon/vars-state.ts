import {type ConfigVars, redacted} from '../akkeris/config-vars.js'
import type {Account} from '../twilio/accounts.js'
import type {AddonRecord} from './record.js'
import {ownerOf, present} from './vars.js'

/** Whether the app-space's config vars are those of the add-on; `foreign`: those of another TWILIO_SID. */
export type ConfigVarsState =
  'set' | 'wrong token' | 'wrong number' | 'incomplete' | 'missing' | 'foreign' | 'no such app'

/** @param account the subaccount, where it is at hand: without it nobody knows the token */
export function configVarsState(
  vars: ConfigVars | undefined,
  {accountSid, phoneNumber, state}: AddonRecord,
  account: Account | undefined,
): ConfigVarsState {
  if (!vars) return 'no such app'
  const there = present(vars).length
  if (there === 0) return 'missing'
  const owner = ownerOf(vars)
  if (owner !== undefined && owner !== accountSid) return 'foreign'
  if (there !== 3) return 'incomplete'
  // While a token is rotated, or a number changed, either is right.
  if (state !== 'ready') return 'set'
  if (differs(vars.TWILIO_AUTH_TOKEN, account?.authToken)) return 'wrong token'
  return differs(vars.TWILIO_PHONE_NUMBER, phoneNumber?.e164) ? 'wrong number' : 'set'
}

/** Nothing is said of what cannot be compared. */
function differs(value: string | undefined, known: string | undefined): boolean {
  return Boolean(known) && value !== redacted && value !== known
}
