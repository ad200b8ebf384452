export interface Capabilities {
  readonly voice: boolean
  readonly sms: boolean
  readonly mms: boolean
}

/** The documents leave it open which of them there are. */
export function capabilitiesOf(given: Partial<Capabilities> | null | undefined): Capabilities {
  const {voice = false, sms = false, mms = false} = given ?? {}
  return {voice, sms, mms}
}
