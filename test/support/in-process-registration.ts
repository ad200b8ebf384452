import {policies} from '../../src/lib/twilio/trust-hub.js'
import type {TrustBundle} from '../../src/sandbox/state/types/registrations.js'
import type {InProcess} from './in-process.js'

type Outcome = 'draft' | 'in-review' | 'approved' | 'rejected'

/** What an account has of registrations. The SID of each ends with its place in its list, from 1 on; A2P profiles count from 101 on. */
export interface Reviewed {
  readonly profiles?: readonly (readonly [Outcome, name?: string])[]
  readonly a2pProfiles?: readonly (readonly [Outcome, name?: string])[]
  /** Of the profile at this place. */
  readonly brands?: readonly (readonly [Outcome, profile: number, mock?: 'mock'])[]
  /** Of a number, in a messaging service of its own. */
  readonly campaign?: {readonly numberSid: string; readonly is?: Outcome; readonly mock?: boolean}
  readonly verification?: {readonly numberSid: string; readonly is: Outcome}
}

export const sidAt = (prefix: string, place: number): string => `${prefix}${String(place).padStart(32, '0')}`

/** Makes the account have this, as it came out of reviews that ended a minute ago, or that are going on. */
export async function putReviewed(
  {sandbox}: InProcess,
  accountSid: string,
  {profiles = [], a2pProfiles = [], brands = [], campaign, verification}: Reviewed,
): Promise<void> {
  await sandbox.change((state, now) => {
    const own = {accountSid, createdAt: now - 60_000, updatedAt: now - 60_000}
    const review = (is: Outcome, code: number, field: string) => ({
      askedAt: is === 'in-review' ? now : now - 60_000,
      problems: is === 'rejected' ? [{code, field}] : [],
    })
    const bundle = (
      kind: TrustBundle['kind'],
      sid: string,
      [is, friendlyName = 'by hand']: readonly [Outcome, name?: string],
    ) => ({
      ...own,
      sid,
      kind,
      policySid: kind === 'customer-profile' ? policies.secondaryBusiness : policies.a2pMessaging,
      friendlyName,
      email: 'ada@example.com',
      statusCallback: null,
      entities: [],
      channelEndpoints: [],
      evaluations: [],
      ...(is !== 'draft' && {review: review(is, 18602, 'business_registration_number')}),
    })
    state.trustBundles.push(
      ...profiles.map((each, index) => bundle('customer-profile', sidAt('BU', index + 1), each)),
      ...a2pProfiles.map((each, index) => bundle('trust-product', sidAt('BU', index + 101), each)),
    )
    state.brands.push(
      ...brands.map(([is, profile, mock], index) => ({
        ...own,
        sid: sidAt('BN', index + 1),
        customerProfileSid: sidAt('BU', profile),
        a2pProfileSid: sidAt('BU', profile + 100),
        brandType: 'STANDARD',
        mock: mock === 'mock',
        skipAutomaticSecVet: true,
        review: review(is, 30796, 'business_registration_number'),
      })),
    )
    if (campaign) {
      const {numberSid, is, mock = false} = campaign
      const messagingServiceSid = sidAt('MG', 1)
      const phoneNumbers = [{numberSid, createdAt: now}]
      state.messagingServices.push({
        ...own,
        sid: messagingServiceSid,
        friendlyName: 'by hand',
        settings: {},
        phoneNumbers,
      })
      if (is)
        state.campaigns.push({
          ...own,
          sid: sidAt('QE', 1),
          messagingServiceSid,
          brandSid: sidAt('BN', 1),
          usecase: 'MIXED',
          fields: {},
          mock,
          review: review(is, 30893, 'message_flow'),
        })
    }
    if (verification)
      state.tollfreeVerifications.push({
        ...own,
        sid: sidAt('HH', 1),
        numberSid: verification.numberSid,
        fields: {},
        review: review(verification.is, 30475, 'business_name'),
      })
  })
}
