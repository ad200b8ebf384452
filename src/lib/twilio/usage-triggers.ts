import type {TriggerInstance} from 'twilio/lib/rest/api/v2010/account/usage/trigger.js'

import {compareText} from '../text.js'
import {type SendGuard, sendOnce, sendRepeatable} from '../transport/idempotent.js'
import type {TwilioAccount} from './connect.js'
import {isMissing} from './errors.js'

/** At which usage Twilio calls which URL: https://www.twilio.com/docs/usage/api/usage-trigger */
export interface TriggerSettings {
  /** At most 64 characters. */
  readonly friendlyName: string
  /** A usage category. */
  readonly category: string
  /** Usage within a month, in the category's unit, at which the trigger fires; once a month. */
  readonly value: number
  /** Where Twilio sends a POST to. */
  readonly url: string
}

export interface UsageTrigger extends TriggerSettings {
  readonly sid: string
  readonly createdAt: Date
  /** When it last fired. */
  readonly firedAt: Date | undefined
}

/** Those that watch the usage of a month, oldest first; of the account itself or, for a main account's token, of a subaccount. */
export async function listUsageTriggers(account: TwilioAccount, sid = account.sid): Promise<UsageTrigger[]> {
  const {v2010} = await account.api()
  const list = await v2010.accounts(sid).usage.triggers.list({recurring: 'monthly', triggerBy: 'usage', pageSize: 1000})
  return list.map(plain).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || compareText(a.sid, b.sid))
}

/** Makes the trigger, once. */
export async function ensureUsageTrigger(
  account: TwilioAccount,
  settings: TriggerSettings,
  guard: SendGuard,
): Promise<UsageTrigger> {
  const {friendlyName, category, value, url} = settings
  return sendOnce(account.transport, {
    effect: `the usage trigger "${friendlyName}" was created`,
    async send(sending) {
      const {v2010} = await account.api(sending)
      return plain(
        await v2010.account.usage.triggers.create({
          callbackUrl: url,
          triggerValue: String(value),
          usageCategory: category,
          friendlyName,
          recurring: 'monthly',
          triggerBy: 'usage',
        }),
      )
    },
    find: async () => (await listUsageTriggers(account)).find((trigger) => watches(trigger, settings)),
    guard,
  })
}

/** Whether it is the trigger for this, whatever URL it calls. */
export function watches(trigger: UsageTrigger, {friendlyName, category, value}: TriggerSettings): boolean {
  return trigger.friendlyName === friendlyName && trigger.category === category && trigger.value === value
}

export async function ensureTriggerUrl(account: TwilioAccount, sid: string, url: string): Promise<void> {
  await sendRepeatable(account.transport, {
    async send() {
      const {v2010} = await account.api()
      return plain(await v2010.account.usage.triggers(sid).update({callbackUrl: url}))
    },
    find: async () => (await listUsageTriggers(account)).find((each) => each.sid === sid && each.url === url),
  })
}

/** One that is gone already is no error. */
export async function ensureTriggerRemoved(account: TwilioAccount, sid: string): Promise<void> {
  const {v2010} = await account.api()
  try {
    await v2010.account.usage.triggers(sid).remove()
  } catch (error) {
    if (!isMissing(error)) throw error
  }
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
