import {ApiError} from '../respond.js'
import type {IncomingNumber} from '../state.js'

type Kind = 'url' | 'method' | 'sid' | 'text' | 'flag'

/** What a caller may set on a number: the parameter, the property it is read back as, its kind, its default. */
const SETTINGS: readonly (readonly [
  parameter: string,
  property: string,
  kind: Kind,
  initial: string | boolean | null,
])[] = [
  ['VoiceUrl', 'voice_url', 'url', null],
  ['VoiceMethod', 'voice_method', 'method', 'POST'],
  ['VoiceFallbackUrl', 'voice_fallback_url', 'url', null],
  ['VoiceFallbackMethod', 'voice_fallback_method', 'method', 'POST'],
  ['VoiceCallerIdLookup', 'voice_caller_id_lookup', 'flag', false],
  ['VoiceApplicationSid', 'voice_application_sid', 'sid', null],
  ['VoiceReceiveMode', 'voice_receive_mode', 'text', 'voice'],
  ['SmsUrl', 'sms_url', 'url', null],
  ['SmsMethod', 'sms_method', 'method', 'POST'],
  ['SmsFallbackUrl', 'sms_fallback_url', 'url', null],
  ['SmsFallbackMethod', 'sms_fallback_method', 'method', 'POST'],
  ['SmsApplicationSid', 'sms_application_sid', 'sid', null],
  ['StatusCallback', 'status_callback', 'url', null],
  ['StatusCallbackMethod', 'status_callback_method', 'method', 'POST'],
  ['TrunkSid', 'trunk_sid', 'sid', null],
  ['IdentitySid', 'identity_sid', 'sid', null],
  ['EmergencyStatus', 'emergency_status', 'text', 'Inactive'],
  ['EmergencyAddressSid', 'emergency_address_sid', 'sid', null],
]

export function defaultSettings(): IncomingNumber['settings'] {
  return Object.fromEntries(SETTINGS.map(([, property, , initial]) => [property, initial]))
}

/** The settings a request changes; an empty value clears one. Refuses what Twilio refuses. */
export function readSettings(form: URLSearchParams): IncomingNumber['settings'] {
  const changes: IncomingNumber['settings'] = {}
  for (const [parameter, property, kind, initial] of SETTINGS) {
    const value = form.get(parameter)
    if (value === null) continue
    changes[property] = value === '' ? initial : parse(parameter, kind, value)
  }
  return changes
}

function parse(parameter: string, kind: Kind, value: string): string | boolean {
  if (kind === 'flag') return value.toLowerCase() === 'true'
  if (kind === 'url' && !isWebUrl(value)) throw new ApiError(400, 21402, `${parameter} is not valid`)
  if (kind === 'method') {
    const method = value.toUpperCase()
    if (method !== 'GET' && method !== 'POST') throw new ApiError(400, 21403, `${parameter} must be GET or POST`)
    return method
  }
  return value
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
