import {type PlanName, plans, simPrices} from '../../lib/addon/plans.js'

/** `$50/month` */
export function pricePerMonth(dollars: number): string {
  return `$${dollars}/month`
}

/** `twilio:small ($50/month)` */
export function planTitle(name: PlanName): string {
  return `twilio:${name} (${pricePerMonth(plans[name].pricePerMonth)})`
}

export const simCardsNote = `Physical SIM cards are optional: $${simPrices.perMonthFromFirstCard}/month while the app-space has any, plus $${simPrices.perCardOnce} once per card.`
