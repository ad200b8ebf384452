import type {AddonRecord} from '../addon/record.js'
import {tollFreeCodes} from '../twilio/us-number.js'

/** What Twilio still asks for before such a number may send, as far as the number itself shows. */
export function pendingRegistrations({e164, country}: {e164: string; country: string}): string | undefined {
  if (e164.startsWith('+1') && tollFreeCodes.test(e164.slice(2, 5))) {
    return 'Toll-free numbers must be verified before they may send SMS to the US and Canada: https://www.twilio.com/docs/messaging/compliance/toll-free/console-onboarding'
  }
  if (e164.startsWith('+1') && country === 'US') {
    return 'US local numbers need an A2P 10DLC registration before they may send SMS to US phones: https://www.twilio.com/docs/messaging/compliance/a2p-10dlc'
  }
  return undefined
}

/** The same for the number of an add-on. */
export function pendingRegistrationsOf({
  intent,
  phoneNumber,
}: Pick<AddonRecord, 'intent' | 'phoneNumber'>): string | undefined {
  const country = intent.operation === 'create' ? intent.country : 'US'
  return phoneNumber && pendingRegistrations({e164: phoneNumber.e164, country})
}
