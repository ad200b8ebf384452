import {temporary} from '../errors.js'
import {asObject} from '../local-files.js'
import type {TwilioAccount} from './connect.js'
import {type Review, reviewOf} from './reviews.js'

/** What Trust Hub asks for, by kind of profile (https://www.twilio.com/docs/trust-hub/trusthub-rest-api/policies). */
export const policies = {
  primaryBusiness: 'RN6433641899984f951173ef1738c3bdd0',
  primaryGovernment: 'RN92dc6c39189b4d5ad9c6664f39769f90',
  secondaryBusiness: 'RNdfbf3fae0e1107f8aded0e7cead80bf5',
  a2pMessaging: 'RNb0d4771c2c98518d916a3d4cd70a8f8b',
} as const

/** Where a person makes the primary profile: the API refuses that. */
export const trustHubConsole = 'https://console.twilio.com/us1/account/trust-hub/customer-profiles'

interface Named extends Review {
  readonly name: string
}

/** The profile that vouches for those of subaccounts: an approved one where there are several. */
export async function findPrimaryProfile(main: TwilioAccount): Promise<Named | undefined> {
  const trusthub = await main.trusthub()
  const isPrimary = ({policySid}: {policySid: string}) =>
    policySid === policies.primaryBusiness || policySid === policies.primaryGovernment
  const profiles = (await trusthub.v1.customerProfiles.list()).filter(isPrimary).map(bundleOf)
  return profiles.find(({state}) => state === 'approved') ?? profiles[0]
}

export function bundleOf(bundle: {
  sid: string
  friendlyName: string
  status: string
  dateUpdated: Date
  errors: unknown
}): Named {
  return {...reviewOf(bundle, bundle), name: bundle.friendlyName || bundle.sid}
}

/** The profiles of a business that an account has, with which it registers. */
export async function listProfiles(account: TwilioAccount): Promise<Named[]> {
  const trusthub = await account.trusthub()
  return (await trusthub.v1.customerProfiles.list({policySid: policies.secondaryBusiness})).map(bundleOf)
}

/** What an account has for messages to the US, each vouched for by a profile of a business. */
export async function listA2pProfiles(account: TwilioAccount): Promise<Named[]> {
  const trusthub = await account.trusthub()
  return (await trusthub.v1.trustProducts.list({policySid: policies.a2pMessaging})).map(bundleOf)
}

/** The two kinds of bundles: the profile of a business, and what it has for messages to the US. */
export type BundleKind = 'customerProfiles' | 'trustProducts'

export async function fetchBundle(account: TwilioAccount, kind: BundleKind, sid: string): Promise<Review> {
  const {v1} = await account.trusthub()
  return bundleOf(
    await (kind === 'customerProfiles' ? v1.customerProfiles(sid).fetch() : v1.trustProducts(sid).fetch()),
  )
}

/**
 * The fields that a policy names, by the type of information: optional ones among them
 * (https://www.twilio.com/docs/trust-hub/trusthub-rest-api/policies). Tried once: whoever asks can do without the answer.
 */
export async function readPolicyFields(
  account: TwilioAccount,
  sid: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const {v1} = await account.trusthub({once: true})
  const policy = await v1.policies(sid).fetch()
  const {end_user: endUsers} = asObject(policy.requirements)
  if (!Array.isArray(endUsers)) throw temporary('TWILIO_RESPONSE_INVALID', `Twilio's policy ${sid} has another form.`)
  return new Map(
    endUsers.map((endUser) => {
      const {type, fields} = asObject(endUser)
      return [String(type), Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : []] as const
    }),
  )
}
