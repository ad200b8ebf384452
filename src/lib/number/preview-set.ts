import type {AddonContext} from '../addon/context.js'
import {requireReady, requireRecord} from '../addon/info.js'
import type {WebhookUrls} from '../addon/number-options.js'
import {differingWebhooks} from '../twilio/webhooks.js'
import type {NumberSetPreviewDocument} from './document.js'
import {heldBy} from './read.js'
import {numberGone} from './set.js'

/**
 * What `setNumber` would do, found out without changing anything.
 * @throws {Failure} what `setNumber` would be refused with, as far as reading tells
 */
export async function previewNumberSet(
  context: AddonContext,
  appSpace: string,
  urls: WebhookUrls,
): Promise<NumberSetPreviewDocument> {
  const record = await requireRecord(context, appSpace)
  requireReady(record)
  const {held, recorded} = await heldBy(context, record)
  const number = held.find(({sid}) => sid === recorded.sid)
  if (!number) throw numberGone(appSpace, recorded.e164)
  const wouldChange = differingWebhooks(number.webhooks, {...urls})
  return {dryRun: true, appSpace, phoneNumber: number.e164, wouldChange}
}
