import type {Dated, Owned, Settings} from './common.js'

/** A review that was asked for, and what it will come to: the status follows from the time. */
export interface Review {
  readonly askedAt: number
  readonly problems: readonly Problem[]
}

/** Why a registration is rejected, by Twilio's code, and which of its fields is why. */
export interface Problem {
  readonly code: number
  readonly field: string
}

export type TrustBundleKind = 'customer-profile' | 'trust-product'

/** A customer profile or a trust product. */
export interface TrustBundle extends Owned, Dated {
  kind: TrustBundleKind
  policySid: string
  friendlyName: string
  email: string
  statusCallback: string | null
  entities: Assignment[]
  channelEndpoints: (Assignment & {readonly type: string})[]
  evaluations: Evaluation[]
  /** Missing while it is a draft. */
  review?: Review
}

export interface Assignment {
  readonly sid: string
  readonly objectSid: string
  readonly createdAt: number
}

export interface Evaluation {
  readonly sid: string
  readonly createdAt: number
  readonly policySid: string
  readonly results: readonly RequirementResult[]
}

/** Whether a bundle has what one requirement of its policy asks for. */
export interface RequirementResult {
  readonly name: string
  readonly friendlyName: string
  readonly objectType: string
  /** Whether there is nothing at all. */
  readonly isMissing: boolean
  readonly missingFields: readonly string[]
}

/** Information about a business or a person, or a document: what is assigned to a bundle. */
export interface TrustItem extends Owned, Dated {
  kind: 'end-user' | 'document'
  friendlyName: string
  type: string
  attributes: Record<string, unknown>
}

export interface Brand extends Owned, Dated {
  customerProfileSid: string
  a2pProfileSid: string
  brandType: string
  mock: boolean
  skipAutomaticSecVet: boolean
  review: Review
}

export interface MessagingService extends Owned, Dated {
  friendlyName: string
  settings: Settings
  /** Those that the account still has count. */
  phoneNumbers: {readonly numberSid: string; readonly createdAt: number}[]
}

export interface Campaign extends Owned, Dated {
  messagingServiceSid: string
  brandSid: string
  usecase: string
  /** By the names of Twilio's properties. */
  fields: Record<string, string | boolean | readonly string[]>
  mock: boolean
  review: Review
}

export interface TollfreeVerification extends Owned, Dated {
  numberSid: string
  /** By the names of Twilio's properties. */
  fields: Record<string, string | boolean | readonly string[] | null>
  review: Review
}
