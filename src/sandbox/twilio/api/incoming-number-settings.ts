import type {Setting} from '../shared/settings.js'

export const INCOMING_NUMBER_SETTINGS: readonly Setting[] = [
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
