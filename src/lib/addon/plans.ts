import {aboutThis, ourCommand, outsideSandbox} from '../command-line.js'
import {usage} from '../errors.js'
import {nearest} from '../nearest.js'
import {listOf} from '../text.js'

export const planNames = ['small', 'medium', 'large'] as const
export type PlanName = (typeof planNames)[number]

export interface Plan {
  readonly name: PlanName
  /** US dollars. */
  readonly pricePerMonth: number
  readonly voiceMinutesPerMonth: number
  readonly smsPerMonth: number
  readonly m2mPerMonth: number
  readonly simLimit: number
}

export const plans: Readonly<Record<PlanName, Plan>> = {
  small: plan('small', 50, 2500, 3000, 1000, 40),
  medium: plan('medium', 100, 5000, 6000, 2000, 80),
  large: plan('large', 200, 10_000, 12_000, 4000, 160),
}

/** Physical SIM cards are optional and priced apart from the plan, in US dollars. */
export const simPrices = {perMonthFromFirstCard: 40, perCardOnce: 5} as const

/**
 * What Twilio charges beside the plan for registering a US local number for SMS, in US dollars: as reported, since no API has these
 * prices.
 */
export const registrationPrices = {
  brandOnce: 4.5,
  brandWithVettingOnce: 46,
  campaignVettingOnce: 15,
  campaignPerMonthFrom: 1.5,
  priceList: 'https://help.twilio.com/articles/1260803965530',
} as const

/** Words that mean email, which people look for here because Twilio owns SendGrid. */
const email = /^(sendgrid|email|mail)(:|$)/i

/**
 * The plan that `twilio:small` names, or `small` alone.
 * @throws {Failure} `usage` with the nearest plan; email is answered with a sentence of its own.
 */
export function parsePlan(text: string): PlanName {
  if (email.test(text)) {
    throw emailIsNotIncluded()
  }
  const given = text.replace(/^(twilio:)?/, 'twilio:')
  const name = planNames.find((each) => given === `twilio:${each}`)
  if (name) return name
  const meant = nearest(text.toLowerCase().replace(/^twilio:/, ''), planNames)
  throw usage(
    'PLAN_UNKNOWN',
    `There is no plan "${text}".`,
    meant === undefined
      ? `There are ${listOf(
          planNames.map((each) => `twilio:${each}`),
          'and',
        )}.`
      : `Did you mean twilio:${meant}?`,
    `Plans and prices: ${ourCommand('addons:plans twilio')}`,
  )
}

/** @throws {Failure} `usage` unless the text names this add-on. */
export function checkService(text: string): void {
  if (text === 'twilio') return
  if (email.test(text)) throw emailIsNotIncluded()
  throw usage(
    'ADDON_UNKNOWN',
    `"${text}" is not an add-on of this plugin: there is only twilio.`,
    `${nearest(text, ['twilio']) === undefined ? '' : 'Did you mean twilio? '}Other add-ons belong to aka itself.`,
  )
}

function emailIsNotIncluded() {
  return usage(
    'EMAIL_NOT_INCLUDED',
    'Sending email (SendGrid) is not part of the Twilio add-on: it brings voice, SMS, M2M messages and SIM cards.',
    'For email, open an account at https://sendgrid.com.',
    ...outsideSandbox(`Then give the app its API key: ${aboutThis('aka config:set SENDGRID_API_KEY=… -a APP-SPACE')}`),
  )
}

function plan(
  name: PlanName,
  pricePerMonth: number,
  voiceMinutesPerMonth: number,
  smsPerMonth: number,
  m2mPerMonth: number,
  simLimit: number,
): Plan {
  return {name, pricePerMonth, voiceMinutesPerMonth, smsPerMonth, m2mPerMonth, simLimit}
}
