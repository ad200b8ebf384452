import type {Setting} from '../shared/settings.js'

export const WIRELESS_SIM_SETTINGS: readonly Setting[] = [
  ['CommandsCallbackUrl', 'commands_callback_url', 'url', null],
  ['CommandsCallbackMethod', 'commands_callback_method', 'method', 'POST'],
  ['SmsUrl', 'sms_url', 'url', null],
  ['SmsMethod', 'sms_method', 'method', 'POST'],
  ['SmsFallbackUrl', 'sms_fallback_url', 'url', null],
  ['SmsFallbackMethod', 'sms_fallback_method', 'method', 'POST'],
  ['VoiceUrl', 'voice_url', 'url', null],
  ['VoiceMethod', 'voice_method', 'method', 'POST'],
  ['VoiceFallbackUrl', 'voice_fallback_url', 'url', null],
  ['VoiceFallbackMethod', 'voice_fallback_method', 'method', 'POST'],
]
