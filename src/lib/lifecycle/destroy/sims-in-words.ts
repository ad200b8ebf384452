import type {AddonContext} from '../../addon/context.js'
import {Failure} from '../../errors.js'
import {simContextOf} from '../../sims/context.js'
import {planTeardown, teardownInWords} from '../../sims/teardown.js'
import {fetchAccountIfExists} from '../../twilio/accounts.js'

/** What destroying the add-on does to its SIMs and their orders, as far as it is known; nothing where there are none. */
export async function simsInWords(context: AddonContext, appSpace: string): Promise<string[]> {
  try {
    const {accountSid} = (await context.registry.read(appSpace))?.record ?? {}
    const account = accountSid === undefined ? undefined : await fetchAccountIfExists(context.main, accountSid)
    if (account?.status !== 'active') return []
    return teardownInWords(await planTeardown(simContextOf(context, appSpace, account)))
  } catch (error) {
    // Information only: what is wrong shows when it is done, or another run has just done it.
    if (error instanceof Failure && error.outcome !== 'interrupted') return []
    throw error
  }
}
