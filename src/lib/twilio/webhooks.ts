import type {IncomingPhoneNumberInstance} from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js'

import {maskUrls} from '../secrets.js'

type OverridingKey = 'voiceApplicationSid' | 'trunkSid' | 'smsApplicationSid'

interface Handler {
  /** The property for the method by which the URL is called. */
  readonly method: keyof IncomingPhoneNumberInstance
  /** What Twilio uses in place of the URL where it is set. */
  readonly overriddenBy: readonly OverridingKey[]
}

/** The URLs that Twilio calls for a number (https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource). */
const handlers = {
  voiceUrl: {method: 'voiceMethod', overriddenBy: ['voiceApplicationSid', 'trunkSid']},
  voiceFallbackUrl: {method: 'voiceFallbackMethod', overriddenBy: []},
  smsUrl: {method: 'smsMethod', overriddenBy: ['smsApplicationSid']},
  smsFallbackUrl: {method: 'smsFallbackMethod', overriddenBy: []},
  statusCallback: {method: 'statusCallbackMethod', overriddenBy: []},
} as const satisfies Readonly<Record<string, Handler>>

type UrlKey = keyof typeof handlers
type MethodKey = (typeof handlers)[UrlKey]['method']

const urlKeys = Object.keys(handlers) as UrlKey[]
const clearable = [...urlKeys, ...urlKeys.flatMap((key): readonly OverridingKey[] => handlers[key].overriddenBy)]

/** A number's webhooks for calls and messages, with their HTTP methods; what is not set is left out. */
export type Webhooks = Readonly<Partial<Record<UrlKey | MethodKey | OverridingKey, string>>>

/** The changes that give a number with some webhooks others; an empty string removes one. */
export function webhookChanges(current: Webhooks, wanted: Webhooks): Webhooks {
  const unwanted = clearable.filter((key) => current[key] !== undefined && wanted[key] === undefined)
  return {...Object.fromEntries(unwanted.map((key) => [key, ''])), ...wanted}
}

/** The webhooks with these URLs in place of their own, each with what belongs to it; an empty URL removes one. */
export function withUrls(webhooks: Webhooks, urls: Readonly<Partial<Record<UrlKey, string | undefined>>>): Webhooks {
  const given = urlKeys.filter((key) => urls[key] !== undefined)
  const replaced = given.flatMap((key): readonly string[] => [key, handlers[key].method, ...handlers[key].overriddenBy])
  return Object.fromEntries([
    ...Object.entries(webhooks).filter(([key]) => !replaced.includes(key)),
    ...given.filter((key) => urls[key] !== '').map((key) => [key, urls[key]]),
  ]) as Webhooks
}

/** Which of the wanted webhooks differ from the current ones; an empty string is none. */
export function differingWebhooks<Wanted extends Webhooks>(current: Webhooks, wanted: Wanted): (keyof Wanted)[] {
  const keys = Object.keys(wanted) as (keyof Webhooks & keyof Wanted)[]
  return keys.filter((key) => (current[key] ?? '') !== wanted[key])
}

export function webhooksOf(number: IncomingPhoneNumberInstance): Webhooks {
  const set = clearable.filter((key) => number[key])
  const called = urlKeys.filter((key) => number[key])
  return Object.fromEntries([
    ...set.map((key) => [key, number[key]]),
    ...called.map((key) => [handlers[key].method, number[handlers[key].method] || 'POST']),
  ]) as Webhooks
}

/** For people and scripts: the login of a webhook is for Twilio alone. */
export function shownWebhooks(webhooks: Webhooks): Webhooks {
  return Object.fromEntries(Object.entries(webhooks).map(([key, value]) => [key, maskUrls(value)]))
}
