import type {MessageInstance} from 'twilio/lib/rest/api/v2010/account/message.js'

import {sameText} from '../text.js'
import {sendListedOnce} from '../transport/idempotent.js'
import type {TwilioAccount} from './connect.js'

/** https://www.twilio.com/docs/messaging/api/message-resource */
export interface Message {
  readonly sid: string
  readonly to: string
  readonly from: string
  readonly body: string
  readonly status: MessageInstance['status']
  /** Segments that it is sent in, each of which is billed. */
  readonly segments: number
  /** Why it was not delivered. */
  readonly errorCode: number | undefined
  readonly errorMessage: string | undefined
}

export interface Ends {
  /** E.164. */
  readonly from: string
  readonly to: string
}

/** The newest messages from one number to another. */
async function listMessages(account: TwilioAccount, {from, to}: Ends): Promise<Message[]> {
  const api = await account.api()
  return (await api.v2010.account.messages.list({from, to, pageSize: 50, limit: 50})).map(plain)
}

export async function fetchMessage(account: TwilioAccount, sid: string): Promise<Message> {
  const api = await account.api()
  return plain(await api.v2010.account.messages(sid).fetch())
}

/** Where a person sees what an account sent, and whom it called. */
export const deliveryLogs = 'https://console.twilio.com (Monitor > Logs)'

/** Sends a message, once. @throws as `sendListedOnce` */
export async function ensureSent(
  account: TwilioAccount,
  {from, to, body}: Ends & {readonly body: string},
): Promise<Message> {
  return sendListedOnce(account.transport, {
    effect: `the message to ${to} was sent`,
    async send() {
      const api = await account.api()
      return plain(await api.v2010.account.messages.create({from, to, body}))
    },
    list: async () => (await listMessages(account, {from, to})).filter((each) => sameText(each.body, body)),
    seeAt: deliveryLogs,
  })
}

function plain(message: MessageInstance): Message {
  const {sid, status, numSegments} = message
  // The documents call these nullable, the SDK's types do not.
  const [errorCode, errorMessage] = [message.errorCode as number | null, message.errorMessage as string | null]
  const [to, from, body] = [message.to as string | null, message.from as string | null, message.body as string | null]
  return {
    sid,
    to: to ?? '',
    from: from ?? '',
    body: body ?? '',
    status,
    segments: Number(numSegments),
    errorCode: errorCode ?? undefined,
    errorMessage: errorMessage ?? undefined,
  }
}
