import {Flags} from '@oclif/core'

import {numberTypes, type NumberType} from '../lib/twilio/numbers.js'
import type {ExplicitOptions} from '../lib/number/options.js'

/** What a number is to be like. */
export const choiceFlags = {
  country: Flags.string({description: 'country of the number, ISO 3166 [default: US]', helpValue: 'CC'}),
  'area-code': Flags.string({description: 'area code of the number (US and Canada)', helpValue: 'NNN'}),
  contains: Flags.string({description: 'digits or letters in the number, * for any digit', helpValue: 'PATTERN'}),
  'number-type': Flags.option({description: 'kind of number [default: local]', options: numberTypes})(),
  'any-area': Flags.boolean({
    description: 'take a number from anywhere in the country when the area code has none',
    dependsOn: ['area-code'],
  }),
}

/** Which number exactly. */
export const exactFlags = {
  'phone-number': Flags.string({
    description: 'exactly this number; one that the main account owns is moved into the subaccount',
    helpValue: '+1…',
    exclusive: [...Object.keys(choiceFlags), 'pick'],
  }),
  pick: Flags.boolean({description: 'choose the number from a list'}),
}

/** What some countries want to know of who has a number there. */
export const regulatoryFlags = {
  'address-sid': Flags.string({
    description: 'an address of the main account, for countries that want one',
    helpValue: 'AD…',
  }),
  'bundle-sid': Flags.string({description: 'a regulatory bundle of the main account, likewise', helpValue: 'BU…'}),
}

export const webhookFlags = {
  'voice-url': Flags.string({description: 'URL that Twilio calls for incoming calls', helpValue: 'URL'}),
  'sms-url': Flags.string({description: 'URL that Twilio calls for incoming messages', helpValue: 'URL'}),
}

export const statusCallbackFlag = {
  'status-callback': Flags.string({
    description: 'URL that Twilio tells how incoming calls went',
    helpValue: 'URL',
  }),
}

interface NumberFlags {
  readonly country?: string | undefined
  readonly 'area-code'?: string | undefined
  readonly contains?: string | undefined
  readonly 'number-type'?: NumberType | undefined
  readonly 'any-area'?: boolean | undefined
  readonly 'phone-number'?: string | undefined
  readonly 'address-sid'?: string | undefined
  readonly 'bundle-sid'?: string | undefined
  readonly 'voice-url'?: string | undefined
  readonly 'sms-url'?: string | undefined
  readonly 'status-callback'?: string | undefined
}

/** The flags by the names that the record has for them. */
export function numberOptionsOf(flags: NumberFlags): ExplicitOptions {
  return {
    country: flags.country,
    type: flags['number-type'],
    areaCode: flags['area-code'],
    contains: flags.contains,
    phoneNumber: flags['phone-number'],
    anyArea: flags['any-area'] ? true : undefined,
    addressSid: flags['address-sid'],
    bundleSid: flags['bundle-sid'],
    voiceUrl: flags['voice-url'],
    smsUrl: flags['sms-url'],
    statusCallback: flags['status-callback'],
  }
}
