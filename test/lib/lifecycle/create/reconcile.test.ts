import {beforeEach, describe, expect, it} from '@jest/globals'

import {requireEntry} from '../../../../src/lib/addon/info.js'
import {subaccountName} from '../../../../src/lib/addon/record.js'
import {underWay} from '../../../../src/lib/all-of.js'
import {badCredentials} from '../../../../src/lib/errors.js'
import {type Preflight, startPreflight} from '../../../../src/lib/lifecycle/create/preflight.js'
import {reconcile} from '../../../../src/lib/lifecycle/create/reconcile.js'
import {createRequest} from '../../../../src/lib/lifecycle/create/request.js'
import {fetchAccount} from '../../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, APP, spoilVars, startReadyAddon} from '../../../support/in-process-addon.js'

const theirs = `AC${'9'.repeat(32)}`

let world: AddonInProcess
let name: string
beforeEach(async () => {
  world = await startReadyAddon()
  name = subaccountName({registry: world.context.registry.name, host: world.akkeris.host, appSpace: APP})
})

interface Seen extends Partial<Preflight> {
  readonly force?: boolean
  readonly isCurrent?: boolean
}

/** Creates the add-on of api-default, which is ready. Gives what comes of it, and how many requests that took. */
async function run({force = false, isCurrent = true, ...seen}: Seen = {}) {
  const {context, sandbox} = world
  const asked = {appSpace: APP, plan: 'twilio:small', number: {}, force, keepOnFailure: false}
  const request = createRequest(asked, 'US')
  const entry = await requireEntry(context, APP)
  const preflight = startPreflight(context, {appSpace: APP, name, intent: request.intent})
  await Promise.all(Object.values(preflight))
  const from = sandbox.requests.length
  const reconciled = await reconcile(context, request, entry, {...preflight, ...seen, isCurrent})
  return {...reconciled, requests: sandbox.requests.length - from}
}

describe('an add-on that is ready', () => {
  it('is looked at only once where nothing is missing, and again where what was seen is outdated', async () => {
    const ready = {created: false, repaired: [], vars: await world.configVars()}
    expect(await run()).toMatchObject({...ready, requests: 0})
    expect(await run({isCurrent: false})).toMatchObject({...ready, requests: 2})
  })

  it('is looked at again where its subaccount has another name: only that one’s config vars are its own', async () => {
    await world.sandbox.change(({accounts}) => accounts.forEach((account) => (account.friendlyName = 'adopted')))
    const {sid: other} = await world.newSubaccount(name)
    expect(await run()).toMatchObject({repaired: [], vars: await world.configVars(), requests: 2})
    const {authToken} = await fetchAccount(world.main, other)
    await spoilVars(world, {TWILIO_SID: other, TWILIO_AUTH_TOKEN: authToken})
    await expect(run()).rejects.toMatchObject({code: 'FOREIGN_CONFIG_VARS'})
  })

  it('has its config vars restored, and by --force in place of somebody else’s', async () => {
    await spoilVars(world, {TWILIO_AUTH_TOKEN: undefined})
    expect(await run()).toMatchObject({created: false, repaired: ['TWILIO_AUTH_TOKEN']})
    await spoilVars(world, {TWILIO_SID: theirs})
    await expect(run()).rejects.toMatchObject({code: 'FOREIGN_CONFIG_VARS'})
    expect(await run({force: true})).toMatchObject({repaired: ['TWILIO_SID']})
  })

  it('is no reason to use a main account that is not to be used', async () => {
    const refusal = badCredentials('SUBACCOUNT_CREDENTIALS', 'It is a subaccount.', 'Log in.')
    await expect(run({account: underWay(Promise.reject(refusal))})).rejects.toBe(refusal)
  })
})
