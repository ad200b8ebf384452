import type {AddonContext} from '../../addon/context.js'
import {Failure} from '../../errors.js'
import {simContextIfAny} from '../../sims/context.js'
import {planTeardown, type TeardownPlan} from '../../sims/teardown.js'
import {fetchAccountIfExists} from '../../twilio/accounts.js'

/** What destroying the add-on does to its SIMs and their orders, as far as can be told. */
export async function previewSimTeardown(context: AddonContext, appSpace: string): Promise<TeardownPlan | undefined> {
  try {
    const record = (await context.registry.read(appSpace))?.record
    if (record?.accountSid === undefined) return undefined
    const account = await fetchAccountIfExists(context.main, record.accountSid)
    if (account?.status !== 'active') return undefined
    const sims = await simContextIfAny(context, record, account)
    return sims && (await planTeardown(sims))
  } catch (error) {
    // Only a preview: what is wrong shows when it is done, or another run has just done it.
    if (error instanceof Failure && error.outcome !== 'interrupted') return undefined
    throw error
  }
}
