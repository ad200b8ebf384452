import type {NumberType} from '../twilio/available-numbers.js'

/** Which number an app-space is to have. */
export interface NumberChoice {
  readonly country: string
  readonly type: NumberType
  readonly areaCode?: string
  readonly contains?: string
  /** Exactly this one, E.164. */
  readonly phoneNumber?: string
  /** Take one from anywhere in the country when the area code has none. */
  readonly anyArea?: boolean
}

/** Addresses and bundles of the main account, for countries that ask for them. */
export interface Regulatory {
  readonly addressSid?: string
  readonly bundleSid?: string
}

/** The number's webhooks; an empty URL removes one. */
export interface WebhookUrls {
  readonly voiceUrl?: string
  readonly smsUrl?: string
  readonly statusCallback?: string
}

/** Everything that can be asked of a number. */
export interface NumberOptions extends NumberChoice, Regulatory, WebhookUrls {}

type OptionRule =
  | {readonly flag: string; readonly group: 'choice'; readonly isSwitch?: true}
  | {readonly flag: string; readonly group: 'regulatory'; readonly sidPrefix: string}
  | {readonly flag: string; readonly group: 'webhook'}

/**
 * Every option of a number, by its flag. Where an option belongs says what is done with it: a choice searches the number, what
 * is regulatory is copied into the subaccount, a webhook is set on the number and carried over when the number changes.
 */
export const numberOptionRules: Readonly<Record<keyof NumberOptions, OptionRule>> = {
  country: {flag: '--country', group: 'choice'},
  type: {flag: '--number-type', group: 'choice'},
  areaCode: {flag: '--area-code', group: 'choice'},
  contains: {flag: '--contains', group: 'choice'},
  phoneNumber: {flag: '--phone-number', group: 'choice'},
  anyArea: {flag: '--any-area', group: 'choice', isSwitch: true},
  addressSid: {flag: '--address-sid', group: 'regulatory', sidPrefix: 'AD'},
  bundleSid: {flag: '--bundle-sid', group: 'regulatory', sidPrefix: 'BU'},
  voiceUrl: {flag: '--voice-url', group: 'webhook'},
  smsUrl: {flag: '--sms-url', group: 'webhook'},
  statusCallback: {flag: '--status-callback', group: 'webhook'},
}

export const numberOptionNames = Object.keys(numberOptionRules) as (keyof NumberOptions)[]

function namesIn(...groups: readonly OptionRule['group'][]): readonly (keyof NumberOptions)[] {
  return numberOptionNames.filter((name) => groups.includes(numberOptionRules[name].group))
}

/** The options that choose a number. */
export const choosingNames = namesIn('choice', 'regulatory')

export const webhookNames = namesIn('webhook') as readonly (keyof WebhookUrls)[]

/** The options of some groups alone, or of all without any, as far as they are set. */
export function optionsIn(
  options: Partial<NumberOptions>,
  ...groups: readonly OptionRule['group'][]
): Partial<NumberOptions> {
  const names = groups.length === 0 ? numberOptionNames : namesIn(...groups)
  return Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]))
}

/** The URLs that the number is to call. */
export function webhookUrlsOf(options: Partial<NumberOptions>): WebhookUrls {
  return optionsIn(options, 'webhook')
}

/** Options as they are recorded: an empty URL removed one, so that there is none. */
export function withoutCleared<Options extends Partial<NumberOptions>>(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== '')) as Options
}
