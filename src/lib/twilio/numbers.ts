import type {IncomingPhoneNumberInstance} from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js'

import {temporary} from '../errors.js'
import {type SendGuard, sendOnce, sendRepeatable, untilListed} from '../transport/idempotent.js'
import {type Capabilities, capabilitiesOf} from './capabilities.js'
import type {TwilioAccount} from './connect.js'
import {isMissing, refusedWith, twilioCodes} from './errors.js'
import type {Subaccount} from './subaccount.js'
import {differingWebhooks, type Webhooks, webhooksOf} from './webhooks.js'

/** https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export interface OwnedNumber {
  readonly sid: string
  readonly e164: string
  readonly accountSid: string
  readonly capabilities: Capabilities
  readonly webhooks: Webhooks
  readonly createdAt: Date
}

/** What a number is bought or transferred with; an empty string removes a webhook. */
export interface NumberSettings extends Webhooks {
  /** Of the account that is to hold the number. */
  readonly addressSid?: string
  readonly bundleSid?: string
}

/** The numbers that an account holds, or for a main account's token a subaccount of it; oldest first. */
export async function listNumbers(
  account: TwilioAccount,
  {e164, of = account.sid}: {e164?: string; of?: string | undefined} = {},
): Promise<OwnedNumber[]> {
  const {v2010} = await account.api()
  const numbers = await v2010.accounts(of).incomingPhoneNumbers.list(e164 === undefined ? {} : {phoneNumber: e164})
  return numbers
    .map(plain)
    .filter((each) => e164 === undefined || each.e164 === e164)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

async function findNumber(account: TwilioAccount, {sid, e164}: Identity): Promise<OwnedNumber | undefined> {
  return (await listNumbers(account, {e164})).find((each) => each.sid === sid)
}

interface Identity {
  readonly sid: string
  readonly e164: string
}

interface NumberPurchase {
  readonly settings: NumberSettings
  readonly guard: SendGuard
  /** Whether a run before this one may have bought it, and its answer have been lost. */
  readonly mayBeOurs: boolean
}

/** Buys the number, once. @throws {TwilioRefusal} `numberTaken` when somebody else has it. */
export async function ensureNumber(
  sub: Subaccount,
  e164: string,
  {settings, guard, mayBeOurs}: NumberPurchase,
): Promise<OwnedNumber> {
  const {twilio} = sub
  const find = async () => (await listNumbers(twilio, {e164}))[0]
  try {
    return await sendOnce(twilio.transport, {
      effect: `${e164} was bought`,
      send: (sending) =>
        sub.whenVisible(async () => {
          const api = await twilio.api(sending)
          return plain(await api.v2010.account.incomingPhoneNumbers.create({phoneNumber: e164, ...settings}))
        }),
      find,
      guard,
    })
  } catch (error) {
    if (!refusedWith(error, twilioCodes.numberTaken)) throw error
    // Perhaps by us: then it may take a while to show.
    const ours = await (mayBeOurs
      ? untilListed(twilio.transport, find, {guard, what: `to see whether ${e164} is ours`})
      : find())
    if (!ours) throw error
    return ours
  }
}

/** Transfers a number of the main account into the subaccount; only the main account's own token may. */
export async function ensureTransferredIn(
  main: TwilioAccount,
  sub: Subaccount,
  number: Identity,
  settings: NumberSettings,
): Promise<void> {
  const find = () => findNumber(sub.twilio, number)
  const send = async () => {
    try {
      return await sub.whenVisible(() => transfer(main, number.sid, {from: main.sid, to: sub.account.sid, settings}))
    } catch (error) {
      // No longer in the main account: transferred by a request that was thought lost?
      const what = `for ${number.e164} to show in ${sub.account.sid}`
      const transferred = isMissing(error) ? await untilListed(main.transport, find, {what}) : undefined
      if (!transferred) throw error
      return transferred
    }
  }
  await sendRepeatable(main.transport, {send, find})
}

/**
 * Transfers a number into the main account and sees it there.
 * @throws {Failure} `temporary` when it does not show there.
 */
export async function ensureTransferredToMain(
  main: TwilioAccount,
  {from, settings = {}, ...number}: Identity & {readonly from: string; readonly settings?: NumberSettings},
): Promise<void> {
  const find = () => findNumber(main, number)
  if (await find()) return
  try {
    await sendRepeatable(main.transport, {send: () => transfer(main, number.sid, {from, to: main.sid, settings}), find})
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  if (await untilListed(main.transport, find, {what: `for ${number.e164} to show in the main account`})) return
  throw temporary(
    'NUMBER_NOT_TRANSFERRED',
    `${number.e164} is not in the main account, so nothing more was done.`,
    'Run this again in a minute; see https://console.twilio.com for where the number is.',
  )
}

async function transfer(
  main: TwilioAccount,
  sid: string,
  {from, to, settings}: {readonly from: string; readonly to: string; readonly settings: NumberSettings},
): Promise<OwnedNumber> {
  const api = await main.api()
  const number = api.v2010.accounts(from).incomingPhoneNumbers(sid)
  return plain(await number.update({accountSid: to, ...settings}))
}

/** Gives a number these webhooks; an empty string removes one. Sends nothing where it has them already. */
export async function ensureWebhooks(
  account: TwilioAccount,
  number: OwnedNumber,
  wanted: Webhooks,
): Promise<OwnedNumber> {
  if (differingWebhooks(number.webhooks, wanted).length === 0) return number
  const send = async () => {
    const api = await account.api()
    return plain(await api.v2010.account.incomingPhoneNumbers(number.sid).update(wanted))
  }
  const find = async () => {
    const now = await findNumber(account, number)
    return now && differingWebhooks(now.webhooks, wanted).length === 0 ? now : undefined
  }
  return sendRepeatable(account.transport, {send, find})
}

/** Releases a number for good: it can usually not be bought back. One that is gone already is no error. */
export async function ensureReleased(account: TwilioAccount, sid: string): Promise<void> {
  const api = await account.api()
  try {
    await api.v2010.account.incomingPhoneNumbers(sid).remove()
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

function plain(number: IncomingPhoneNumberInstance): OwnedNumber {
  const {sid, phoneNumber, accountSid, capabilities, dateCreated} = number
  return {
    sid,
    e164: phoneNumber,
    accountSid,
    capabilities: capabilitiesOf(capabilities),
    webhooks: webhooksOf(number),
    createdAt: new Date(dateCreated),
  }
}
