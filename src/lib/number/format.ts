import type {Capabilities} from '../twilio/capabilities.js'

/** `voice, SMS, MMS` */
export function capabilitiesInWords({voice, sms, mms}: Capabilities): string {
  return [voice && 'voice', sms && 'SMS', mms && 'MMS'].filter(Boolean).join(', ') || 'nothing'
}
