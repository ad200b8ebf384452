import type {CallInstance} from 'twilio/lib/rest/api/v2010/account/call.js'

import {sendListedOnce} from '../transport/idempotent.js'
import type {TwilioAccount} from './connect.js'
import {deliveryLogs, type Ends} from './messages.js'

/** https://www.twilio.com/docs/voice/api/call-resource */
export interface Call {
  readonly sid: string
  readonly to: string
  readonly from: string
  readonly status: CallInstance['status']
  /** Seconds, once it is over. */
  readonly duration: number | undefined
}

/** What happens when somebody answers: TwiML, or the URL that serves it. */
export type CallScript = {readonly twiml: string} | {readonly url: string}

/** The newest calls from one number to another. */
async function listCalls(account: TwilioAccount, {from, to}: Ends): Promise<Call[]> {
  const api = await account.api()
  return (await api.v2010.account.calls.list({from, to, pageSize: 50, limit: 50})).map(plain)
}

export async function fetchCall(account: TwilioAccount, sid: string): Promise<Call> {
  const api = await account.api()
  return plain(await api.v2010.account.calls(sid).fetch())
}

/** Calls, once. @throws as `sendListedOnce` */
export async function ensureCalled(account: TwilioAccount, {from, to}: Ends, script: CallScript): Promise<Call> {
  return sendListedOnce(account.transport, {
    effect: `the call to ${to} was made`,
    async send() {
      const api = await account.api()
      return plain(await api.v2010.account.calls.create({from, to, ...script}))
    },
    list: () => listCalls(account, {from, to}),
    seeAt: deliveryLogs,
  })
}

function plain({sid, to, from, status, duration}: CallInstance): Call {
  return {sid, to, from, status, duration: duration ? Number(duration) : undefined}
}
