import type {Webhooks} from '../twilio/webhooks.js'

/** What is called for calls, for messages, and for their status; for showing. */
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
