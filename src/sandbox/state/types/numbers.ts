import type {Dated, Owned, Settings} from './common.js'

export interface Capabilities {
  voice: boolean
  sms: boolean
  mms: boolean
}

export type AddressRequirements = 'none' | 'any' | 'local' | 'foreign'

export interface IncomingNumber extends Owned, Dated {
  phoneNumber: string
  friendlyName: string
  isoCountry: string
  addressRequirements: AddressRequirements
  capabilities: Capabilities
  addressSid: string | null
  bundleSid: string | null
  settings: Settings
}

/** A phone number in one account, charged for when it is bought and on that day of every month. */
export interface Rental {
  accountSid: string
  numberSid: string
  monthlyPrice: number
  boughtAt: number
  /** How many months the account that had the number before has paid for. */
  monthsPaid: number
  /** When the number was released or transferred; null while the account has it. */
  until: number | null
}

export interface Address extends Owned, Dated {
  friendlyName: string | null
  customerName: string
  street: string
  streetSecondary: string | null
  city: string
  region: string
  postalCode: string
  isoCountry: string
  emergencyEnabled: boolean
}

type BundleStatus =
  'draft' | 'pending-review' | 'in-review' | 'twilio-rejected' | 'twilio-approved' | 'provisionally-approved'

export interface Bundle extends Owned, Dated {
  regulationSid: string
  friendlyName: string
  status: BundleStatus
  email: string
  statusCallback: string | null
  isoCountry: string
  numberType: string
}
