import {type Step, stepAt} from '../state/clock.js'
import type {State} from '../state/state.js'
import type {IncomingNumber} from '../state/types/numbers.js'
import type {
  Brand,
  Campaign,
  MessagingService,
  Problem,
  RequirementResult,
  Review,
  TollfreeVerification,
  TrustBundle,
  TrustItem,
} from '../state/types/registrations.js'
import {rangeOf} from './number-ranges.js'
import {A2P_PROFILE_POLICY, type Policy, requiredEndUsers} from './policies.js'
import {rejectionsIn} from './test-values.js'

/** How long a review takes, by the sandbox's clock: until somebody looks at it, and until the end. */
const LOOKED_AT_MS = 1000
export const REVIEWED_MS = 5000

export type BundleStatus = 'draft' | 'pending-review' | 'in-review' | 'twilio-rejected' | 'twilio-approved'

export function bundleStatus({review, createdAt}: TrustBundle, now: number): Step<BundleStatus> {
  if (!review) return {status: 'draft', since: createdAt}
  return reviewed(review, now, ['pending-review', 'in-review', 'twilio-approved', 'twilio-rejected'])
}

export function brandStatus({review}: Brand, now: number) {
  return reviewed(review, now, ['PENDING', 'IN_REVIEW', 'APPROVED', 'FAILED'])
}

export function campaignStatus({review}: Campaign, now: number) {
  return reviewed(review, now, ['IN_PROGRESS', 'IN_PROGRESS', 'VERIFIED', 'FAILED'])
}

export function tollfreeStatus({review}: TollfreeVerification, now: number) {
  return reviewed(review, now, ['PENDING_REVIEW', 'IN_REVIEW', 'TWILIO_APPROVED', 'TWILIO_REJECTED'])
}

type Statuses<Status> = readonly [asked: Status, lookedAt: Status, approved: Status, rejected: Status]

function reviewed<Status>(
  {askedAt, problems}: Review,
  now: number,
  [asked, lookedAt, approved, rejected]: Statuses<Status>,
): Step<Status> {
  const end = problems.length === 0 ? approved : rejected
  return stepAt(now, askedAt, asked, [LOOKED_AT_MS, lookedAt], [REVIEWED_MS, end])
}

/** What is assigned to a bundle. */
function itemsOf({trustItems}: Readonly<State>, {entities}: TrustBundle): TrustItem[] {
  return trustItems.filter(({sid}) => entities.some(({objectSid}) => objectSid === sid))
}

export function bundleProblems(state: Readonly<State>, bundle: TrustBundle): Problem[] {
  return itemsOf(state, bundle).flatMap(({attributes}) => rejectionsIn('profile', attributes))
}

/** The Campaign Registry looks at what the profiles say of the business. */
export function brandProblems(state: Readonly<State>, profiles: readonly TrustBundle[]): Problem[] {
  return profiles.flatMap((bundle) =>
    itemsOf(state, bundle).flatMap(({attributes}) => rejectionsIn('brand', attributes)),
  )
}

/** Whether a bundle has what its policy asks for, requirement by requirement. */
export function evaluate(state: Readonly<State>, bundle: TrustBundle, policy: Policy): RequirementResult[] {
  const items = itemsOf(state, bundle)
  const supporters = state.trustBundles.filter(({sid}) => bundle.entities.some(({objectSid}) => objectSid === sid))
  const endUsers = requiredEndUsers(policy).map(({type, name, fields}): RequirementResult => {
    const item = items.find((each) => each.type === type)
    const missingFields = fields.filter((field) => !hasText(item?.attributes[field]))
    return {name: type, friendlyName: name, objectType: type, isMissing: !item, missingFields}
  })
  const requirement = (name: string, friendlyName: string, has: boolean): RequirementResult => ({
    name,
    friendlyName,
    objectType: name,
    isMissing: !has,
    missingFields: [],
  })
  const hasAddress = items.some(({type}) => type === 'customer_profile_address')
  const isSupported = supporters.some(({policySid}) => policy.supportedBy.includes(policySid))
  return [
    ...endUsers,
    ...(policy.needsAddress ? [requirement('customer_profile_address', 'Physical Business Address', hasAddress)] : []),
    ...(policy.supportedBy.length > 0
      ? [requirement(supportName(policy), 'Supporting Customer Profile', isSupported)]
      : []),
  ]
}

function supportName({sid}: Policy): string {
  return sid === A2P_PROFILE_POLICY ? 'customer_profile' : 'primary_customer_profile'
}

function hasText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

export function isMet({isMissing, missingFields}: RequirementResult): boolean {
  return !isMissing && missingFields.length === 0
}

/** The numbers in a messaging service: one that was released, or transferred, has left it. */
export function numbersOf(
  {incomingNumbers}: Readonly<State>,
  {accountSid, phoneNumbers}: MessagingService,
): IncomingNumber[] {
  return incomingNumbers.filter(
    (number) => number.accountSid === accountSid && phoneNumbers.some(({numberSid}) => numberSid === number.sid),
  )
}

/** The messaging service that a number is in: there is one at most. */
export function serviceOf(state: Readonly<State>, number: IncomingNumber): MessagingService | undefined {
  return state.messagingServices.find((service) => numbersOf(state, service).includes(number))
}

/** Why carriers do not deliver a message of this number's, in Twilio's codes; undefined where they do. */
export function blockedBy(
  state: Readonly<State>,
  now: number,
  {number, to}: {readonly number: IncomingNumber; readonly to: string},
): 30032 | 30034 | undefined {
  // The sandbox knows few area codes: those of other countries of the plan are among them.
  const recipient = rangeOf(to)?.country ?? (to.startsWith('+1') ? 'US' : undefined)
  const range = rangeOf(number.phoneNumber)
  if (range?.type === 'TollFree' && range.country === 'US' && (recipient === 'US' || recipient === 'CA')) {
    const isVerified = state.tollfreeVerifications.some(
      (each) => each.numberSid === number.sid && tollfreeStatus(each, now).status === 'TWILIO_APPROVED',
    )
    return isVerified ? undefined : 30032
  }
  if (number.isoCountry !== 'US' || recipient !== 'US') return undefined
  const service = serviceOf(state, number)
  const isRegistered = state.campaigns.some(
    (each) =>
      !each.mock && each.messagingServiceSid === service?.sid && campaignStatus(each, now).status === 'VERIFIED',
  )
  return isRegistered ? undefined : 30034
}
