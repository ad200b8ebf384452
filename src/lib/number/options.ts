import {checkChoice} from './search.js'
import {checkCountry} from '../country.js'
import type {NumberOptions} from '../addon/record.js'
import {usage} from '../errors.js'

/** As a person gave them; what was not given is undefined. */
export type ExplicitOptions = {readonly [Name in keyof NumberOptions]?: NumberOptions[Name] | undefined}

export type WebhookOptions = Pick<ExplicitOptions, 'voiceUrl' | 'smsUrl' | 'statusCallback'>

export interface CheckedOptions {
  readonly options: NumberOptions
  /** Which of them a person gave. */
  readonly explicit: ReadonlySet<keyof NumberOptions>
}

/**
 * What number was asked for, checked as far as it can be without asking anybody.
 * @throws {Failure} `usage`
 */
export function checkOptions(
  given: ExplicitOptions,
  {standardCountry, mayClear = false}: {readonly standardCountry: string; readonly mayClear?: boolean},
): CheckedOptions {
  const explicit = withoutUndefined(given)
  const options: NumberOptions = {
    type: 'local',
    ...explicit,
    country: checkCountry(given.country ?? standardCountry),
  }
  checkChoice(options)
  checkSid('--address-sid', options.addressSid, 'AD')
  checkSid('--bundle-sid', options.bundleSid, 'BU')
  checkWebhooks(options, {mayClear})
  return {options, explicit: new Set(Object.keys(explicit) as (keyof NumberOptions)[])}
}

/** @throws {Failure} `usage`; an empty URL is none, where there may be one to be taken away. */
export function checkWebhooks(
  {voiceUrl, smsUrl, statusCallback}: WebhookOptions,
  {mayClear}: {readonly mayClear: boolean},
): void {
  for (const [flag, url] of [
    ['--voice-url', voiceUrl],
    ['--sms-url', smsUrl],
    ['--status-callback', statusCallback],
  ] as const) {
    if (url !== undefined && !(mayClear && url === '')) checkUrl(flag, url)
  }
}

/** Twilio calls these from outside: anything but http and https can never work. @throws {Failure} `usage` */
export function checkUrl(flag: string, url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return
  throw usage(
    'URL_INVALID',
    `${flag} ${url} is not a URL that Twilio can call.`,
    'Give a whole one, e.g. https://api-default.example.com/voice.',
  )
}

function checkSid(flag: string, sid: string | undefined, prefix: string): void {
  if (sid === undefined || new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(sid)) return
  throw usage(
    'SID_INVALID',
    `${flag} ${sid} is not such a SID: ${prefix} and 32 hexadecimal digits are expected.`,
    'Copy it from https://console.twilio.com.',
  )
}

function withoutUndefined(options: ExplicitOptions): Partial<NumberOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
