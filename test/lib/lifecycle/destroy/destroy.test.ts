import {beforeEach, describe, expect, it} from '@jest/globals'

import {subaccountName} from '../../../../src/lib/addon/record.js'
import {destroy} from '../../../../src/lib/lifecycle/destroy/destroy.js'
import {simContextOf} from '../../../../src/lib/sims/context.js'
import {placeOrder} from '../../../../src/lib/sims/place-order.js'
import {ensureAccountStatus, fetchAccount} from '../../../../src/lib/twilio/accounts.js'
import {
  type AddonInProcess,
  APP,
  buyIn,
  contextOfApiKey,
  numbersIn,
  startReadyAddon,
} from '../../../support/in-process-addon.js'

let world: AddonInProcess
let accountSid: string
let number: string
beforeEach(async () => {
  world = await startReadyAddon()
  const record = await world.record()
  ;[accountSid, number] = [record?.accountSid ?? '', record?.phoneNumber?.e164 ?? '']
  await world.setConfigVars({OTHER: 'stays'})
})

const run = (keepNumber = false) => destroy(world.context, {appSpace: APP, keepNumber})
const open = async () => {
  const {accounts, mainAccountSid} = await world.state()
  return accounts.filter(({sid, status}) => sid !== mainAccountSid && status !== 'closed').map(({sid}) => sid)
}
const changes = (from: number) =>
  world.sandbox.requests.slice(from).filter(({method, path}) => method !== 'GET' && !path.includes('/Items'))
const away = {when: 'before', times: Infinity, do: {status: 503}} as const

describe('an add-on that is destroyed', () => {
  it('leaves nothing but what is not its own', async () => {
    expect(await run()).toMatchObject({
      destroyed: true,
      accountSid,
      removedVars: expect.arrayContaining(['TWILIO_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER']) as unknown,
      keptNumbers: [],
    })
    expect(await world.configVars()).toEqual({OTHER: 'stays'})
    expect([await open(), await numbersIn(world), await world.record()]).toEqual([[], {main: [], sub: []}, undefined])
  })

  it('loses its config vars first, and its subaccount only once the number that is kept is in the main account', async () => {
    const from = world.sandbox.requests.length
    expect(await run(true)).toMatchObject({keptNumber: number, keptNumbers: [number]})
    expect(changes(from).map(({method, path}) => `${method} ${path.split('/').at(-2) ?? ''}`)).toEqual([
      `PATCH ${APP}`,
      'POST IncomingPhoneNumbers',
      'POST Accounts',
    ])
    expect(await numbersIn(world)).toEqual({main: [number], sub: []})
  })

  it('of which another number is kept has not kept its own', async () => {
    const {e164: other} = await buyIn(world, accountSid)
    const intent = {operation: 'destroy', keepNumber: false, alsoKeep: [other]} as const
    await world.write({state: 'destroying', intent})
    expect(await run()).toMatchObject({keptNumber: undefined, keptNumbers: [other]})
  })

  it('whose number was not recorded keeps the one that its subaccount has', async () => {
    await world.sandbox.change(({syncMaps: [map]}) => {
      Reflect.deleteProperty(map?.items[APP]?.data as object, 'phoneNumber')
    })
    expect(await run(true)).toMatchObject({keptNumber: number, keptNumbers: [number]})
  })

  it('is destroyed already, the second time: nothing is changed', async () => {
    await run()
    const from = world.sandbox.requests.length
    expect(await run()).toMatchObject({destroyed: false, removedVars: [], keptNumbers: []})
    expect(changes(from)).toEqual([])
    expect(world.warnings).toEqual([])
  })

  it('is not mistaken for the platform’s own Twilio add-on, which stays', async () => {
    await run()
    await world.sandbox.change(({apps}) =>
      apps[APP]?.addons.push({name: 'twilio-fair-1234', plan: 'twilio:small', configVars: {}}),
    )
    expect(await run()).toMatchObject({destroyed: false})
    expect(world.warnings).toEqual([expect.stringContaining('aka addons:destroy twilio-fair-1234 -a api-default')])
  })

  it('takes along a subaccount of its name that no run recorded, and that alone', async () => {
    const name = subaccountName({registry: 'aka-twilio', host: world.akkeris.host, appSpace: APP})
    await world.newSubaccount(name)
    const {sid: other} = await world.newSubaccount('of somebody else')
    await run()
    expect(await open()).toEqual([other])
  })

  it('is resumed by the next run, which keeps the number that the first one was to keep', async () => {
    world.sandbox.faults.add({method: 'POST', path: 'IncomingPhoneNumbers', ...away})
    await expect(run(true)).rejects.toMatchObject({exitCode: 7})
    world.sandbox.faults.clear()
    expect(await world.record()).toMatchObject({state: 'destroying', accountSid})
    expect(await open()).toEqual([accountSid])
    expect(await run()).toMatchObject({destroyed: true, keptNumbers: [number]})
  })

  it('is not begun where an API key is to move the number, which Twilio does not let it', async () => {
    const context = await contextOfApiKey(world)
    const from = world.sandbox.requests.length
    const asked = destroy(context, {appSpace: APP, keepNumber: true})
    await expect(asked).rejects.toMatchObject({code: 'AUTH_TOKEN_REQUIRED', exitCode: 5})
    expect(world.sandbox.requests.slice(from)).toEqual([])
  })
})

describe('the SIMs of a suspended subaccount', () => {
  beforeEach(async () => {
    const record = await world.record()
    if (!record) throw new Error('there is no item')
    const sims = await simContextOf(world.context, record, await fetchAccount(world.main, accountSid))
    const request = {eids: [], address: undefined, seller: undefined, follow: true} as const
    await (await placeOrder(sims, {...request, kind: 'card', quantity: 1})).release({isReported: true})
  })
  const suspend = () => ensureAccountStatus(world.main, accountSid, 'suspended')
  const resumed = (from: number) => changes(from).filter(({form}) => form?.Status === 'active').length

  it('are dealt with: it is resumed for that, and closed then', async () => {
    await suspend()
    const from = world.sandbox.requests.length
    const {sims} = await run()
    expect([sims.toStock.length + sims.cancelledOrders.length, resumed(from)]).toEqual([1, 1])
    expect(await open()).toEqual([])
  })

  it('are none where nothing was ordered: it is not resumed for that', async () => {
    await world.sandbox.change(({syncMaps}) => {
      for (const {items} of syncMaps)
        for (const key of Object.keys(items)) if (key.startsWith(`${APP}/`)) Reflect.deleteProperty(items, key)
    })
    await suspend()
    const from = world.sandbox.requests.length
    expect((await run()).sims).toEqual({toStock: [], deactivated: [], cancelledOrders: []})
    expect(resumed(from)).toBe(0)
  })
})
