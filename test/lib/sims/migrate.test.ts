import {beforeEach, describe, expect, it} from '@jest/globals'

import {ensureGroup, ensureOwner} from '../../../src/lib/carrier/ensure.js'
import type {ESimProfile} from '../../../src/lib/carrier/port.js'
import {temporary} from '../../../src/lib/errors.js'
import {Lease} from '../../../src/lib/registry/lease.js'
import {migrateSims, type MigrationRequest, planMigration, simsOfOrders} from '../../../src/lib/sims/migrate.js'
import {newOrder} from '../../../src/lib/sims/order.js'
import {twilioSims} from '../../../src/lib/twilio/sims/service.js'
import {addCard} from '../../../src/sandbox/server/cards.js'
import type {SuperSim} from '../../../src/sandbox/state/types/sims.js'
import {type SimsInProcess, startSimsInProcess} from '../../support/in-process-sims.js'

let world: SimsInProcess
beforeEach(async () => {
  world = await startSimsInProcess({carrier: 'kore'})
})

const request = (changes: Partial<MigrationRequest> = {}): MigrationRequest => ({
  appSpace: 'api-default',
  to: 'kore',
  from: async () => twilioSims(world.main, 'US'),
  leaveMissing: false,
  ...changes,
})

/** SIMs that the app-space has at Twilio, and of which the first so many are at KORE as well. */
async function simsAtTwilio(count: number, atKore: number): Promise<{old: readonly SuperSim[]; now: SuperSim[]}> {
  return world.sandbox.change((state, now) => {
    const add = (changes: Partial<SuperSim>): SuperSim[] => {
      const {sid} = addCard(state, now, 'supersim')
      return state.superSims.filter((each) => each.sid === sid).map((sim) => Object.assign(sim, changes))
    }
    const old = Array.from({length: count}, () => add({accountSid: world.sims.accountSid})).flat()
    return {old, now: old.slice(0, atKore).flatMap(({iccid}) => add({iccid}))}
  })
}

const fleets = async () => {
  const state = await world.sandbox.read((each) => structuredClone(each))
  return state.superSims.map(({iccid, sid, fleetSid}) => ({
    sid,
    iccid,
    fleet: state.fleets.find((fleet) => fleet.sid === fleetSid)?.uniqueName,
  }))
}

