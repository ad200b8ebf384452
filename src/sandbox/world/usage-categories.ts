export interface Category {
  readonly description: string
  /** The units of `count` and `usage`. */
  readonly units: readonly [count: string, usage: string]
  /** The category that contains this one. */
  readonly partOf?: string
}

const MESSAGES = ['messages', 'messages'] as const
const MINUTES = ['calls', 'minutes'] as const
const COMMANDS = ['commands', 'commands'] as const
const DOLLARS = ['', 'usd'] as const

/** Those of Twilio's usage categories that an add-on uses. */
export const CATEGORIES: Readonly<Record<string, Category>> = {
  calls: {description: 'Voice Minutes', units: MINUTES},
  'calls-inbound': {description: 'Inbound Voice Minutes', units: MINUTES, partOf: 'calls'},
  'calls-outbound': {description: 'Outbound Voice Minutes', units: MINUTES, partOf: 'calls'},
  sms: {description: 'SMS', units: MESSAGES},
  'sms-inbound': {description: 'Inbound SMS', units: MESSAGES, partOf: 'sms'},
  'sms-outbound': {description: 'Outbound SMS', units: MESSAGES, partOf: 'sms'},
  mms: {description: 'MMS', units: MESSAGES},
  'mms-inbound': {description: 'Inbound MMS', units: MESSAGES, partOf: 'mms'},
  'mms-outbound': {description: 'Outbound MMS', units: MESSAGES, partOf: 'mms'},
  phonenumbers: {description: 'Phone Numbers', units: ['numbers', 'numbers']},
  wireless: {description: 'Programmable Wireless', units: DOLLARS},
  'wireless-orders': {description: 'Wireless Orders', units: ['orders', 'orders'], partOf: 'wireless'},
  'wireless-usage': {description: 'Wireless Usage', units: DOLLARS, partOf: 'wireless'},
  'wireless-usage-commands': {description: 'Wireless Commands', units: COMMANDS, partOf: 'wireless-usage'},
  'wireless-super-sim': {description: 'Super SIM', units: DOLLARS},
  'wireless-super-sim-hardware': {
    description: 'Super SIM Hardware',
    units: ['sims', 'sims'],
    partOf: 'wireless-super-sim',
  },
  'wireless-super-sim-smscommands': {
    description: 'Super SIM SMS Commands',
    units: COMMANDS,
    partOf: 'wireless-super-sim',
  },
  'a2p-registration-fees': {description: 'Messaging A2P Registration Fees', units: DOLLARS},
  'a2p-10dlc-registrationfees-onetime': {
    description: 'Registration Fees - One Time Fees',
    units: DOLLARS,
    partOf: 'a2p-registration-fees',
  },
  'a2p-10dlc-registrationfees-brandregistration': {
    description: 'Brand Registration',
    units: DOLLARS,
    partOf: 'a2p-10dlc-registrationfees-onetime',
  },
  'a2p-10dlc-registrationfees-campaignvetting': {
    description: 'Campaign Vetting',
    units: DOLLARS,
    partOf: 'a2p-10dlc-registrationfees-onetime',
  },
  'a2p-10dlc-registrationfees-monthly': {
    description: 'Registration Fees - Monthly Fees',
    units: DOLLARS,
    partOf: 'a2p-registration-fees',
  },
  'a2p-10dlc-registrationfees-campaigncharges': {
    description: 'Campaign Charges',
    units: DOLLARS,
    partOf: 'a2p-10dlc-registrationfees-monthly',
  },
  totalprice: {description: 'Total Price', units: DOLLARS},
}

export function isCategory(name: string): boolean {
  return Object.hasOwn(CATEGORIES, name)
}

/** Whether usage of the category `part` counts in `whole`. Everything counts in the total price. */
export function countsIn(part: string, whole: string): boolean {
  if (part === whole || whole === 'totalprice') return true
  const parent = CATEGORIES[part]?.partOf
  return parent !== undefined && countsIn(parent, whole)
}
