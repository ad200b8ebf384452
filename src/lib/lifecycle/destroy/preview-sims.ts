import type {AddonContext} from '../../addon/context.js'
import {Failure} from '../../errors.js'
import {simContextOf} from '../../sims/context.js'
import {planTeardown, type TeardownPlan} from '../../sims/teardown.js'
import {fetchAccountIfExists} from '../../twilio/accounts.js'

/** What destroying the add-on does to its SIMs and their orders, as far as can be told. */
export async function previewSimTeardown(context: AddonContext, appSpace: string): Promise<TeardownPlan | undefined> {
  try {
    const {accountSid} = (await context.registry.read(appSpace))?.record ?? {}
    const account = accountSid === undefined ? undefined : await fetchAccountIfExists(context.main, accountSid)
    return account?.status === 'active' ? await planTeardown(simContextOf(context, appSpace, account)) : undefined
  } catch (error) {
    // Only a preview: what is wrong shows when it is done, or another run has just done it.
    if (error instanceof Failure && error.outcome !== 'interrupted') return undefined
    throw error
  }
}
