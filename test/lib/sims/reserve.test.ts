import {describe, expect, it} from '@jest/globals'

import {createOrder} from '../../../src/lib/sims/order-lease.js'
import {
  cancelReservation,
  changeReservations,
  dropStaleReservations,
  readLedger,
  reserveRoom,
} from '../../../src/lib/sims/reserve.js'
import {bothCarriers, type SimsInProcess, startSimsInProcess} from '../../support/in-process-sims.js'

describe.each(bothCarriers)('with SIMs of %s', (carrier) => {
  const waiting = ({sims}: SimsInProcess, quantity: number) =>
    createOrder(sims, {kind: 'card', quantity, state: 'waiting'})

  describe('room under the limit', () => {
    it('is reserved once for an order', async () => {
      const world = await startSimsInProcess({carrier})
      const lease = await waiting(world, 30)
      await reserveRoom(world.sims, lease)
      await reserveRoom(world.sims, lease)
      expect((await world.book()).reservations).toEqual({[lease.record.order]: 30})
      expect((await readLedger(world.sims)).allocation).toEqual({held: 0, onOrder: 30})
    })

    it('is refused where there is too little of it, and nothing is reserved then', async () => {
      const world = await startSimsInProcess({carrier})
      await reserveRoom(world.sims, await waiting(world, 30))
      await expect(reserveRoom(world.sims, await waiting(world, 11))).rejects.toMatchObject({outcome: 'plan'})
      expect(Object.values((await world.book()).reservations)).toEqual([30])
    })

    it('cannot be reserved twice by two runs that decide at the same time', async () => {
      const world = await startSimsInProcess({carrier})
      const leases = [await waiting(world, 25), await waiting(world, 25)]
      const ends = await Promise.allSettled(leases.map((lease) => reserveRoom(world.sims, lease)))
      expect(ends.map(({status}) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(Object.values((await world.book()).reservations)).toEqual([25])
    })

    it('is decided again when another run changed the app-space meanwhile', async () => {
      const world = await startSimsInProcess({carrier})
      const meanwhile = () => world.changeAddon({reservations: [{order: 'ord-b', quantity: 1}]})
      const write = {method: 'POST', path: 'Items/api-default', when: 'before'} as const
      world.sandbox.faults.add({...write, do: {call: meanwhile}})
      await changeReservations(world.sims, ({record}) => [...record.reservations, {order: 'ord-a', quantity: 1}])
      expect((await world.book()).reservations).toEqual({'ord-a': 1, 'ord-b': 1})
    })

    it('is free again when an order is cancelled, or needs it no longer', async () => {
      const world = await startSimsInProcess({carrier})
      const [one, two] = [await waiting(world, 1), await waiting(world, 2)]
      for (const lease of [one, two]) await reserveRoom(world.sims, lease)
      await cancelReservation(world.sims, one.record.order)
      expect(Object.values((await world.book()).reservations)).toEqual([2])
      await two.release({state: 'cancelled'})
      await dropStaleReservations(world.sims)
      expect((await world.book()).reservations).toEqual({})
    })
  })

  describe('an add-on', () => {
    it('that is unfinished has no room to give: exit 6', async () => {
      const world = await startSimsInProcess({carrier})
      await world.changeAddon({state: 'destroying', intent: {operation: 'destroy', keepNumber: false}})
      await expect(readLedger(world.sims)).rejects.toMatchObject({code: 'ADDON_UNFINISHED', outcome: 'conflict'})
    })

    it('that is gone is exit 4', async () => {
      const {sims} = await startSimsInProcess({carrier})
      await expect(readLedger({...sims, appSpace: 'web-default'})).rejects.toMatchObject({code: 'ADDON_NOT_FOUND'})
    })
  })
})
