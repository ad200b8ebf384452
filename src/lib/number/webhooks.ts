import type {Webhooks} from '../twilio/numbers.js'
import type {WebhookOptions} from './options.js'

/** What a number is to call that follows another: the same, but for what was wished; an empty wish means none. */
export function carriedOver(webhooks: Webhooks, {voiceUrl, smsUrl, statusCallback}: WebhookOptions): Webhooks {
  // With each URL goes what belongs to it, and what Twilio would ask in its place.
  const replaced: (keyof Webhooks)[] = [
    ...(voiceUrl === undefined ? [] : (['voiceUrl', 'voiceMethod', 'voiceApplicationSid', 'trunkSid'] as const)),
    ...(smsUrl === undefined ? [] : (['smsUrl', 'smsMethod', 'smsApplicationSid'] as const)),
    ...(statusCallback === undefined ? [] : (['statusCallback', 'statusCallbackMethod'] as const)),
  ]
  const kept = Object.entries(webhooks).filter(([key]) => !replaced.includes(key as keyof Webhooks))
  return {
    ...Object.fromEntries(kept),
    ...(voiceUrl && {voiceUrl}),
    ...(smsUrl && {smsUrl}),
    ...(statusCallback && {statusCallback}),
  }
}

/** What is asked for calls, for messages, and told afterwards; for showing. */
export function webhooksInWords(webhooks: Webhooks): {calls: string; messages: string; status: string} {
  const {voiceApplicationSid, trunkSid, voiceMethod, voiceUrl, smsApplicationSid, smsMethod, smsUrl} = webhooks
  const {statusCallbackMethod, statusCallback} = webhooks
  return {
    calls: handler(voiceApplicationSid ?? trunkSid, voiceMethod, voiceUrl),
    messages: handler(smsApplicationSid, smsMethod, smsUrl),
    status: handler(undefined, statusCallbackMethod, statusCallback),
  }
}

function handler(sid: string | undefined, method: string | undefined, url: string | undefined): string {
  if (sid !== undefined) return `${sid}, which goes before any URL`
  return url === undefined ? 'none' : `${method ?? 'POST'} ${url}`
}
