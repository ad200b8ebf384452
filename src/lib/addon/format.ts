import {mask} from '../secrets.js'
import {plans, simPrices, type Plan, type PlanName} from './plans.js'
import type {AddonVars} from './vars.js'

/** The config vars for showing: the token masked unless it was asked for, in the order people read them. */
export function shownVars(vars: AddonVars, {secrets}: {secrets: boolean}): AddonVars {
  const {TWILIO_SID, TWILIO_AUTH_TOKEN, TWILIO_PHONE_NUMBER} = vars
  return {TWILIO_SID, TWILIO_AUTH_TOKEN: secrets ? TWILIO_AUTH_TOKEN : mask(TWILIO_AUTH_TOKEN), TWILIO_PHONE_NUMBER}
}

/** Two columns: `  Label   value`, continued where a value has several lines. */
export function fields(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows
    .map(([label, value]) => `  ${label.padEnd(width)}  ${value.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`)
    .join('\n')
}

export function price({pricePerMonth}: Plan): string {
  return `$${pricePerMonth}/month`
}

export function planTitle(name: PlanName): string {
  return `twilio:${name} (${price(plans[name])})`
}

/** `2,500` */
export function count(number: number): string {
  return number.toLocaleString('en-US')
}

/** Prices of SIM cards and what is not part of the add-on; below the table of plans. */
export const planNotes: readonly string[] = [
  `Physical SIM cards are optional: $${simPrices.perMonthFromFirstCard}/month while the app-space has any, plus $${simPrices.perCardOnce} once per card.`,
  'Not included: sending email (SendGrid).',
]

/** How long ago, in the largest unit that fits: `3 days`, `2 hours`, `now`. */
export function age(since: Date, now = new Date()): string {
  const seconds = Math.max(0, (now.getTime() - since.getTime()) / 1000)
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const
  for (const [unit, length] of units) {
    const number = Math.floor(seconds / length)
    if (number >= 1) return `${count(number)} ${unit}${number === 1 ? '' : 's'}`
  }
  return 'now'
}
