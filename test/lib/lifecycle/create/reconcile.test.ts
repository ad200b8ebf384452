import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonEntry} from '../../../../src/lib/addon/addon-registry.js'
import {requireEntry} from '../../../../src/lib/addon/info.js'
import {subaccountName} from '../../../../src/lib/addon/record.js'
import {startPreflight} from '../../../../src/lib/lifecycle/create/preflight.js'
import {reconcile} from '../../../../src/lib/lifecycle/create/reconcile.js'
import {createRequest} from '../../../../src/lib/lifecycle/create/request.js'
import {LeaseLost} from '../../../../src/lib/registry/items.js'
import {ensureAccountStatus} from '../../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../../support/in-process-addon.js'

const theirs = `AC${'9'.repeat(32)}`

let world: AddonInProcess
let accountSid: string
beforeEach(async () => {
  world = await startReadyAddon()
  accountSid = (await world.record())?.accountSid ?? ''
})

async function run({
  force = false,
  isCurrent = true,
  entry,
}: {force?: boolean; isCurrent?: boolean; entry?: AddonEntry} = {}) {
  const {context} = world
  const asked = {appSpace: APP, plan: 'twilio:small', number: {}, force, keepOnFailure: false}
  const request = createRequest(asked, 'US')
  const name = subaccountName({registry: context.registry.name, host: context.akkeris.host, appSpace: APP})
  const preflight = startPreflight(context, {appSpace: APP, name, intent: request.intent})
  return reconcile(context, request, entry ?? (await requireEntry(context, APP)), {...preflight, isCurrent})
}

const spoil = (vars: Record<string, string | undefined>) =>
  world.sandbox.change(({apps}) => {
    for (const [name, value] of Object.entries(vars)) {
      if (value === undefined) Reflect.deleteProperty(apps[APP]?.configVars ?? {}, name)
      else Object.assign(apps[APP]?.configVars ?? {}, {[name]: value})
    }
  })
const patches = (from = 0) => world.sandbox.requests.slice(from).filter(({method}) => method === 'PATCH')

describe('an add-on that is ready', () => {
  it('has its config vars back, in one change, and nothing else is touched', async () => {
    const complete = await world.configVars()
    const {incomingNumbers, accounts} = await world.state()
    await spoil({TWILIO_AUTH_TOKEN: undefined, TWILIO_PHONE_NUMBER: '+18015550000', OTHER: 'stays'})
    const from = world.sandbox.requests.length
    const {created, repaired, vars} = await run()
    expect({created, repaired: [...repaired].sort(), vars}).toEqual({
      created: false,
      repaired: ['TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER'],
      vars: complete,
    })
    expect(patches(from)).toHaveLength(1)
    expect(await world.configVars()).toEqual({...complete, OTHER: 'stays'})
    expect(await world.state()).toMatchObject({incomingNumbers, accounts})
    expect((await world.record())?.lease).toBeUndefined()
  })

  it('is left alone where nothing is missing, whether or not what was looked at is current', async () => {
    const from = world.sandbox.requests.length
    for (const isCurrent of [true, false]) expect(await run({isCurrent})).toMatchObject({repaired: []})
    expect(world.sandbox.requests.slice(from).filter(({method}) => method !== 'GET')).toEqual([])
  })

  it('does not take the place of another account’s config vars, except by --force', async () => {
    await spoil({TWILIO_SID: theirs})
    await expect(run()).rejects.toMatchObject({code: 'FOREIGN_CONFIG_VARS', exitCode: 6})
    expect(await world.configVars()).toMatchObject({TWILIO_SID: theirs})
    expect(await run({force: true})).toMatchObject({repaired: ['TWILIO_SID']})
    expect(await world.configVars()).toMatchObject({TWILIO_SID: accountSid})
  })

  it('is no add-on any more once its subaccount was closed', async () => {
    await ensureAccountStatus(world.main, accountSid, 'closed')
    await expect(run()).rejects.toMatchObject({code: 'SUBACCOUNT_CLOSED', exitCode: 1})
  })

  it('is read again where another run changed it meanwhile, which explains what is wrong', async () => {
    const entry = await requireEntry(world.context, APP)
    await world.write({state: 'ready'})
    await spoil({TWILIO_SID: theirs})
    await expect(run({entry})).rejects.toBeInstanceOf(LeaseLost)
  })

  it('is not repaired by a run that sees it outdated', async () => {
    const entry = await requireEntry(world.context, APP)
    await world.write({state: 'destroying'})
    await spoil({TWILIO_SID: undefined})
    await expect(run({entry})).rejects.toBeInstanceOf(LeaseLost)
    expect(await world.configVars()).not.toHaveProperty('TWILIO_SID')
  })
})
