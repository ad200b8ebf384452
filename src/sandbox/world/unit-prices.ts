/** What Twilio charges in the sandbox, in US dollars, much as its list prices for the US are. */
export const UNIT_PRICES = {
  smsSegment: 0.0083,
  mms: 0.022,
  callMinute: 0.014,
  command: 0.05,
} as const
