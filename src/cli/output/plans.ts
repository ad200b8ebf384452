import {type PlanName, plans, registrationPrices, simPrices} from '../../lib/addon/plans.js'

/** `$50/month` */
export function pricePerMonth(dollars: number): string {
  return `$${dollars}/month`
}

/** `twilio:small ($50/month)` */
export function planTitle(name: PlanName): string {
  return `twilio:${name} (${pricePerMonth(plans[name].pricePerMonth)})`
}

/** `$4.50` */
function price(dollars: number): string {
  return `$${Number.isInteger(dollars) ? dollars : dollars.toFixed(2)}`
}

const {brandOnce, brandWithVettingOnce, campaignVettingOnce, campaignPerMonthFrom, priceList} = registrationPrices

/** What Twilio charges, as far as it is reported. */
export const registrationCostWords = {
  brand: `for the brand once (reported: about ${price(brandOnce)}, or ${price(brandWithVettingOnce)} with secondary vetting)`,
  campaign: `for the vetting of the campaign once (reported: ${price(campaignVettingOnce)}) and for the campaign each month (reported: from ${price(campaignPerMonthFrom)}), until it is deleted`,
  priceList: `Its price list: ${priceList}`,
} as const

export const registrationNote = `Registering a US local number for SMS is optional, and not part of the plan. Twilio charges ${registrationCostWords.brand}, ${registrationCostWords.campaign}. ${registrationCostWords.priceList}`

export const simCardsNote = `Physical SIM cards are optional: $${simPrices.perMonthFromFirstCard}/month while the app-space has any, plus $${simPrices.perCardOnce} once per card.`
