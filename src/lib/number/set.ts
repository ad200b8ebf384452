import {acquireAddonLease} from '../addon/lease.js'
import type {AddonContext} from '../addon/context.js'
import type {AddonRecord, CreateIntent} from '../addon/record.js'
import {refused} from '../errors.js'
import type {OwnedNumber} from '../twilio/numbers.js'
import {heldBy} from './read.js'
import {differing, setWebhooks} from './set-webhooks.js'
import type {WebhookOptions} from './options.js'

export interface NumberSet {
  readonly number: OwnedNumber
  /** What was changed; empty where all was so already. */
  readonly changed: readonly (keyof WebhookOptions)[]
}

/**
 * Sets what an add-on's number calls; an empty URL takes one away. Held against other runs: a change of the number carries over
 * what the old one calls.
 * @throws {Failure} `notFound`; `conflict` while something is half done; `refused` where the number is gone.
 */
export async function setNumber(context: AddonContext, appSpace: string, wanted: WebhookOptions): Promise<NumberSet> {
  const lease = await acquireAddonLease(context, appSpace, () => false)
  let changes: Partial<AddonRecord> = {}
  try {
    const {twilio, held, recorded} = await heldBy(context, lease.record)
    const number = held.find(({sid}) => sid === recorded.sid)
    if (!number) {
      throw refused(
        'NUMBER_GONE',
        `The subaccount of ${appSpace} has ${recorded.e164} no more.`,
        `To give it another number: aka twilio:number:change -a ${appSpace}`,
      )
    }
    const urls = Object.fromEntries(Object.entries(wanted).filter(([, url]) => url !== undefined))
    const changed = differing(number, urls) as (keyof WebhookOptions)[]
    if (changed.length > 0) context.progress(`setting what ${number.e164} calls`)
    const now = await setWebhooks(twilio, number, urls)
    changes = {intent: withUrls(lease.record, urls)}
    return {number: now, changed}
  } finally {
    await lease.release(changes)
  }
}

/** What `addons:create` holds its options against. */
function withUrls({intent}: AddonRecord, urls: WebhookOptions): AddonRecord['intent'] {
  if (intent.operation !== 'create') return intent
  const all = Object.entries({...intent, ...urls}).filter(([, value]) => value !== '')
  return Object.fromEntries(all) as unknown as CreateIntent
}
