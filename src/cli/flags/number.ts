import {Flags} from '@oclif/core'

import {
  numberOptionNames,
  numberOptionRules,
  type NumberOptions,
  webhookNames,
  type WebhookUrls,
  webhookUrlsOf,
} from '../../lib/addon/number-options.js'
import {usage} from '../../lib/errors.js'
import {checkWebhookUrls, type GivenOptions} from '../../lib/number/options.js'
import {listOf} from '../../lib/text.js'
import {numberTypes} from '../../lib/twilio/available-numbers.js'

/** What kind of number it is to be. */
export const choiceFlags = {
  country: Flags.string({description: 'country of the number, ISO 3166 [default: US]', helpValue: 'CC'}),
  'area-code': Flags.string({description: 'area code of the number (US and Canada)', helpValue: 'NNN'}),
  contains: Flags.string({description: 'digits or letters in the number, * for any digit', helpValue: 'PATTERN'}),
  'number-type': Flags.option({description: 'type of number [default: local]', options: numberTypes})(),
  'any-area': Flags.boolean({
    description: 'take a number from anywhere in the country if the area code has none',
    dependsOn: ['area-code'],
  }),
}

/** Which number exactly. */
const exactFlags = {
  'phone-number': Flags.string({
    description: 'exactly this number; one that the main account owns is moved into the subaccount',
    helpValue: '+1…',
    exclusive: [...Object.keys(choiceFlags), 'pick'],
  }),
  pick: Flags.boolean({description: 'choose the number from a list'}),
}

/** What some countries require of whoever has a number there. */
export const regulatoryFlags = {
  'address-sid': Flags.string({
    description: 'an address of the main account, for countries that require one',
    helpValue: 'AD…',
  }),
  'bundle-sid': Flags.string({
    description: 'a regulatory bundle of the main account, for countries that require one',
    helpValue: 'BU…',
  }),
}

export const webhookFlags = {
  'voice-url': Flags.string({description: 'URL that Twilio calls for incoming calls', helpValue: 'URL'}),
  'sms-url': Flags.string({description: 'URL that Twilio calls for incoming messages', helpValue: 'URL'}),
}

/** Everything that can be asked of a number that an app-space is to get. */
export const newNumberFlags = {...choiceFlags, ...exactFlags, ...regulatoryFlags, ...webhookFlags}

export const statusCallbackFlag = {
  'status-callback': Flags.string({
    description: 'URL that Twilio calls with the status of incoming calls',
    helpValue: 'URL',
  }),
}

/** The flags that were given, by the names that the options have in the record. */
export function numberOptionsOf(flags: Readonly<Record<string, unknown>>): GivenOptions {
  const given = numberOptionNames.map((name) => [name, flags[numberOptionRules[name].flag.slice(2)]] as const)
  // A flag that is off was not given.
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== false))
}

/** What a number is to call; at least one of them. @throws {Failure} `usage` */
export function webhooksFrom(flags: Readonly<Record<string, unknown>>): WebhookUrls {
  const webhooks = webhookUrlsOf(numberOptionsOf(flags) as Partial<NumberOptions>)
  if (Object.keys(webhooks).length === 0) {
    const flagNames = webhookNames.map((name) => numberOptionRules[name].flag)
    throw usage(
      'NOTHING_TO_CHANGE',
      'There is nothing to set.',
      `Give ${listOf(flagNames, 'or')}; an empty one removes it.`,
    )
  }
  checkWebhookUrls(webhooks)
  return webhooks
}
