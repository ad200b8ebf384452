import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'
import {carriers} from '../../carrier/service.js'
import {Failure} from '../../errors.js'
import {simContextIfAny} from '../../sims/context.js'
import {planTeardown, type TeardownPlan} from '../../sims/teardown.js'
import {type Account, fetchAccountIfExists} from '../../twilio/accounts.js'

/** What destroying the add-on does to its SIMs and their orders, as far as can be told. */
export async function previewSimTeardown(context: AddonContext, appSpace: string): Promise<TeardownPlan | undefined> {
  try {
    const record = (await context.registry.read(appSpace))?.record
    if (record?.accountSid === undefined) return undefined
    const account = await fetchAccountIfExists(context.main, record.accountSid)
    if (!account || !canBeRead(account, record)) return undefined
    const sims = await simContextIfAny(context, record, account)
    return sims && (await planTeardown(sims))
  } catch (error) {
    // Only a preview: what is wrong shows when it is done, or another run has just done it.
    if (error instanceof Failure && error.outcome !== 'interrupted') return undefined
    throw error
  }
}

/** What is in the subaccount itself shows only while that is active. */
function canBeRead({status}: Account, {simCarrier = 'twilio'}: AddonRecord): boolean {
  return status === 'active' || !carriers[simCarrier].isInSubaccount
}
