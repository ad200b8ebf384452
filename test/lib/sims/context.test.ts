import {describe, expect, it} from '@jest/globals'

import type {CarrierName, SimService} from '../../../src/lib/carrier/service.js'
import {
  carrierMismatch,
  openSims,
  recordedCarrier,
  requireCarrier,
  requireSameCarrier,
  simContextAt,
  simContextIfAny,
} from '../../../src/lib/sims/context.js'
import {createOrder} from '../../../src/lib/sims/order-lease.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {addonRecord, APP} from '../../support/in-process-addon.js'
import {bothCarriers, type SimsInProcess, startSimsInProcess} from '../../support/in-process-sims.js'
import {order} from '../../support/sim-records.js'

describe('whom the SIMs of an add-on are with', () => {
  const reservations = [{order: 'ord-1', quantity: 3}]
  const [ofOld, ofKore] = [order({}), order({carrier: 'kore'})]

  it.each<[string, Parameters<typeof recordedCarrier>, CarrierName | undefined]>([
    ['is who is recorded, whatever the orders say', [{simCarrier: 'kore', reservations}, [ofOld]], 'kore'],
    ['is nobody before the first', [{reservations: []}, []], undefined],
    ['is nobody while orders name a carrier, and nothing is reserved', [{reservations: []}, [ofKore]], undefined],
    ['is Twilio where an order is older than the choice', [{reservations: []}, [ofKore, ofOld]], 'twilio'],
    ['is Twilio where something was reserved before the choice', [{reservations}, []], 'twilio'],
  ])('%s', (_, given, expected) => {
    expect(recordedCarrier(...given)).toBe(expected)
  })

  it('is who is chosen, or nobody yet: another would count wrongly', () => {
    const chosen = {name: 'twilio'} as const
    expect(() => requireSameCarrier(chosen, {appSpace: APP}, undefined)).not.toThrow()
    expect(() => requireSameCarrier(chosen, {appSpace: APP}, 'twilio')).not.toThrow()
    expect(() => requireSameCarrier(chosen, {appSpace: APP}, 'kore')).toThrow(
      expect.objectContaining({code: 'SIM_CARRIER_MISMATCH', exitCode: 6}),
    )
  })

  it('is said with how to use that one', () => {
    expect(carrierMismatch(APP, 'kore', 'twilio')).toMatchObject({
      message: 'The SIMs of api-default are with KORE, and this run is for those of Twilio.',
      suggestions: [expect.stringContaining('twilio:settings set sim-carrier kore')],
    })
  })
})

/** The same run, in which this carrier is chosen. */
async function withCarrier({sims}: SimsInProcess, carrier: CarrierName) {
  const other = await startSimsInProcess({carrier})
  return {...sims, simService: other.sims.simService}
}
const account = {sid: `AC${'2'.repeat(32)}`, authToken: 'token'}

describe('the carrier of an add-on’s SIMs', () => {
  it('is the chosen one, before the first order', async () => {
    for (const carrier of bothCarriers) {
      const {sims} = await startSimsInProcess({carrier})
      expect(await requireCarrier(sims, addonRecord())).toMatchObject({name: carrier})
    }
  })

  it('is no other than the recorded one', async () => {
    const world = await startSimsInProcess()
    const mismatch = {code: 'SIM_CARRIER_MISMATCH'}
    await expect(requireCarrier(world.sims, addonRecord({simCarrier: 'kore'}))).rejects.toMatchObject(mismatch)
    await expect(
      requireCarrier(await withCarrier(world, 'kore'), addonRecord({simCarrier: 'twilio'})),
    ).rejects.toMatchObject(mismatch)
  })

  it('is not KORE where orders are of before it could be chosen', async () => {
    const world = await startSimsInProcess()
    await createOrder(world.sims, {kind: 'card', quantity: 1, state: 'waiting'})
    await world.sandbox.change(({syncMaps}) => {
      for (const {items} of syncMaps)
        for (const item of Object.values(items)) Reflect.deleteProperty(item.data as object, 'carrier')
    })
    const kore = await withCarrier(world, 'kore')
    await expect(requireCarrier(kore, addonRecord())).rejects.toMatchObject({code: 'SIM_CARRIER_MISMATCH'})
  })
})

describe('where there may be SIMs', () => {
  const isAsked = async (world: SimsInProcess, record = addonRecord()) => {
    const context = await simContextIfAny(world.sims, record, account)
    return context !== undefined
  }

  it('Twilio is asked always: they are in the subaccount, whoever ordered them', async () => {
    expect(await isAsked(await startSimsInProcess())).toBe(true)
  })

  it('KORE is asked once one was ordered, and not before', async () => {
    const world = await startSimsInProcess({carrier: 'kore'})
    expect(await isAsked(world)).toBe(false)
    expect(await isAsked(world, addonRecord({simCarrier: 'kore'}))).toBe(true)
    await createOrder(world.sims, {kind: 'card', quantity: 1, state: 'waiting'})
    expect(await isAsked(world)).toBe(true)
  })

  it('nobody is asked who does not have them', async () => {
    const world = await startSimsInProcess({carrier: 'kore'})
    const record = addonRecord({simCarrier: 'twilio'})
    await expect(isAsked(world, record)).rejects.toMatchObject({code: 'SIM_CARRIER_MISMATCH'})
  })
})

describe('the work on an app-space’s SIMs', () => {
  it('has those of its own fleet or subaccount, and the stock, at the carrier that is given', async () => {
    const {sims} = await startSimsInProcess()
    const asked: unknown[] = []
    const [own, stock] = [{}, {}]
    const service = {
      carrierOf: (owner: unknown) => {
        asked.push(owner)
        return own
      },
      stock: () => stock,
    } as unknown as SimService
    const context = simContextAt(sims, {record: {...addonRecord(), appSpace: 'web-prod'}, account, service})
    expect(context).toMatchObject({appSpace: 'web-prod', accountSid: account.sid, service})
    expect([context.sims, context.stock]).toEqual([own, stock])
    expect(asked).toEqual([{appSpace: 'web-prod', host: sims.akkeris.host, registry: 'aka-twilio', account}])
  })

  it('needs an add-on that is ready, in a subaccount that is at work', async () => {
    const world = await startSimsInProcess()
    expect(await openSims(world.sims, APP)).toMatchObject({context: {appSpace: APP}, record: {appSpace: APP}})
    await expect(openSims(world.sims, 'web-prod')).rejects.toMatchObject({code: 'ADDON_NOT_FOUND'})
    await ensureAccountStatus(world.main, world.sims.accountSid, 'suspended')
    await expect(openSims(world.sims, APP)).rejects.toMatchObject({code: 'SUBACCOUNT_NOT_ACTIVE'})
    await world.changeAddon({state: 'provisioning'})
    await expect(openSims(world.sims, APP)).rejects.toMatchObject({code: 'ADDON_UNFINISHED'})
  })
})
