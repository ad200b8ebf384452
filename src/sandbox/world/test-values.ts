/*
 * Every value that gets a special answer, so that a failure can be provoked on purpose.
 */

/* Phone numbers: Twilio's documented test values (https://www.twilio.com/docs/iam/test-credentials) */

/** Searching or buying in it gives the test number. */
export const TEST_AREA_CODE = '500'
/** No number is for sale in it. */
export const EMPTY_AREA_CODE = '533'

/** Can be bought again and again; messages and calls can be made from it without buying it. */
export const TEST_NUMBER = '+15005550006'
/** Cannot be bought: it is taken. */
export const TAKEN_NUMBER = '+15005550000'

/** Every other one like this is not a valid number to buy. */
export function isTestNumber(phoneNumber: string): boolean {
  return phoneNumber.startsWith('+1500555')
}

/** Twilio's code and message. */
export type TestFailure = readonly [code: number, message: string]
type TestFailures = ReadonlyMap<string, TestFailure>

/** Sending a message from, or to, such a number fails. */
export const MESSAGE_FROM_FAILURES: TestFailures = new Map([
  ['+15005550001', [21212, "Invalid 'From' Number: +15005550001"]],
  ['+15005550008', [21611, "This 'From' number has exceeded the maximum number of queued messages"]],
])
export const MESSAGE_TO_FAILURES: TestFailures = new Map([
  ['+15005550001', [21211, "Invalid 'To' Phone Number: +15005550001"]],
  ['+15005550002', [21612, "Message cannot be sent with the current combination of 'To' and 'From' parameters"]],
  ['+15005550003', [21408, 'Permission to send an SMS has not been enabled for the region of this number']],
  ['+15005550004', [21610, 'Attempt to send to unsubscribed recipient']],
  ['+15005550009', [21614, "'To' number is not a valid mobile number"]],
])

/** Making a call from, or to, such a number fails. */
export const CALL_FROM_FAILURES: TestFailures = new Map([
  ['+15005550001', [21212, "Invalid 'From' Number: +15005550001"]],
])
export const CALL_TO_FAILURES: TestFailures = new Map([
  ['+15005550001', [21217, 'Phone number does not appear to be valid: +15005550001']],
  ['+15005550002', [21214, "'To' phone number cannot be reached: +15005550002"]],
  ['+15005550003', [21215, 'Geo Permission configuration is not permitting the call to +15005550003']],
  ['+15005550004', [21216, 'Call blocked: +15005550004']],
])

/* The sandbox's own test values */

/** Messages to such a number are accepted but not delivered; calls are not answered. */
export function isUnreachable(phoneNumber: string): boolean {
  return phoneNumber.endsWith('0000')
}

/** No SIM card has this registration code. */
export const WRONG_REGISTRATION_CODE = '0000000000'

/** An eSIM profile for such an EID is accepted, and then fails. */
export function isFailingEid(eid: string): boolean {
  return eid.endsWith('0000')
}

/** A login to Akkeris that is no longer valid; any other one is. */
export const EXPIRED_AUTHORIZATION = 'Bearer expired'

/** There is an app of every name but such a one. */
export function isMissingApp(name: string): boolean {
  return name.startsWith('missing-')
}

/** The app is in a space where secrets are read back as `[redacted]`. */
export function isRedactedApp(name: string): boolean {
  return name.endsWith('-socs')
}

/** The app was never deployed: it has no releases and no dynos. */
export function isUndeployedApp(name: string): boolean {
  return name.startsWith('idle-')
}

/** After a change of config vars the new dynos of such an app crash; the old ones keep running. */
export function isCrashingApp(name: string): boolean {
  return name.startsWith('crashing-')
}

/** The codes with which each step of a registration is rejected. */
const REJECTIONS = {
  profile: /^186\d\d$/,
  brand: /^307\d\d$/,
  campaign: /^30[89]\d\d$/,
  tollfree: /^304\d\d$/,
} as const

/** A code in brackets in any field, such as `Example [18602]`, has the step rejected with it that the code is of. */
export function rejectionsIn(
  step: keyof typeof REJECTIONS,
  fields: Readonly<Record<string, unknown>>,
): {code: number; field: string}[] {
  return Object.entries(fields).flatMap(([field, value]) =>
    [...JSON.stringify(value ?? '').matchAll(/\[(\d{5})\]/g)].flatMap(([, code = '']) =>
      REJECTIONS[step].test(code) ? [{code: Number(code), field}] : [],
    ),
  )
}
