import {requireActive, untilReady} from '../addon/info.js'
import type {AddonContext} from '../addon/context.js'
import {sendOnce} from '../transport/idempotent.js'
import {Failure, notFound, UnknownOutcome} from '../errors.js'
import {subaccount, type TwilioAccount} from '../twilio/connect.js'

/** The number of an add-on and its subaccount, by the subaccount's own credentials. */
export interface Sender {
  readonly appSpace: string
  readonly twilio: TwilioAccount
  /** E.164. */
  readonly from: string
}

/** @throws {Failure} `notFound`; `conflict` while something is half done; `refused` where the account is not active. */
export async function senderOf(context: AddonContext, appSpace: string): Promise<Sender> {
  const record = await untilReady(context, appSpace)
  const from = record.phoneNumber?.e164
  if (from === undefined) {
    throw notFound(
      'NUMBER_NOT_FOUND',
      `The registry knows of no number of ${appSpace}.`,
      `See aka addons:info twilio -a ${appSpace}`,
    )
  }
  return {appSpace, from, twilio: subaccount(context.main, await requireActive(context, record))}
}

interface Sending<Sent extends {readonly sid: string}> {
  /** What went the same way lately, this one included once it was sent. */
  readonly list: () => Promise<readonly Sent[]>
  readonly send: () => Promise<Sent>
}

/**
 * Sends once: when the answer is lost, what was not there before is taken for it.
 * @throws {Failure} `temporary` when it is not known whether it was sent; then sending it again is for a person to decide.
 */
export async function sendListed<Sent extends {readonly sid: string}>(
  {twilio}: Sender,
  {list, send}: Sending<Sent>,
): Promise<Sent> {
  const before = new Set((await list()).map(({sid}) => sid))
  const look = async () => (await list()).find(({sid}) => !before.has(sid))
  try {
    return await sendOnce(twilio.transport, {send: send, find: look})
  } catch (error) {
    if (!(error instanceof UnknownOutcome)) throw error
    throw new Failure({
      code: error.code,
      outcome: 'temporary',
      message: error.message,
      suggestions: ['It may have been sent: look at https://console.twilio.com (Monitor > Logs) before sending again.'],
      cause: error,
    })
  }
}

/** As it ends, or as it is when it has not ended in time. */
export async function follow<Item>(
  first: Item,
  {transport}: TwilioAccount,
  {
    again,
    isFinal,
    timeoutMs,
  }: {
    readonly again: () => Promise<Item>
    readonly isFinal: (item: Item) => boolean
    readonly timeoutMs: number
  },
): Promise<Item> {
  const started = performance.now()
  let now = first
  for (let time = 1; !isFinal(now) && performance.now() - started < timeoutMs; time++) {
    await transport.pause(Math.min(time, 4))
    now = await again()
  }
  return now
}
