import {maskUrls} from '../../lib/secrets.js'
import type {Capabilities} from '../../lib/twilio/capabilities.js'
import type {Webhooks} from '../../lib/twilio/webhooks.js'

/** `voice, SMS, MMS` */
export function capabilityList({voice, sms, mms}: Capabilities): string {
  return [voice && 'voice', sms && 'SMS', mms && 'MMS'].filter(Boolean).join(', ') || 'none'
}

/** `$1.15/month`, `1.15 EUR/month` */
export function monthlyPrice(amount: number, currency: string): string {
  return `${money(amount, currency)}/month`
}

/** `$1.15`, `1.15 EUR` */
export function money(amount: number, currency: string): string {
  const fixed = amount.toFixed(2)
  return currency.toUpperCase() === 'USD' ? `$${fixed}` : `${fixed} ${currency.toUpperCase()}`
}

/** In a sentence. */
export const webhookTitles = {voiceUrl: 'voice URL', smsUrl: 'SMS URL', statusCallback: 'status callback'} as const

/** What a number calls: rows for `fields`. */
export function webhookRows(webhooks: Webhooks): [string, string][] {
  const {voiceApplicationSid, trunkSid, voiceMethod, voiceUrl, smsApplicationSid, smsMethod, smsUrl} = webhooks
  const {statusCallbackMethod, statusCallback} = webhooks
  return [
    ['Voice URL', handler(voiceApplicationSid ?? trunkSid, voiceMethod, voiceUrl)],
    ['SMS URL', handler(smsApplicationSid, smsMethod, smsUrl)],
    ['Status callback', handler(undefined, statusCallbackMethod, statusCallback)],
  ]
}

function handler(sid: string | undefined, method: string | undefined, url: string | undefined): string {
  if (sid !== undefined) return `${sid}, which takes precedence over any URL`
  return url === undefined ? 'none' : `${method ?? 'POST'} ${maskUrls(url)}`
}
