import {temporary, UnknownOutcome} from '../errors.js'
import {rememberLogin} from '../secrets.js'
import {retryUntilVisible, sendRepeatable} from '../transport/idempotent.js'
import {fetchAccount} from './accounts.js'
import {subaccount, type TwilioAccount} from './connect.js'
import {isMissing, refusedWith, twilioCodes, TwilioRefusal} from './errors.js'

/** https://www.twilio.com/docs/iam/api/authtoken: what of an account's tokens is done with the account's own credentials. */

/** Without it, Twilio tells owners and administrators of the account about each of these changes. */
export interface TokenChange {
  readonly suppressEmailNotification?: true
}

/** How often a secondary token is made again whose value nobody saw. */
const rounds = 4

/**
 * A second token that works beside the first. Twilio shows it once: where the answer is lost, the token that may have been
 * made is of no use, so it is deleted and another one made.
 * @throws {TwilioRefusal} `secondaryTokenExists` for one that somebody else made.
 */
export async function createSecondaryToken(account: TwilioAccount, change: TokenChange = {}): Promise<string> {
  for (let round = 1, mayBeOurs = false; ; round++) {
    try {
      return await requestSecondaryToken(account, change)
    } catch (error) {
      const exists = refusedWith(error, twilioCodes.secondaryTokenExists)
      if (error instanceof UnknownOutcome && round < rounds) {
        mayBeOurs = true
        await account.transport.pause(round)
      } else if (!(exists && mayBeOurs)) throw error
      await ensureSecondaryDeleted(account, change)
    }
  }
}

async function requestSecondaryToken(account: TwilioAccount, change: TokenChange = {}): Promise<string> {
  const accounts = await account.accounts()
  const {secondaryAuthToken: token} = await accounts.v1.secondaryAuthToken().create(change)
  rememberLogin(account.sid, token)
  return token
}

/** Where there is none, that is no error. */
export async function ensureSecondaryDeleted(account: TwilioAccount, change: TokenChange = {}): Promise<void> {
  const accounts = await account.accounts()
  try {
    await accounts.v1.secondaryAuthToken().remove(change)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** The account's only token becomes this one, which was its secondary; the old one fails at once. */
export async function ensurePromoted(
  main: TwilioAccount,
  sid: string,
  secondary: string,
  change: TokenChange = {},
): Promise<void> {
  const bySecondary = subaccount(main, {sid, authToken: secondary})
  const find = async () => ((await fetchAccount(main, sid)).authToken === secondary ? true : undefined)
  const send = async () => {
    const accounts = await bySecondary.accounts()
    await accounts.v1.authTokenPromotion().update(change)
    return true
  }
  await sendRepeatable(main.transport, {send, find})
  if (!(await find())) throw temporary('TOKEN_NOT_PROMOTED', `Twilio does not show the new auth token of ${sid} yet.`)
}

/** That a token works; a new one may take a moment. @throws {TwilioRefusal} */
export async function verifyToken(main: TwilioAccount, sid: string, authToken: string): Promise<void> {
  const account = subaccount(main, {sid, authToken})
  const isTooEarly = (error: unknown) => error instanceof TwilioRefusal && error.twilio?.status === 401
  await retryUntilVisible(main.transport, () => fetchAccount(account), isTooEarly)
}
