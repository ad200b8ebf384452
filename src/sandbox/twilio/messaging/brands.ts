import type {Context} from '../../http/context.js'
import {conflict, invalidParameter} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {nextSid} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {Brand, TrustBundle} from '../../state/types/registrations.js'
import {brandProblems, brandStatus, bundleStatus} from '../../world/registrations.js'
import {findInPath, ownedByCaller} from '../shared/find.js'
import {readFlag} from '../shared/parameters.js'
import {callerResource} from '../shared/resource.js'

const BRANDS = '/v1/a2p/BrandRegistrations'

export const brandRoutes: readonly Route[] = [
  ...callerResource<Brand>('messaging', BRANDS, {key: 'data', all: ({brands}) => brands, create, render}),
  {product: 'messaging', method: 'POST', path: `${BRANDS}/{Sid}`, handle: resubmit},
]

function create(context: Context, {sid: accountSid}: Account): Brand {
  const {state, form, now} = context
  const profiles = [profileIn(context, 'CustomerProfileBundleSid'), profileIn(context, 'A2PProfileBundleSid')] as const
  const [{sid: customerProfileSid}, {sid: a2pProfileSid}] = profiles
  const brand: Brand = {
    sid: nextSid(state, 'BN'),
    accountSid,
    customerProfileSid,
    a2pProfileSid,
    brandType: form.get('BrandType') || 'STANDARD',
    mock: readFlag(form, 'Mock', false),
    skipAutomaticSecVet: readFlag(form, 'SkipAutomaticSecVet', false),
    review: {askedAt: now, problems: brandProblems(state, profiles)},
    createdAt: now,
    updatedAt: now,
  }
  state.brands.push(brand)
  return brand
}

function profileIn(context: Context, name: string): TrustBundle {
  const {state, form, now} = context
  const profile = ownedByCaller(context, state.trustBundles).find(({sid}) => sid === form.get(name))
  if (!profile) throw invalidParameter(`${name} is not one of this account's`)
  if (bundleStatus(profile, now).status !== 'twilio-approved') throw invalidParameter(`${name} is not approved`)
  return profile
}

/** Resubmits a brand that failed, with what the profiles say now. */
function resubmit(context: Context) {
  const {state, now} = context
  const brand = findInPath(context, ownedByCaller(context, state.brands), 'Sid')
  if (brandStatus(brand, now).status !== 'FAILED') throw conflict('Only a brand that failed can be updated')
  const profiles = state.trustBundles.filter(({sid}) => [brand.customerProfileSid, brand.a2pProfileSid].includes(sid))
  brand.review = {askedAt: now, problems: brandProblems(state, profiles)}
  brand.updatedAt = now
  return json(202, render(brand, context))
}

function render(brand: Brand, {now}: Context): unknown {
  const {status, since} = brandStatus(brand, now)
  const url = `https://messaging.twilio.com${BRANDS}/${brand.sid}`
  const problems = status === 'FAILED' ? brand.review.problems : []
  return {
    sid: brand.sid,
    account_sid: brand.accountSid,
    customer_profile_bundle_sid: brand.customerProfileSid,
    a2p_profile_bundle_sid: brand.a2pProfileSid,
    brand_type: brand.brandType,
    status,
    tcr_id: status === 'APPROVED' ? `B${brand.sid.slice(2, 8).toUpperCase()}` : null,
    failure_reason: null,
    brand_score: null,
    brand_feedback: [],
    identity_status: status === 'APPROVED' ? 'VERIFIED' : 'UNVERIFIED',
    russell_3000: null,
    government_entity: null,
    tax_exempt_status: null,
    skip_automatic_sec_vet: brand.skipAutomaticSecVet,
    mock: brand.mock,
    errors: problems.map(({code, field}) => ({
      code: String(code),
      description: `The ${field.replaceAll('_', ' ')} could not be verified.`,
      fields: [field],
    })),
    date_created: iso8601(brand.createdAt),
    date_updated: iso8601(Math.max(brand.updatedAt, since)),
    url,
    links: {brand_vettings: `${url}/Vettings`, brand_registration_otps: `${url}/SmsOtp`},
  }
}
