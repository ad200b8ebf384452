import type {AddonContext} from '../addon/context.js'
import {requireActive, untilReady} from '../addon/info.js'
import {ourCommand} from '../command-line.js'
import {notFound} from '../errors.js'
import {subaccount, type TwilioAccount} from '../twilio/connect.js'

/** The number of an add-on and its subaccount, by the subaccount's own credentials. */
export interface Sender {
  readonly appSpace: string
  readonly twilio: TwilioAccount
  /** E.164. */
  readonly from: string
  readonly numberSid: string
}

/** @throws {Failure} `notFound`; `conflict` while something is unfinished; `refused` where the account is not active. */
export async function senderOf(context: AddonContext, appSpace: string): Promise<Sender> {
  const record = await untilReady(context, appSpace)
  const {phoneNumber} = record
  if (!phoneNumber) {
    throw notFound(
      'NUMBER_NOT_FOUND',
      `The registry has no number for ${appSpace}.`,
      `See ${ourCommand(`addons:info twilio -a ${appSpace}`)}`,
    )
  }
  const {e164: from, sid: numberSid} = phoneNumber
  return {appSpace, from, numberSid, twilio: subaccount(context.main, await requireActive(context, record))}
}
