import {rangeOf} from '../world/number-ranges.js'

/** Where Twilio thinks that a phone number is: `FromCity`, `FromState` and so on. */
export function placeFields(prefix: string, phoneNumber: string): Record<string, string> {
  const range = rangeOf(phoneNumber)
  const {locality = '', region = '', postalCode = ''} = range?.place ?? {}
  return {
    [`${prefix}City`]: locality.toUpperCase(),
    [`${prefix}State`]: region,
    [`${prefix}Zip`]: postalCode,
    [`${prefix}Country`]: range?.country ?? '',
  }
}
