import {A2P_PROFILE_POLICY, SECONDARY_PROFILE_POLICY} from '../../src/sandbox/world/policies.js'
import {REVIEWED_MS} from '../../src/sandbox/world/registrations.js'
import {mainAndSubaccount} from './accounts-support.js'

const BUSINESS = {
  business_name: 'Example',
  business_identity: 'direct_customer',
  business_type: 'Corporation',
  business_industry: 'TECHNOLOGY',
  business_registration_identifier: 'EIN',
  business_registration_number: '12-3456789',
  business_regions_of_operation: 'USA_AND_CANADA',
  website_url: 'https://example.com',
}
const REPRESENTATIVE = {
  first_name: 'Ada',
  last_name: 'Example',
  email: 'ada@example.com',
  phone_number: '+14155550100',
  business_title: 'Head of IT',
  job_position: 'Director',
}
export const CAMPAIGN = {
  description: 'Tells customers who asked for it when their order was sent.',
  messageFlow: 'Customers tick a box in the order form at https://example.com/order.',
  messageSamples: ['Your order 1234 was sent today.', 'Your order 1234 arrives tomorrow.'],
  usAppToPersonUsecase: 'DELIVERY_NOTIFICATION',
  hasEmbeddedLinks: false,
  hasEmbeddedPhone: false,
}

/** A subaccount with a US number, at a sandbox whose clock stands still until it is advanced. */
export async function registrationWorld() {
  const world = await mainAndSubaccount({now: () => Date.parse('2026-03-01T12:00:00Z')})
  const {sandbox, main, sub} = world
  const number = await sub.api.v2010.account.incomingPhoneNumbers.create({phoneNumber: '+18015550123'})
  const reviewed = () => sandbox.advanceClock(REVIEWED_MS / 1000)
  const [primary] = await main.trusthub.v1.customerProfiles.list()
  if (!primary) throw new Error('The main account has a primary profile.')

  /** A secondary profile, complete but for what `business` changes. */
  async function addProfile(business: Readonly<Record<string, string>> = {}) {
    const {v1} = sub.trusthub
    const profile = await v1.customerProfiles.create({
      friendlyName: 'Example',
      email: 'ada@example.com',
      policySid: SECONDARY_PROFILE_POLICY,
    })
    const address = await v1.supportingDocuments.create({
      friendlyName: 'address',
      type: 'customer_profile_address',
      attributes: {address_sids: `AD${'0'.repeat(32)}`},
    })
    const info = await v1.endUsers.create({
      friendlyName: 'business',
      type: 'customer_profile_business_information',
      attributes: {...BUSINESS, ...business},
    })
    const person = await v1.endUsers.create({
      friendlyName: 'representative',
      type: 'authorized_representative_1',
      attributes: REPRESENTATIVE,
    })
    const assignments = v1.customerProfiles(profile.sid).customerProfilesEntityAssignments
    for (const {sid} of [primary ?? profile, address, info, person]) await assignments.create({objectSid: sid})
    return {sid: profile.sid, infoSid: info.sid, context: v1.customerProfiles(profile.sid)}
  }

  /** An A2P profile that a customer profile vouches for. */
  async function addA2pProfile(profileSid: string) {
    const {v1} = sub.trusthub
    const product = await v1.trustProducts.create({
      friendlyName: 'Example',
      email: 'ada@example.com',
      policySid: A2P_PROFILE_POLICY,
    })
    const info = await v1.endUsers.create({
      friendlyName: 'a2p',
      type: 'us_a2p_messaging_profile_information',
      attributes: {company_type: 'private'},
    })
    const context = v1.trustProducts(product.sid)
    for (const objectSid of [profileSid, info.sid]) await context.trustProductsEntityAssignments.create({objectSid})
    return {sid: product.sid, context}
  }

  /** Both profiles, approved. */
  async function addApprovedProfiles(business: Readonly<Record<string, string>> = {}) {
    const profile = await addProfile(business)
    await profile.context.update({status: 'pending-review'})
    const a2p = await addA2pProfile(profile.sid)
    await a2p.context.update({status: 'pending-review'})
    await reviewed()
    return {customerProfileBundleSid: profile.sid, a2PProfileBundleSid: a2p.sid, infoSid: profile.infoSid}
  }

  /** An approved brand, and a messaging service with the number. */
  async function addService() {
    const {customerProfileBundleSid, a2PProfileBundleSid} = await addApprovedProfiles()
    const {v1} = sub.messaging
    const brand = await v1.brandRegistrations.create({customerProfileBundleSid, a2PProfileBundleSid})
    await reviewed()
    const service = await v1.services.create({friendlyName: 'Example', useInboundWebhookOnNumber: true})
    const context = v1.services(service.sid)
    await context.phoneNumbers.create({phoneNumberSid: number.sid})
    return {brandRegistrationSid: brand.sid, sid: service.sid, context}
  }

  return {...world, number, primary, reviewed, addProfile, addA2pProfile, addApprovedProfiles, addService}
}
