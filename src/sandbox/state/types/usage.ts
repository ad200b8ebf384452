import type {Dated, Owned, Reported, Settings} from './common.js'

/** What an account used on one day. */
export interface UsageEntry {
  accountSid: string
  /** One of world/usage-categories.ts. It also counts in the categories that contain it. */
  category: string
  day: string
  count: number
  usage: number
  price: number
}

export interface UsageTrigger extends Owned, Dated, Reported {
  friendlyName: string | null
  usageCategory: string
  triggerBy: 'count' | 'usage' | 'price'
  triggerValue: number
  recurring: 'daily' | 'monthly' | 'yearly' | 'alltime'
  settings: Settings
}
