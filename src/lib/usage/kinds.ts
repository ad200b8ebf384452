import {type Plan, type PlanName, plans} from '../addon/plans.js'

export const meteredKinds = ['voice', 'sms', 'm2m'] as const
export type MeteredKind = (typeof meteredKinds)[number]

interface Metered {
  readonly title: string
  /** Twilio's categories that it is the sum of (https://www.twilio.com/docs/usage/api/usage-record#usage-categories). */
  readonly categories: readonly string[]
  readonly included: (plan: Plan) => number
}

/** What a plan includes by the month. */
export const metered: Readonly<Record<MeteredKind, Metered>> = {
  voice: {title: 'Voice minutes', categories: ['calls'], included: (plan) => plan.voiceMinutesPerMonth},
  sms: {title: 'SMS messages', categories: ['sms'], included: (plan) => plan.smsPerMonth},
  m2m: {
    title: 'M2M messages',
    // Programmable Wireless and Super SIM.
    categories: ['wireless-usage-commands', 'wireless-super-sim-smscommands'],
    included: (plan) => plan.m2mPerMonth,
  },
}

/** SIM cards are not used up by the month: the plan limits how many there may be. */
export type Kind = MeteredKind | 'sims'

export function titleOf(kind: Kind): string {
  return kind === 'sims' ? 'SIM cards' : metered[kind].title
}

export function includedIn(plan: PlanName, kind: Kind): number {
  return kind === 'sims' ? plans[plan].simLimit : metered[kind].included(plans[plan])
}
