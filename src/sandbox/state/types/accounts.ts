import type {Dated} from './common.js'

export type AccountType = 'Trial' | 'Full'
export type AccountStatus = 'active' | 'suspended' | 'closed'

export interface Account extends Dated {
  sid: string
  /** A main account owns itself. */
  ownerAccountSid: string
  friendlyName: string
  authToken: string
  status: AccountStatus
  type: AccountType
}

export interface ApiKey {
  sid: string
  secret: string
  accountSid: string
  type: 'Main' | 'Standard'
  friendlyName: string | null
  createdAt: number
  updatedAt: number
}

export interface SecondaryToken {
  accountSid: string
  token: string
  createdAt: number
}
