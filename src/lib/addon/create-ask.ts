import {usage} from '../errors.js'
import type {NumberType} from '../twilio/numbers.js'
import {checkChoice} from './choose-number.js'
import {checkCountry} from './country.js'
import type {CreateAsk} from './judge.js'
import {parsePlan} from './plans.js'
import type {CreateIntent} from './record.js'

/** The options of `addons:create` as a person gave them; what was not given is undefined. */
export interface CreateOptions {
  readonly country?: string | undefined
  readonly type?: NumberType | undefined
  readonly areaCode?: string | undefined
  readonly contains?: string | undefined
  readonly phoneNumber?: string | undefined
  readonly anyArea?: boolean | undefined
  readonly addressSid?: string | undefined
  readonly bundleSid?: string | undefined
  readonly voiceUrl?: string | undefined
  readonly smsUrl?: string | undefined
  readonly force?: boolean | undefined
}

/**
 * What was asked for, checked as far as it can be without asking anybody.
 * @throws {Failure} `usage`
 */
export function createAsk(
  {
    appSpace,
    plan,
    options,
    keepOnFailure,
  }: {appSpace: string; plan: string; options: CreateOptions; keepOnFailure: boolean},
  standardCountry: string,
): CreateAsk {
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Partial<CreateIntent>
  const intent: CreateIntent = {
    type: 'local',
    ...given,
    operation: 'create',
    plan: parsePlan(plan),
    country: checkCountry(options.country ?? standardCountry),
  }
  checkChoice(intent)
  checkSid('--address-sid', intent.addressSid, 'AD')
  checkSid('--bundle-sid', intent.bundleSid, 'BU')
  checkUrl('--voice-url', intent.voiceUrl)
  checkUrl('--sms-url', intent.smsUrl)
  return {appSpace, intent, given: new Set(Object.keys(given) as (keyof CreateIntent)[]), keepOnFailure}
}

function checkSid(flag: string, sid: string | undefined, prefix: string): void {
  if (sid === undefined || new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(sid)) return
  throw usage(
    'SID_INVALID',
    `${flag} ${sid} is not such a SID: ${prefix} and 32 hexadecimal digits are expected.`,
    'Copy it from https://console.twilio.com.',
  )
}

/** Twilio calls these from outside: anything but http and https can never work. @throws {Failure} `usage` */
export function checkUrl(flag: string, url: string | undefined): void {
  if (url === undefined || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) return
  throw usage(
    'URL_INVALID',
    `${flag} ${url} is not a URL that Twilio can call.`,
    'Give a whole one, e.g. https://api-default.example.com/voice.',
  )
}
