import type {BrandRegistrationInstance} from 'twilio/lib/rest/messaging/v1/brandRegistration.js'

import type {TwilioAccount} from './connect.js'
import {type Review, reviewOf} from './reviews.js'

/** https://www.twilio.com/docs/messaging/api/brand-registration-resource */
export interface Brand extends Review {
  readonly profileSid: string
  /** Free, and for trying only. */
  readonly mock: boolean
}

export async function listBrands(account: TwilioAccount): Promise<Brand[]> {
  const messaging = await account.messaging()
  return (await messaging.v1.brandRegistrations.list()).map(brandOf)
}

export function brandOf(brand: BrandRegistrationInstance): Brand {
  return {...reviewOf(brand, brand), profileSid: brand.customerProfileBundleSid, mock: brand.mock}
}
