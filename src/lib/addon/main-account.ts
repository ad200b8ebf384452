import {ourCommand} from '../command-line.js'
import {badCredentials, refused} from '../errors.js'
import {type Account, fetchAccount} from '../twilio/accounts.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {TwilioRefusal} from '../twilio/errors.js'

/**
 * The account behind the credentials, when it is a main account that is active.
 * @throws {Failure} `credentials` for a subaccount, a key that is not of type Main, or credentials Twilio refuses.
 */
export async function checkMainAccount(main: TwilioAccount): Promise<Account> {
  let account: Account
  try {
    account = await fetchAccount(main)
  } catch (error) {
    if (main.usesApiKey && error instanceof TwilioRefusal && [401, 403, 404].includes(error.twilio?.status ?? 0)) {
      throw badCredentials(
        'API_KEY_NOT_MAIN',
        'Twilio does not let this API key see the account: it is wrong, revoked, or not of type Main.',
        `Standard keys cannot manage subaccounts: create a key of type Main in the Twilio console, or use the auth token (\`${ourCommand('twilio:login')}\`).`,
      )
    }
    throw error
  }
  if (account.ownerSid !== account.sid) {
    throw badCredentials(
      'SUBACCOUNT_CREDENTIALS',
      `${account.sid} is a subaccount (of ${account.ownerSid}): add-ons are made with the main account's credentials.`,
      `Run \`${ourCommand('twilio:login')}\` with the main account, or set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to its credentials.`,
    )
  }
  if (account.status !== 'active') {
    throw refused(
      'ACCOUNT_NOT_ACTIVE',
      `The main account ${account.sid} is ${account.status}.`,
      'See https://console.twilio.com or ask Twilio support.',
    )
  }
  return account
}

/** @throws {Failure} `refused` for a trial account: it holds one number, and none in a subaccount. */
export function requireFullAccount(account: Account): void {
  if (account.type !== 'Trial') return
  throw refused(
    'TRIAL_ACCOUNT',
    `${account.sid} is a trial account, which cannot buy numbers in subaccounts.`,
    'Upgrade it at https://console.twilio.com/billing/upgrade, then run this again.',
    'To try things without paying: add --sandbox.',
  )
}

/**
 * @throws {Failure} `credentials`: Twilio moves numbers between accounts for the main account's own token alone
 * (https://www.twilio.com/docs/iam/api/subaccounts, "main account API keys").
 */
export function requireAuthToken(main: TwilioAccount, toDo: string): void {
  if (!main.usesApiKey) return
  throw badCredentials(
    'AUTH_TOKEN_REQUIRED',
    `An API key cannot ${toDo}: Twilio requires the main account's auth token for that.`,
    `Set TWILIO_AUTH_TOKEN (it takes precedence over TWILIO_API_KEY), or run \`${ourCommand('twilio:login')}\` with the token.`,
  )
}
