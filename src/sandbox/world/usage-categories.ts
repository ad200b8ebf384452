export interface Category {
  readonly description: string
  /** What `count` and `usage` are measured in. */
  readonly units: readonly [count: string, usage: string]
  /** The category that has what is in this one, too. */
  readonly partOf?: string
}

const MESSAGES = ['messages', 'messages'] as const
const MINUTES = ['calls', 'minutes'] as const
const COMMANDS = ['commands', 'commands'] as const
const dollars = ['', 'usd'] as const

/** Those of Twilio's usage categories that an add-on has to do with. */
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
  wireless: {description: 'Programmable Wireless', units: dollars},
  'wireless-orders': {description: 'Wireless Orders', units: ['orders', 'orders'], partOf: 'wireless'},
  'wireless-usage': {description: 'Wireless Usage', units: dollars, partOf: 'wireless'},
  'wireless-usage-commands': {description: 'Wireless Commands', units: COMMANDS, partOf: 'wireless-usage'},
  'wireless-super-sim': {description: 'Super SIM', units: dollars},
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
  totalprice: {description: 'Total Price', units: dollars},
}

export function isCategory(name: string): boolean {
  return Object.hasOwn(CATEGORIES, name)
}

/** Whether what was used in `part` counts in `whole`. Everything counts in the total price. */
export function countsIn(part: string, whole: string): boolean {
  if (part === whole || whole === 'totalprice') return true
  const next = CATEGORIES[part]?.partOf
  return next !== undefined && countsIn(next, whole)
}