describe('SIMs that moved to KORE', () => {
  it('are found by their ICCIDs, put into the fleet of the app-space, and counted there from then on', async () => {
    const {now} = await simsAtTwilio(3, 3)
    const plan = await planMigration(world.sims, request())
    expect(plan).toMatchObject({from: undefined, to: 'kore', inPlace: [], missing: []})
    const sids = now.map(({sid}) => sid).toSorted()
    expect(plan.toMove.map(({sim}) => sim.sid).toSorted()).toEqual(sids)
    expect(await world.sims.sims.listSims()).toEqual([])

    await migrateSims(world.sims, request())
    const moved = (await fleets()).filter(({fleet}) => fleet === world.sims.sims.owner)
    expect(moved.map(({sid}) => sid).toSorted()).toEqual(sids)
    expect(await world.sims.sims.listSims()).toHaveLength(3)
    expect((await world.sims.registry.read('api-default'))?.record.simCarrier).toBe('kore')
    expect(await migrateSims(world.sims, request())).toMatchObject({from: 'kore', toMove: [], missing: []})
  })

  it('come out of fleets that nobody of ours has, and go on where an interrupted run stopped', async () => {
    const {now} = await simsAtTwilio(2, 2)
    const {stock} = world.sims
    await ensureGroup(stock, 'super-sim', {name: 'as-at-twilio', country: 'US'})
    for (const {sid} of now) await stock.move(sid, 'as-at-twilio', {})
    let moves = 0
    const interrupted = {
      ...world.sims,
      progress: async <Result>(doing: string, work: () => Promise<Result>) => {
        if (doing.startsWith('moving') && ++moves === 2) throw new Error('killed')
        return work()
      },
    }
    await expect(migrateSims(interrupted, request())).rejects.toThrow('killed')
    expect((await world.sims.registry.read('api-default'))?.record.simCarrier).toBeUndefined()
    const rest = await migrateSims(world.sims, request())
    expect(rest.toMove.map(({fleet}) => fleet)).toEqual(['as-at-twilio'])
    expect(rest.inPlace).toHaveLength(1)
    expect(await world.sims.sims.listSims()).toHaveLength(2)
  })

  it('stay where they are while one of them is missing, unless it may stay behind', async () => {
    const {old} = await simsAtTwilio(2, 1)
    const before = await fleets()
    await expect(migrateSims(world.sims, request())).rejects.toMatchObject({
      code: 'SIMS_NOT_MIGRATED',
      message: expect.stringContaining(old[1]?.iccid ?? ''),
    })
    expect(await fleets()).toEqual(before)
    const {missing} = await migrateSims(world.sims, request({leaveMissing: true}))
    expect(missing.map(({iccid}) => iccid)).toEqual([old[1]?.iccid])
    expect(await world.sims.sims.listSims()).toHaveLength(1)
  })

  it.each([
    [{leaveMissing: false}, 'To resume: aka twilio:sims:migrate -a api-default --to kore'],
    [{leaveMissing: true}, 'To resume: aka twilio:sims:migrate -a api-default --to kore --leave-missing'],
  ])('are migrated by the same command after a failure: %j', async (changes, resume) => {
    await simsAtTwilio(1, 1)
    const interrupted = {...world.sims, progress: () => Promise.reject(temporary('SERVICE_UNAVAILABLE', 'No answer.'))}
    await expect(migrateSims(interrupted, request(changes))).rejects.toMatchObject({suggestions: [resume]})
  })

  it('are never taken from the fleet of another add-on', async () => {
    const {now} = await simsAtTwilio(1, 1)
    const other = await world.addAddon('web-default')
    await ensureOwner(other.sims, 'US')
    for (const {sid} of now) await other.stock.move(sid, other.sims.owner, {})
    await expect(migrateSims(world.sims, request())).rejects.toMatchObject({code: 'SIM_OF_ANOTHER_ADDON'})
  })

  it('wait until the orders are complete', async () => {
    await simsAtTwilio(1, 1)
    await world.changeAddon({simCarrier: 'twilio'})
    const order = {kind: 'card', quantity: 2, state: 'waiting', carrier: 'twilio'} as const
    const {appSpace, accountSid, akkeris} = world.sims
    const lease = await Lease.create(world.sims.orders, newOrder({appSpace, accountSid, host: akkeris.host}, order))
    await lease?.release()
    await expect(planMigration(world.sims, request())).rejects.toMatchObject({
      code: 'ORDERS_OPEN',
      message: expect.stringContaining('(waiting)'),
    })
  })

  it('are those that its orders name where Twilio does not say any more: cards and eSIMs alike', () => {
    const sim = (sid: string, iccid: string) =>
      ({sid, product: 'super-sim', iccid, name: undefined, status: 'new', group: undefined}) as const
    const sims = ['registered', 'from stock', 'eSIM', "another's"].map((sid) => sim(sid, `ICCID ${sid}`))
    const shared = sims.map((each) => ({sim: each, fleet: undefined, isAddons: false}))
    const profile = (sid: string, ofSim: string) => ({sid, sim: ofSim}) as ESimProfile
    const profiles = [profile('HP1', 'eSIM'), profile('HP2', "another's")]
    const orders = [
      {iccids: ['ICCID registered'], stock: ['from stock'], profiles: []},
      {iccids: [], stock: [], profiles: ['HP1']},
    ]
    expect(simsOfOrders({shared, profiles}, orders).map(({sid}) => sid)).toEqual(['registered', 'from stock', 'eSIM'])
  })

  it('are nothing to an app-space that never had any', async () => {
    expect(await migrateSims(world.sims, request())).toMatchObject({from: undefined, toMove: [], inPlace: []})
    expect((await world.sims.registry.read('api-default'))?.record.simCarrier).toBeUndefined()
  })
})
