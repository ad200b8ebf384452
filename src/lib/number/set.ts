import type {AddonContext} from '../addon/context.js'
import {acquireAddonLease} from '../addon/lease.js'
import {type WebhookUrls, withoutCleared} from '../addon/number-options.js'
import type {AddonRecord} from '../addon/record.js'
import {ourCommand} from '../command-line.js'
import {refused} from '../errors.js'
import {runOperation} from '../registry/operation.js'
import {ensureWebhooks, type OwnedNumber} from '../twilio/numbers.js'
import {differingWebhooks} from '../twilio/webhooks.js'
import {heldBy} from './read.js'

export interface NumberSet {
  readonly number: OwnedNumber
  /** What was changed; empty where all was so already. */
  readonly changed: readonly (keyof WebhookUrls)[]
}

/**
 * Sets what an add-on's number calls; an empty URL removes one. Under a lease: a change of the number carries over what the old
 * one calls.
 * @throws {Failure} `notFound`; `conflict` while something is unfinished; `refused` where the number is gone.
 */
export async function setNumber(context: AddonContext, appSpace: string, urls: WebhookUrls): Promise<NumberSet> {
  const lease = await acquireAddonLease(context, appSpace)
  return runOperation(lease, {
    async steps() {
      const {twilio, held, recorded} = await heldBy(context, lease.record)
      const number = held.find(({sid}) => sid === recorded.sid)
      if (!number) throw numberGone(appSpace, recorded.e164)
      const changed = differingWebhooks(number.webhooks, {...urls})
      if (changed.length === 0) return {number, changed}
      const set = () => ensureWebhooks(twilio, number, {...urls})
      return {number: await context.progress(`setting the webhooks of ${number.e164}`, set), changed}
    },
    commit: () => lease.release({intent: withUrls(lease.record, urls)}),
  })
}

export function numberGone(appSpace: string, e164: string) {
  return refused(
    'NUMBER_GONE',
    `The subaccount of ${appSpace} no longer has ${e164}.`,
    `To give it another number: ${ourCommand(`twilio:number:change -a ${appSpace}`)}`,
  )
}

/** What `addons:create` compares its options with. */
function withUrls({intent}: AddonRecord, urls: WebhookUrls): AddonRecord['intent'] {
  return intent.operation === 'create' ? withoutCleared({...intent, ...urls}) : intent
}
