import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import type {SimService} from '../../../src/lib/carrier/service.js'
import {OrderBook} from '../../../src/lib/sims/order-book.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {readFleet} from '../../../src/lib/usage/fleet.js'
import {addUsage} from '../../../src/sandbox/server/usage.js'
import {
  addAddon,
  addNewer,
  type AddonInProcess,
  addonRecord,
  startAddonInProcess,
} from '../../support/in-process-addon.js'
import {order} from '../../support/sim-records.js'

const march = {from: '2026-03-01', to: '2026-03-31'}

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

/** An add-on that sent so many messages this month. */
async function addBusy(appSpace: string, sms = 0, changes: Partial<AddonRecord> = {}): Promise<string> {
  const accountSid = await addAddon(world, appSpace, changes)
  await world.sandbox.change((state, now) => addUsage(state, now, {accountSid, category: 'sms', usage: sms}))
  return accountSid
}

async function read(changes: Partial<SimService> = {}, month: Parameters<typeof readFleet>[1] = 'this') {
  const {registry, simService} = world.context
  const service = {...(await simService()), ...changes}
  return readFleet({registry, service}, month, () => undefined)
}

/** Each add-on with what it used of a kind, worst first; `undefined` where that is unknown, and what failed. */
async function usedBy(kind: string, changes: Partial<SimService> = {}, month?: Parameters<typeof read>[1]) {
  const {entries} = await read(changes, month)
  return entries.map(({record: {appSpace}, report, failure}) => [
    appSpace,
    failure ? failure.code : report?.kinds.find((each) => each.kind === kind)?.used,
  ])
}

describe('the usage of all add-ons', () => {
  it('has the worst first, then who has no subaccount yet, then who could not be read', async () => {
    await addBusy('a-little', 30)
    const closed = await addBusy('closed', 3000)
    await addBusy('much', 2900)
    await ensureAccountStatus(world.main, closed, 'closed')
    const {accountSid, ...unmade} = addonRecord({appSpace: 'begun', state: 'provisioning'})
    await world.context.registry.create(unmade, Promise.resolve())
    expect(await usedBy('sms')).toEqual([
      ['much', 2900],
      ['a-little', 30],
      ['begun', undefined],
      ['closed', 'SUBACCOUNT_CLOSED'],
    ])
  })

  it('is that of the month that was asked for', async () => {
    await addBusy('api-default', 30)
    expect(await usedBy('sms', {}, 'last')).toEqual([['api-default', 0]])
    expect(await usedBy('sms', {}, march)).toEqual([['api-default', 30]])
  })

  it('names the items that another version wrote, and hides no add-on behind one that cannot be read', async () => {
    const odd = await addBusy('odd', 10)
    await addBusy('sound', 20)
    await addNewer(world, 'newer')
    world.sandbox.faults.add({path: `${odd}/Usage`, when: 'before', times: Infinity, do: {status: 403}})
    expect((await read()).unknown).toEqual(['newer'])
    expect(await usedBy('sms')).toEqual([
      ['sound', 20],
      ['odd', expect.any(String)],
    ])
  })

  it('has an add-on that lists do not show yet', async () => {
    await addBusy('api-default', 30)
    world.sandbox.faults.add({path: 'Accounts.json', when: 'after', do: {listsLateMs: 60_000}})
    expect(await usedBy('sms')).toEqual([['api-default', 30]])
  })

  it('is read with an API key by each subaccount’s own token', async () => {
    const sid = await addBusy('api-default', 30)
    const {apiKey} = await world.sandbox.credentials()
    const main = world.main.as({accountSid: world.main.sid, username: apiKey.sid, password: apiKey.secret})
    const {AddonRegistry} = await import('../../../src/lib/addon/addon-registry.js')
    const service = await world.context.simService()
    const {entries} = await readFleet(
      {registry: new AddonRegistry(main, 'aka-twilio'), service},
      'this',
      () => undefined,
    )
    expect(entries).toMatchObject([{report: {accountSid: sid}, failure: undefined}])
  })

  it('counts SIMs on order as they are recorded, and not those that are held', async () => {
    const reservations = [{order: 'ord-a', quantity: 3}]
    await addBusy('api-default', 0, {reservations})
    await new OrderBook(world.main, 'aka-twilio').create(order({quantity: 3}), Promise.resolve())
    const {entries} = await read()
    expect(entries[0]?.report?.kinds.at(-1)).toMatchObject({kind: 'sims', onOrder: 3, used: undefined, held: undefined})
  })
})

describe('M2M messages of SIMs that are in no subaccount', () => {
  const sent = [new Date('2026-03-02T00:00:00Z'), new Date('2026-03-09T00:00:00Z'), new Date('2026-02-09T00:00:00Z')]

  /** KORE, where the SIMs of this app-space sent those. */
  function kore(appSpace: string, asked: Date[] = []): Partial<SimService> {
    return {
      name: 'kore',
      carrierOf: (owner) => ({owner: owner.appSpace}) as ReturnType<SimService['carrierOf']>,
      async messageDatesByOwner(since) {
        asked.push(since)
        return new Map([[appSpace, sent]])
      },
    }
  }

  it('are those of each app-space in the month, counted in one reading for all', async () => {
    const asked: Date[] = []
    await addBusy('busy', 0, {simCarrier: 'kore'})
    await addBusy('idle', 0, {simCarrier: 'kore'})
    expect(await usedBy('m2m', kore('busy', asked))).toEqual([
      ['busy', 2],
      ['idle', 0],
    ])
    expect(asked).toHaveLength(1)
  })

  it('are not asked for where no add-on has such SIMs', async () => {
    const asked: Date[] = []
    await addBusy('none-yet')
    await addBusy('at-twilio', 0, {simCarrier: 'twilio'})
    const {entries} = await read(kore('at-twilio', asked))
    expect(entries.map(({report}) => [report?.problems, report?.kinds[2]])).toEqual([
      [undefined, expect.objectContaining({kind: 'm2m', used: 0})],
      [undefined, expect.objectContaining({kind: 'm2m', used: 0})],
    ])
    expect(asked).toEqual([])
  })

  it('are unknown where another carrier is chosen, and it is said why', async () => {
    await addBusy('api-default', 30, {simCarrier: 'kore'})
    const {entries} = await read()
    expect(entries[0]?.report).toMatchObject({problems: [{code: 'SIM_CARRIER_MISMATCH'}]})
    expect(await usedBy('m2m')).toEqual([['api-default', undefined]])
    expect(await usedBy('sms')).toEqual([['api-default', 30]])
  })
})
