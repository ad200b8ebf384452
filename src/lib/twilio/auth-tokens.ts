import {UnknownOutcome} from '../errors.js'
import {rememberSecret} from '../secrets.js'
import type {TwilioAccount} from './connect.js'

/** https://www.twilio.com/docs/iam/api/authtoken: what of an account's tokens is done with the account's own credentials. */

/** A second token that works beside the first. It is shown here and never again. */
export async function createSecondaryToken(account: TwilioAccount): Promise<string> {
  const accounts = await account.accounts()
  const {secondaryAuthToken: token} = await accounts.v1.secondaryAuthToken().create()
  if (!token) throw new UnknownOutcome('Twilio answered the making of a secondary auth token without the token')
  rememberSecret(token)
  rememberSecret(Buffer.from(`${account.sid}:${token}`).toString('base64'))
  return token
}

export async function deleteSecondaryToken(account: TwilioAccount): Promise<void> {
  const accounts = await account.accounts()
  await accounts.v1.secondaryAuthToken().remove()
}

/** The secondary token becomes the only one; the old one fails at once. */
export async function promoteSecondaryToken(account: TwilioAccount): Promise<void> {
  const accounts = await account.accounts()
  await accounts.v1.authTokenPromotion().update()
}
