import {beforeEach, describe, expect, it} from '@jest/globals'

import {requireEntry} from '../../../../src/lib/addon/info.js'
import {restoreVars, restoreVarsOf} from '../../../../src/lib/lifecycle/create/restore-vars.js'
import {LeaseLost} from '../../../../src/lib/registry/items.js'
import {ensureAccountStatus} from '../../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, APP, spoilVars, startReadyAddon} from '../../../support/in-process-addon.js'

const theirs = `AC${'9'.repeat(32)}`

let world: AddonInProcess
let accountSid: string
beforeEach(async () => {
  world = await startReadyAddon()
  accountSid = (await world.record())?.accountSid ?? ''
})

const entry = () => requireEntry(world.context, APP)
const run = async (forced = false) => restoreVarsOf(world.context, await entry(), {forced})
const requests = (from: number) => world.sandbox.requests.slice(from)
const changes = (from: number) => requests(from).filter(({method}) => method !== 'GET')

describe('an add-on that is ready', () => {
  it('has its config vars back, in one change, and nothing else is touched', async () => {
    const complete = await world.configVars()
    const {incomingNumbers, accounts} = await world.state()
    await spoilVars(world, {TWILIO_AUTH_TOKEN: undefined, TWILIO_PHONE_NUMBER: '+18015550000', OTHER: 'stays'})
    const from = world.sandbox.requests.length
    const {created, repaired, vars} = await run()
    expect({created, repaired: [...repaired].sort(), vars}).toEqual({
      created: false,
      repaired: ['TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER'],
      vars: complete,
    })
    expect(changes(from).filter(({method}) => method === 'PATCH')).toHaveLength(1)
    expect(await world.configVars()).toEqual({...complete, OTHER: 'stays'})
    expect(await world.state()).toMatchObject({incomingNumbers, accounts})
    expect((await world.record())?.lease).toBeUndefined()
  })

  it('is left alone where nothing is missing, and its number is not looked for', async () => {
    const from = world.sandbox.requests.length
    expect(await run()).toMatchObject({repaired: [], vars: await world.configVars()})
    expect(changes(from)).toEqual([])
    expect(requests(from)).toHaveLength(3)
  })

  it('does not take the place of another account’s config vars, except by force', async () => {
    await spoilVars(world, {TWILIO_SID: theirs})
    await expect(run()).rejects.toMatchObject({code: 'FOREIGN_CONFIG_VARS', exitCode: 6})
    expect(await world.configVars()).toMatchObject({TWILIO_SID: theirs})
    expect(await run(true)).toMatchObject({repaired: ['TWILIO_SID']})
    expect(await world.configVars()).toMatchObject({TWILIO_SID: accountSid})
  })

  it('is no add-on any more once its subaccount was closed, and once Twilio forgot that', async () => {
    await ensureAccountStatus(world.main, accountSid, 'closed')
    await expect(run()).rejects.toMatchObject({code: 'SUBACCOUNT_CLOSED', exitCode: 1})
    await world.sandbox.change((state) => {
      state.accounts = state.accounts.filter(({sid}) => sid !== accountSid)
    })
    await expect(run()).rejects.toMatchObject({code: 'SUBACCOUNT_CLOSED', exitCode: 1})
  })
})

describe('an add-on that another run changed since it was read', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['its config vars are somebody else’s', () => spoilVars(world, {TWILIO_SID: theirs})],
    ['its subaccount is closed', () => ensureAccountStatus(world.main, accountSid, 'closed')],
  ])('is read again where %s: that may be why', async (_, happens) => {
    const before = await entry()
    await world.write({state: 'ready'})
    await happens()
    await expect(restoreVarsOf(world.context, before, {forced: false})).rejects.toBeInstanceOf(LeaseLost)
  })

  it('is not restored by the run that sees it outdated', async () => {
    const before = await entry()
    await world.write({state: 'destroying'})
    await spoilVars(world, {TWILIO_SID: undefined})
    await expect(restoreVarsOf(world.context, before, {forced: false})).rejects.toBeInstanceOf(LeaseLost)
    expect(await world.configVars()).not.toHaveProperty('TWILIO_SID')
  })
})

describe('by its app-space', () => {
  it('an add-on has its config vars back, but not in place of somebody else’s', async () => {
    await spoilVars(world, {TWILIO_SID: undefined})
    await restoreVars(world.context, APP)
    expect(await world.configVars()).toMatchObject({TWILIO_SID: accountSid})
    await spoilVars(world, {TWILIO_SID: theirs})
    await expect(restoreVars(world.context, APP)).rejects.toMatchObject({code: 'FOREIGN_CONFIG_VARS'})
  })

  it('one that is unfinished, or not there, is not created for that', async () => {
    const from = world.sandbox.requests.length
    await expect(restoreVars(world.context, 'web-default')).rejects.toMatchObject({code: 'ADDON_NOT_FOUND'})
    expect(changes(from)).toEqual([])
    await world.write({state: 'provisioning'})
    await spoilVars(world, {TWILIO_SID: undefined})
    await expect(restoreVars(world.context, APP)).rejects.toMatchObject({code: 'ADDON_UNFINISHED'})
    expect(await world.configVars()).not.toHaveProperty('TWILIO_SID')
  })
})
