import {addMonths, dayOf} from '../../lib/days.js'
import type {State} from '../state/state.js'
import type {Brand, Campaign} from '../state/types/registrations.js'
import type {UsageEntry} from '../state/types/usage.js'
import {BRAND_PRICE, BRAND_WITH_VETTING_PRICE, CAMPAIGN_MONTHLY_PRICES, CAMPAIGN_VETTING_PRICE} from './prices.js'
import {campaignStatus, REVIEWED_MS} from './registrations.js'

const FEES = 'a2p-10dlc-registrationfees'

/** Charged when it is registered, whatever the review comes to. */
export function brandFees({accountSid, brandType, createdAt, mock, skipAutomaticSecVet}: Brand): UsageEntry[] {
  if (mock) return []
  const isVetted = brandType === 'STANDARD' && !skipAutomaticSecVet
  const price = isVetted ? BRAND_WITH_VETTING_PRICE : BRAND_PRICE
  return [fee({accountSid, at: createdAt, category: `${FEES}-brandregistration`, price})]
}

/** Vetting once, and each month that begins once it is verified, until it is deleted. */
export function campaignFees(campaign: Campaign, now: number): UsageEntry[] {
  const {accountSid, createdAt, mock, usecase, review} = campaign
  if (mock) return []
  const vetting = fee({accountSid, at: createdAt, category: `${FEES}-campaignvetting`, price: CAMPAIGN_VETTING_PRICE})
  if (campaignStatus(campaign, now).status !== 'VERIFIED') return [vetting]
  const monthly: UsageEntry[] = []
  const price = CAMPAIGN_MONTHLY_PRICES[usecase] ?? CAMPAIGN_MONTHLY_PRICES.others
  const since = review.askedAt + REVIEWED_MS
  for (let at = since; at <= now; at = addMonths(since, monthly.length))
    monthly.push(fee({accountSid, at, category: `${FEES}-campaigncharges`, price}))
  return [vetting, ...monthly]
}

/** Deletes campaigns; what they cost until now stays. */
export function endCampaigns(state: State, now: number, isEnded: (campaign: Campaign) => boolean): void {
  state.usage.push(...state.campaigns.filter(isEnded).flatMap((campaign) => campaignFees(campaign, now)))
  state.campaigns = state.campaigns.filter((campaign) => !isEnded(campaign))
}

interface Fee extends Pick<UsageEntry, 'accountSid' | 'category' | 'price'> {
  readonly at: number
}

function fee({at, price, ...charged}: Fee): UsageEntry {
  return {...charged, day: dayOf(at), count: 1, usage: price, price}
}
