import type {Dated, Owned} from './common.js'

export interface Message extends Owned, Dated {
  from: string | null
  messagingServiceSid: string | null
  to: string
  body: string
  mediaCount: number
}

export interface Call extends Owned, Dated {
  from: string
  to: string
  phoneNumberSid: string | null
}
