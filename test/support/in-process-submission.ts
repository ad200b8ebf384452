import {followRegistration} from '../../src/lib/registration/follow.js'
import {readForm} from '../../src/lib/registration/form.js'
import {type Work, workOn} from '../../src/lib/registration/parts.js'
import {readRegistration} from '../../src/lib/registration/read.js'
import {submitRegistration} from '../../src/lib/registration/submit.js'
import {type AddonInProcess, APP, openExisting} from './in-process-addon.js'
import {REGISTRATION} from './registration.js'

const usualSubmission = {mock: false, brandSid: undefined}

/** A whole registration, of which some fields of the business differ. */
export const formWith = (business: Readonly<Record<string, string>> = {}) =>
  readForm('registration.yaml', {...REGISTRATION, business: {...REGISTRATION.business, ...business}})

/** What a run works with on the registration of the add-on. */
export async function workFor(world: AddonInProcess, form = formWith()): Promise<Work> {
  const lease = await world.lease()
  const subaccount = await openExisting(world, lease.record.accountSid ?? '')
  return workOn(world.context, lease, {subaccount, form})
}

/** What a test does with the registration of its add-on. @param current the world of the test that runs */
export function submissions(current: () => AddonInProcess) {
  const submit = async (changes = {}, form = formWith()) =>
    submitRegistration(current().context, APP, form, {...usualSubmission, ...changes})
  return {
    submit,
    /** Submits it and follows the reviews to the end. */
    follow: async (changes = {}) =>
      followRegistration(current().context, APP, formWith(), {
        options: {...usualSubmission, ...changes},
        submitted: await submit(changes),
      }),
    reviewed: async () => current().transport.sleep(10_000),
    sending: async () => (await readRegistration(current().context, APP)).sending.state,
    /** How many of each there are: one, however it came to it. */
    parts: async () => {
      const {trustBundles, trustItems, brands, messagingServices, campaigns, addresses, mainAccountSid} =
        await current().state()
      const own = (all: readonly {accountSid: string}[]) =>
        all.filter(({accountSid}) => accountSid !== mainAccountSid).length
      const ofService = [brands.length, messagingServices.length, campaigns.length]
      return [own(trustBundles), own(trustItems), own(addresses), ...ofService]
    },
  }
}
