export interface Capabilities {
  readonly voice: boolean
  readonly sms: boolean
  readonly mms: boolean
}

/** As Twilio spells them: in capitals of numbers for sale, in small letters of those that an account has. Any may be missing. */
interface Given {
  readonly voice?: boolean
  readonly sms?: boolean
  readonly SMS?: boolean
  readonly mms?: boolean
  readonly MMS?: boolean
}

export function capabilitiesOf(given: Given | null | undefined): Capabilities {
  const {voice = false, SMS = false, sms = SMS, MMS = false, mms = MMS} = given ?? {}
  return {voice, sms, mms}
}
