import {checkChoice} from '../addon/choose-number.js'
import {checkCountry} from '../addon/country.js'
import type {NumberWishes} from '../addon/record.js'
import {usage} from '../errors.js'

/** As a person gave them; what was not given is undefined. */
export type GivenWishes = {readonly [Name in keyof NumberWishes]?: NumberWishes[Name] | undefined}

export type WebhookWishes = Pick<GivenWishes, 'voiceUrl' | 'smsUrl' | 'statusCallback'>

export interface CheckedWishes {
  readonly wishes: NumberWishes
  /** Which of them a person gave. */
  readonly given: ReadonlySet<keyof NumberWishes>
}

/**
 * What number was asked for, checked as far as it can be without asking anybody.
 * @throws {Failure} `usage`
 */
export function checkWishes(
  options: GivenWishes,
  {standardCountry, mayClear = false}: {readonly standardCountry: string; readonly mayClear?: boolean},
): CheckedWishes {
  const given = withoutUndefined(options)
  const wishes: NumberWishes = {
    type: 'local',
    ...given,
    country: checkCountry(options.country ?? standardCountry),
  }
  checkChoice(wishes)
  checkSid('--address-sid', wishes.addressSid, 'AD')
  checkSid('--bundle-sid', wishes.bundleSid, 'BU')
  checkWebhooks(wishes, {mayClear})
  return {wishes, given: new Set(Object.keys(given) as (keyof NumberWishes)[])}
}

/** @throws {Failure} `usage`; an empty URL is none, where there may be one to be taken away. */
export function checkWebhooks(
  {voiceUrl, smsUrl, statusCallback}: WebhookWishes,
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

function withoutUndefined(options: GivenWishes): Partial<NumberWishes> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
