import {describe, expect, it} from '@jest/globals'

import {eidsLeft, followProfiles, listProfilesOf, mayBeOf, orderProfiles} from '../../../src/lib/sims/esims.js'
import type {NewOrder} from '../../../src/lib/sims/order.js'
import {createOrder} from '../../../src/lib/sims/order-lease.js'
import {bothCarriers, startSimsInProcess} from '../../support/in-process-sims.js'
import {order, profile} from '../../support/sim-records.js'

describe.each(bothCarriers)('with SIMs of %s', (carrier) => {
  const [one, two] = ['89049032000000000000000000000001', '89049032000000000000000000000002']
  const ORDER = {method: 'POST', path: 'ESimProfiles'}

  async function start(about: Partial<NewOrder> = {}) {
    const world = await startSimsInProcess({carrier})
    const newOrder = (more: Partial<NewOrder> = {}) =>
      createOrder(world.sims, {kind: 'esim', quantity: 2, state: 'open', ...about, ...more})
    return {...world, newOrder, lease: await newOrder()}
  }

  describe('a profile that no order knows', () => {
    it.each([
      ['may be the order’s', order(), profile(1), true],
      ['is not, if it was there before', order({foreignProfiles: ['HP1']}), profile(1), false],
      ['is not, if the order has it already', order({profiles: ['HP1']}), profile(1), false],
      ['is not, if it is for another device', order({eids: [one]}), profile(1, {eid: two}), false],
      ['is not, if the order is for a device and it is for any', order({eids: [one]}), profile(1), false],
      ['may be, if it is for one of the devices', order({eids: [one, two]}), profile(1, {eid: two}), true],
    ])('%s', (_, record, found, may) => {
      expect(mayBeOf(record, found)).toBe(may)
    })
  })

  it('a device is left while the order has no profile for it', () => {
    const listed = [profile(1, {eid: one}), profile(2, {eid: two})]
    expect(eidsLeft({eids: [one, two], profiles: ['HP1']}, listed)).toEqual([two])
  })

  describe('ordering profiles', () => {
    it('orders as many as the order lacks, and writes each down', async () => {
      const {sims, lease, book} = await start()
      await orderProfiles(sims, lease)
      const {profiles, held} = await book()
      expect(lease.record.profiles).toEqual(profiles.map(({sid}) => sid))
      expect([profiles.length, held]).toEqual([2, [`api-default/${lease.record.order}`]])
      await orderProfiles(sims, lease)
      expect((await book()).profiles).toHaveLength(2)
    })

    it('orders one for each device', async () => {
      const {sims, lease, book} = await start({eids: [one, two]})
      await orderProfiles(sims, lease)
      expect((await book()).profiles.map(({eid}) => eid).toSorted()).toEqual([one, two])
    })

    it.each([0, 8000])('orders none twice when an answer is lost, and lists are %d ms late', async (listsLateMs) => {
      const {sims, lease, book, sandbox} = await start()
      sandbox.faults.add({...ORDER, nth: 2, when: 'after', do: {drop: true}})
      sandbox.faults.add({method: 'GET', when: 'after', times: Infinity, do: {listsLateMs}})
      await orderProfiles(sims, lease)
      expect((await book()).profiles.map(({sid}) => sid)).toEqual(lease.record.profiles)
    })

    it('takes what an interrupted run had ordered, and leaves alone what was there before', async () => {
      const {sims, lease, book, newOrder} = await start()
      const foreign = await sims.sims.orderProfile(undefined, {})
      await lease.save({foreignProfiles: [foreign.sid]})
      // As a run leaves it that was killed before it knew what it had ordered.
      const lost = await sims.sims.orderProfile(undefined, {})
      await orderProfiles(sims, lease)
      expect(lease.record.profiles).toContain(lost.sid)
      expect(lease.record.profiles).not.toContain(foreign.sid)
      const next = await newOrder({quantity: 1})
      await orderProfiles(sims, next)
      expect((await book()).profiles).toHaveLength(1 + 2 + 1)
    })

    it('stops at a refusal, with what was ordered until then written down', async () => {
      const {sims, lease, sandbox, book} = await start()
      sandbox.faults.add({...ORDER, nth: 2, when: 'before', do: {status: 400, body: '{"code": 20001}'}})
      await expect(orderProfiles(sims, lease)).rejects.toMatchObject({outcome: 'refused'})
      expect(lease.record.profiles).toHaveLength(1)
      expect((await book()).held).not.toContain('api-default')
    })
  })

  describe('following profiles', () => {
    it('ends when each has its SIM', async () => {
      const {sims, lease, told} = await start()
      await orderProfiles(sims, lease)
      expect(await followProfiles(sims, lease)).toMatchObject([{status: 'available'}, {status: 'available'}])
      expect(told).toEqual(['for 2 eSIM profiles to become available'])
    })

    it('ends when one has failed', async () => {
      const {sims, lease} = await start({quantity: 1, eids: [`${one.slice(0, 28)}0000`]})
      await orderProfiles(sims, lease)
      expect(await followProfiles(sims, lease)).toMatchObject([{status: 'failed', sim: undefined}])
    })

    it('gives them as they are after ten minutes, and keeps the lease until then', async () => {
      const {sims, lease, waits} = await start({quantity: 1})
      await orderProfiles(sims, lease)
      const stuck = {...sims.sims, listProfiles: async () => lease.record.profiles.map((sid) => ({...profile(1), sid}))}
      expect(await followProfiles({...sims, sims: stuck}, lease)).toMatchObject([{status: 'reserving'}])
      expect(waits.reduce((all, each) => all + each, 0)).toBeGreaterThanOrEqual(600_000)
      await lease.renew()
    })

    it('leaves out those of other orders', async () => {
      const {sims, lease, newOrder} = await start({quantity: 1})
      await orderProfiles(sims, lease)
      await orderProfiles(sims, await newOrder())
      expect(await listProfilesOf(sims, lease.record)).toMatchObject([{sid: lease.record.profiles[0]}])
    })
  })
})
