import type {AddonContext} from '../../addon/context.js'
import {Failure} from '../../errors.js'
import {readSteps, type StepName, stepNames} from '../../registration/steps.js'
import {fetchAccountIfExists} from '../../twilio/accounts.js'
import {subaccount} from '../../twilio/connect.js'

/** What of a registration ends with the subaccount. */
export interface EndingRegistration {
  /** E.164. */
  readonly phoneNumber: string
  /** What Twilio or the carriers looked at, or look at now. */
  readonly steps: readonly StepName[]
  /** Whether the number may send by it. */
  readonly isVerified: boolean
}

/** What destroying the add-on ends of its registration for SMS to the US, as far as can be told; undefined where there is none. */
export async function previewRegistrationEnd(
  {main, registry}: AddonContext,
  appSpace: string,
): Promise<EndingRegistration | undefined> {
  try {
    const record = (await registry.read(appSpace))?.record
    const {phoneNumber: number, accountSid} = record ?? {}
    if (!number || accountSid === undefined || stepNames(number.e164).length === 0) return undefined
    const account = await fetchAccountIfExists(main, accountSid)
    if (account?.status !== 'active') return undefined
    const found = await readSteps(subaccount(main, account), number, appSpace)
    const steps = stepNames(number.e164).filter((step) => step !== 'messaging-service' && found[step] !== undefined)
    const last = found.campaign ?? found['toll-free-verification']
    return steps.length === 0 ? undefined : {phoneNumber: number.e164, steps, isVerified: last?.state === 'approved'}
  } catch (error) {
    // Only a preview: what is wrong shows when it is done, or another run has just done it.
    if (error instanceof Failure && error.outcome !== 'interrupted') return undefined
    throw error
  }
}
