import {type Step, stepAt} from '../state/clock.js'
import type {Message} from '../state/types/messaging.js'
import {MMS_PRICE, SMS_SEGMENT_PRICE} from './prices.js'
import {isUnreachable} from './test-values.js'

/** How long it takes, by the sandbox's clock, until a message is sent, and until it is delivered. */
export const MESSAGE_SENT_MS = 1000
const DELIVERED_MS = 2000

type MessageStatus = 'queued' | 'sent' | 'delivered' | 'undelivered'

export function messageStatus({to, createdAt}: Message, now: number): Step<MessageStatus> {
  const end = isUnreachable(to) ? 'undelivered' : 'delivered'
  return stepAt<MessageStatus>(now, createdAt, 'queued', [MESSAGE_SENT_MS, 'sent'], [DELIVERED_MS, end])
}

/** A single SMS holds 160 characters, or 70 when they need UCS-2; each part of a longer message a few less. */
export function segmentCount(body: string): number {
  const plain = /^[\u0020-\u007e\n\r]*$/.test(body)
  const [single, part] = plain ? [160, 153] : [70, 67]
  return body.length <= single ? 1 : Math.ceil(body.length / part)
}

/** What a message counts as, and what it costs. */
export function messageUsage({body, mediaCount}: Message): {category: string; usage: number; price: number} {
  if (mediaCount > 0) return {category: 'mms-outbound', usage: 1, price: MMS_PRICE}
  const usage = segmentCount(body)
  return {category: 'sms-outbound', usage, price: usage * SMS_SEGMENT_PRICE}
}
