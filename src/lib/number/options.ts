import {numberOptionNames, numberOptionRules, type NumberOptions, type WebhookUrls} from '../addon/number-options.js'
import {checkCountry} from '../country.js'
import {usage} from '../errors.js'
import {checkUrl} from '../urls.js'
import {checkChoice} from './check-choice.js'

/** As a person gave them; what was not given is undefined. */
export type GivenOptions = {readonly [Name in keyof NumberOptions]?: NumberOptions[Name] | undefined}

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
  given: GivenOptions,
  {standardCountry, mayClear = false}: {readonly standardCountry: string; readonly mayClear?: boolean},
): CheckedOptions {
  const explicit = withoutUndefined(given)
  const options: NumberOptions = {
    type: 'local',
    ...explicit,
    country: checkCountry(given.country ?? standardCountry),
  }
  checkChoice(options)
  checkValues(options, {mayClear})
  return {options, explicit: new Set(Object.keys(explicit) as (keyof NumberOptions)[])}
}

/** @throws {Failure} `usage`; an empty URL is none, where there may be one to be removed. */
export function checkWebhookUrls(urls: WebhookUrls): void {
  checkValues(urls, {mayClear: true})
}

function checkValues(options: Partial<NumberOptions>, {mayClear}: {readonly mayClear: boolean}): void {
  for (const name of numberOptionNames) {
    const [rule, value] = [numberOptionRules[name], options[name]]
    if (typeof value !== 'string') continue
    if ('sidPrefix' in rule) checkSid(rule.flag, value, rule.sidPrefix)
    if (rule.group === 'webhook' && !(mayClear && value === '')) checkUrl(rule.flag, value)
  }
}

function checkSid(flag: string, sid: string, prefix: string): void {
  if (new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(sid)) return
  throw usage(
    'SID_INVALID',
    `${flag} ${sid} is not such a SID: ${prefix} and 32 hexadecimal digits are expected.`,
    'Copy it from https://console.twilio.com.',
  )
}

function withoutUndefined(given: GivenOptions): Partial<NumberOptions> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** The options that a person gave and that are not as they were recorded; `has` is the number that came of it, E.164. */
export function contradictions(
  explicit: Iterable<keyof NumberOptions>,
  {requested, recorded, has}: {requested: NumberOptions; recorded: NumberOptions; has: string | undefined},
): (keyof NumberOptions)[] {
  return [...explicit].filter((option) => {
    if (recorded[option] === requested[option]) return false
    // What the number is like counts, not how it was asked for.
    if (option === 'phoneNumber') return has !== requested.phoneNumber
    if (option === 'areaCode') return has?.slice(2, 5) !== requested.areaCode
    return option !== 'anyArea'
  })
}

/** `--area-code was 801, --contains was not given` */
export function asRecorded(options: readonly (keyof NumberOptions)[], recorded: NumberOptions): string {
  return options
    .map((option) => `${numberOptionRules[option].flag} was ${String(recorded[option] ?? 'not given')}`)
    .join(', ')
}
