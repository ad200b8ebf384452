import type {TriggerInstance} from 'twilio/lib/rest/api/v2010/account/usage/trigger.js'

import {UnknownOutcome} from '../errors.js'
import type {SenderOptions} from '../transport/transport.js'
import type {TwilioAccount} from './connect.js'

/** What Twilio is to tell, and whom: https://www.twilio.com/docs/usage/api/usage-trigger */
export interface TriggerSettings {
  /** At most 64 characters. */
  readonly friendlyName: string
  /** A usage category. */
  readonly category: string
  /** Usage within a month, in the category's unit, at which it is told; once a month. */
  readonly value: number
  /** Where Twilio sends a POST to. */
  readonly url: string
}

export interface UsageTrigger extends TriggerSettings {
  readonly sid: string
  readonly createdAt: Date
  /** When it was last told. */
  readonly firedAt: Date | undefined
}

/** Those that watch the usage of a month, oldest first; of the account itself or, for a main account's token, of a subaccount. */
export async function listUsageTriggers(account: TwilioAccount, sid = account.sid): Promise<UsageTrigger[]> {
  const {v2010} = await account.api()
  const list = await v2010.accounts(sid).usage.triggers.list({recurring: 'monthly', triggerBy: 'usage', pageSize: 1000})
  return list.map(plain).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || a.sid.localeCompare(b.sid))
}

/** Makes one more, also when there is one like it: see alerts/bring.ts for how that is kept from happening. */
export async function createUsageTrigger(
  account: TwilioAccount,
  {friendlyName, category, value, url}: TriggerSettings,
  sending: SenderOptions,
): Promise<UsageTrigger> {
  const {v2010} = await account.api(sending)
  const trigger = plain(
    await v2010.account.usage.triggers.create({
      callbackUrl: url,
      triggerValue: String(value),
      usageCategory: category,
      friendlyName,
      recurring: 'monthly',
      triggerBy: 'usage',
    }),
  )
  if (!trigger.sid) throw new UnknownOutcome('Twilio answered the making of a usage trigger without its SID')
  return trigger
}

/** Lets it tell somebody else. Repeating it does no harm. */
export async function redirectUsageTrigger(account: TwilioAccount, sid: string, url: string): Promise<UsageTrigger> {
  const {v2010} = await account.api()
  return plain(await v2010.account.usage.triggers(sid).update({callbackUrl: url}))
}

export async function removeUsageTrigger(account: TwilioAccount, sid: string): Promise<void> {
  const {v2010} = await account.api()
  await v2010.account.usage.triggers(sid).remove()
}

function plain(trigger: TriggerInstance): UsageTrigger {
  const {sid, usageCategory, triggerValue, dateCreated} = trigger
  // The documents call them nullable, the SDK's types do not.
  const [friendlyName, url, firedAt] = [
    trigger.friendlyName as string | null,
    trigger.callbackUrl as string | null,
    trigger.dateFired as Date | null,
  ]
  return {
    sid,
    friendlyName: friendlyName ?? '',
    category: usageCategory,
    value: Number(triggerValue),
    url: url ?? '',
    createdAt: new Date(dateCreated),
    firedAt: firedAt instanceof Date && !Number.isNaN(firedAt.getTime()) ? firedAt : undefined,
  }
}
