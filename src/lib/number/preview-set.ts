import type {AddonContext} from '../addon/context.js'
import {requireRecord} from '../addon/info.js'
import type {WebhookUrls} from '../addon/number-options.js'
import {differingWebhooks} from '../twilio/webhooks.js'
import type {NumberSetPreviewDocument} from './document.js'
import {heldBy} from './read.js'
import {numberGone} from './set.js'

/** What `setNumber` would do, found out without changing anything. */
export async function previewNumberSet(
  context: AddonContext,
  appSpace: string,
  urls: WebhookUrls,
): Promise<NumberSetPreviewDocument> {
  const {held, recorded} = await heldBy(context, await requireRecord(context, appSpace))
  const number = held.find(({sid}) => sid === recorded.sid)
  if (!number) throw numberGone(appSpace, recorded.e164)
  const wouldChange = differingWebhooks(number.webhooks, {...urls})
  return {dryRun: true, appSpace, phoneNumber: number.e164, wouldChange}
}
